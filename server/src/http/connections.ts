import type { Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';

const LOOK_EVERY = 50;
/** The loop may be past its reading when it is told to stop; then a connection is taken, and then its bytes are read. */
const TURNS = 4;

/**
 * Ends connections when the server closes: those without a request once what they had sent before was read, after its answer those with one, and after
 * `timeout` milliseconds whatever is left. Node alone would wait for connections on which nothing was ever sent, for
 * those whose answer came after the close (75 s, their keep-alive), and for TLS handshakes (120 s).
 */
export function endConnectionsOnClose(app: FastifyInstance, timeout: number): void {
  const { server } = app;
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const endIdle = (): void => {
    server.closeIdleConnections();
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
  };
  app.addHook('preClose', async () => {
    if (!server.listening) return;
    for (let n = 0; n < TURNS; n++) await turn();
    const idle = setInterval(endIdle, LOOK_EVERY);
    const late = setTimeout(() => {
      for (const socket of sockets) socket.destroy();
    }, timeout);
    server.once('close', () => {
      clearInterval(idle);
      clearTimeout(late);
    });
    endIdle();
  });
}

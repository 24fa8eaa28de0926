import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

const LOOK_EVERY = 50;

/**
 * Ends connections when the server closes: at once those without a request, after its answer those with one, and after
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

import { connect as connectSocket, type Socket } from 'node:net';

/** A TCP connection of a client that is no HTTP library: it sends what it likes. */
export interface Connection {
  readonly socket: Socket;
  write(text: string): void;
  /** All that has come, once the server has ended the connection; an empty text when it was reset. */
  readonly ended: Promise<string>;
  /** All that has come, as soon as it holds `text`. */
  until(text: string): Promise<string>;
}

/** Opens a connection; it keeps its own side open when the server closes, as a careless client does. */
export function connect(origin: string): Promise<Connection> {
  const { hostname, port } = new URL(origin);
  const socket = connectSocket({ host: hostname, port: Number(port), allowHalfOpen: true });
  let received = '';
  const end = Promise.withResolvers<string>();
  const opened = Promise.withResolvers<Connection>();
  socket.on('data', (chunk) => {
    received += chunk.toString('latin1');
  });
  socket.on('end', () => end.resolve(received));
  socket.on('error', (error) => {
    opened.reject(error);
    end.resolve(received);
  });
  socket.on('connect', () =>
    opened.resolve({
      socket,
      write: (text) => socket.write(text),
      ended: end.promise,
      until: (text) => {
        const { promise, resolve } = Promise.withResolvers<string>();
        const look = () => received.includes(text) && resolve(received);
        socket.on('data', look);
        look();
        return promise;
      },
    }),
  );
  return opened.promise;
}

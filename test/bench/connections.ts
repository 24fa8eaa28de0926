import { Client, type Dispatcher } from 'undici';

/** A SCIM server to send to. */
export interface Address {
  readonly origin: string;
  /** What paths begin with. */
  readonly base: string;
  readonly token: string;
}

export interface Message {
  readonly method: Dispatcher.HttpMethod;
  readonly path: string;
  readonly body?: string;
}

export interface Answer {
  readonly status: number;
  /** The body. */
  text(): string;
}

/** Kept-alive connections, each for one request at a time. */
export interface Connections {
  readonly count: number;
  send(connection: number, message: Message): Promise<Answer>;
  close(): Promise<void>;
}

const PATIENCE = 600_000;

/**
 * Opens connections that cost little: the load shares the machine with the server, and what it takes is time that the
 * server waits for its next request. (Measured for a GET: `fetch` 150 µs, `request` of undici 50 µs, this 25 µs.)
 */
export function openConnections({ origin, base, token }: Address, count: number): Connections {
  const clients = Array.from(
    { length: count },
    () =>
      new Client(origin, { pipelining: 1, keepAliveTimeout: 60_000, bodyTimeout: PATIENCE, headersTimeout: PATIENCE }),
  );
  const reading = { authorization: `Bearer ${token}` };
  const writing = { ...reading, 'content-type': 'application/scim+json' };
  return {
    count,
    send(connection, { method, path, body }) {
      const { promise, resolve, reject } = Promise.withResolvers<Answer>();
      const chunks: Buffer[] = [];
      let status = 0;
      const client = clients[connection];
      if (client === undefined) throw new Error(`There are ${count} connections`);
      const message =
        body === undefined
          ? { method, path: base + path, headers: reading }
          : { method, path: base + path, headers: writing, body };
      client.dispatch(message, {
        onRequestStart: () => {},
        onResponseStart: (_, code) => {
          status = code;
        },
        onResponseData: (_, chunk) => void chunks.push(chunk),
        onResponseEnd: () => resolve({ status, text: () => Buffer.concat(chunks).toString('utf8') }),
        onResponseError: (_, error) => reject(error),
      });
      return promise;
    },
    async close() {
      await Promise.all(clients.map((client) => client.destroy()));
    },
  };
}

/** Runs `work` on every connection at once; `work` returns when its connection has nothing more to do. */
export async function onEach(
  connections: Connections,
  work: (send: (message: Message) => Promise<Answer>) => Promise<void>,
): Promise<void> {
  const numbers = Array.from({ length: connections.count }, (_, number) => number);
  await Promise.all(numbers.map((number) => work((message) => connections.send(number, message))));
}

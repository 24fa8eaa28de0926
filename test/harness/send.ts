import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import type { Json } from '@rollcall/scim';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The parsed body; null when there was none, undefined when it is not JSON. */
  readonly body: Json | undefined;
}

export interface Message {
  readonly method: string;
  /** Path and query as they go over the wire: nothing is encoded or normalised. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | undefined;
}

/** Where a message goes: an origin, or a Unix socket. */
export type Destination = { readonly origin: string } | { readonly socketPath: string };

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** Sends one HTTP message byte for byte. `fetch` would rewrite paths and refuse headers that clients do send. */
export function send(destination: Destination, message: Message): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const length = message.body === undefined ? {} : { 'content-length': String(Buffer.byteLength(message.body)) };
  const options = { method: message.method, path: message.path, headers: { ...length, ...message.headers } };
  const outgoing =
    'socketPath' in destination
      ? request({ ...options, socketPath: destination.socketPath })
      : request({ ...options, ...address(destination.origin), agent });
  outgoing.on('error', reject);
  outgoing.on('response', (incoming) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('error', reject);
    incoming.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text, body: parse(text) });
    });
  });
  outgoing.end(message.body);
  return promise;
}

function address(origin: string): { host: string; port: string } {
  const { hostname, port } = new URL(origin);
  return { host: hostname, port };
}

function parse(text: string): Json | undefined {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

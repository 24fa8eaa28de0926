import { type IncomingHttpHeaders, type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Json } from '@rollcall/scim';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** undefined: the text is no JSON. */
  readonly body: Json | undefined;
}

export interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: string | Uint8Array;
  readonly chunked?: boolean;
  /** Certificate to trust, when the origin is an HTTPS one. */
  readonly ca?: string;
}

/** Sends one request on a connection of its own; the path goes out as it is given. */
export function send(origin: string, path: string, sent: Sent = {}): Promise<Answer> {
  const { protocol, hostname, port } = new URL(origin);
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(sent.headers ?? {})) if (value !== undefined) headers[name] = value;
  if (sent.body !== undefined && sent.chunked !== true) {
    headers['content-length'] ??= String(Buffer.byteLength(sent.body));
  }
  const to = {
    host: hostname.replace(/^\[|\]$/g, ''),
    port,
    path,
    method: sent.method ?? 'GET',
    headers,
    agent: false as const,
    ...(sent.ca === undefined ? {} : { ca: sent.ca }),
  };
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const request = (protocol === 'https:' ? requestHttps : requestHttp)(to, (response) => {
    receive(response).then(resolve, reject);
  });
  request.on('error', reject);
  request.end(sent.body);
  return promise;
}

async function receive(response: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('utf8');
  return { status: response.statusCode ?? 0, headers: response.headers, text, body: parsed(text) };
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

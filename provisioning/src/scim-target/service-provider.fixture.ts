import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Json } from '@rollcall/scim';
import { afterEach } from 'vitest';
import type { Call, Exchange } from '../target.ts';
import type { ScimTargetOptions } from './options.ts';
import { openScimTarget, type ScimTarget } from './scim-target.ts';

export interface Received {
  readonly method: string;
  /** Path and query as they came over the wire. */
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
  readonly body: Json | undefined;
}

/** What a service provider answers: a status with JSON or text, or `cut` to break the connection, or `stall` to stay silent. */
export interface Reply {
  readonly status?: number;
  readonly json?: Json;
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly instead?: 'cut' | 'stall';
}

export interface ServiceProvider {
  readonly origin: string;
  readonly received: readonly Received[];
  close(): Promise<void>;
}

const running: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of running.splice(0).toReversed()) await one.close();
});

/** A service provider on a loopback port that answers as told; closed after the test. */
export async function serviceProvider(answer: (received: Received) => Reply): Promise<ServiceProvider> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      const { method = '', url = '', headers } = request;
      const one = { method, url, headers, text, body: parsed(text) };
      received.push(one);
      reply(response, answer(one));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A TCP server has an address with a port.
  const { port } = server.address() as AddressInfo;
  const provider = {
    origin: `http://127.0.0.1:${port}`,
    received,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  running.push(provider);
  return provider;
}

/** A target for it, closed after the test. */
export function targetFor(origin: string, options: Partial<ScimTargetOptions> = {}): ScimTarget {
  const target = openScimTarget(optionsFor(origin, options));
  running.push(target);
  return target;
}

export const optionsFor = (origin: string, options: Partial<ScimTargetOptions> = {}): ScimTargetOptions => ({
  baseUrl: `${origin}/scim/v2`,
  credentials: { kind: 'token', token: 'secret-token' },
  dialect: 'rfc',
  profile: null,
  targets: 'any',
  now: () => Date.now(),
  ...options,
});

/** A call, and what was recorded of it. */
export function newCall(): Call & { readonly exchanges: readonly Exchange[] } {
  const exchanges: Exchange[] = [];
  const { signal } = new AbortController();
  return { lane: 'normal', signal, record: (exchange) => exchanges.push(exchange), exchanges };
}

export const list = (...resources: readonly Json[]): Reply => ({
  json: {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
    totalResults: resources.length,
    Resources: resources,
  },
});

export const scimError = (status: number, detail: string, scimType?: string): Reply => ({
  status,
  json: {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
    status: String(status),
    detail,
    ...(scimType === undefined ? {} : { scimType }),
  },
});

function reply(response: ServerResponse, { status = 200, json, text, headers, instead }: Reply): void {
  if (instead === 'cut') response.destroy();
  if (instead !== undefined) return;
  const body = json === undefined ? text : JSON.stringify(json);
  response.writeHead(status, { 'content-type': 'application/scim+json', ...headers });
  response.end(body);
}

function parsed(text: string): Json | undefined {
  return text.startsWith('{') ? JSON.parse(text) : undefined;
}

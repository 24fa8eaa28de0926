import { isUtf8 } from 'node:buffer';
import type { IncomingHttpHeaders } from 'node:http';
import { pipeline, Readable } from 'node:stream';
import {
  forbidden,
  invalidSyntax,
  invalidVersion,
  type Note,
  notFound,
  tooManyRequests,
  unavailable,
  unsupportedMediaType,
} from '@rollcall/scim';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { authenticate, type Principal } from '../auth/authenticate.ts';
import { AuthenticationFailed } from '../auth/authentication-failed.ts';
import { unnamed } from '../auth/principal.ts';
import type { RateLimitState } from '../auth/rate-limit.ts';
import type { Context } from '../context.ts';
import { newId } from '../id.ts';
import { type Endpoint, findEndpoint, operationName, run } from '../provider/routes.ts';
import type { IdentityServer } from '../store/contract.ts';
import { readAddress, type ScimAddress } from './address.ts';
import { errorResponse, toScimError } from './errors.ts';
import type { Exchange, ScimRequest, ScimResponse } from './exchange.ts';
import { publicBase } from './public-base.ts';

/** What is known of a request while it goes through its steps; the request log reads it at the end. */
export interface Passage {
  readonly id: string;
  readonly at: number;
  readonly began: number;
  address: ScimAddress | undefined;
  server: IdentityServer | undefined;
  principal: Principal | undefined;
  rateLimit: RateLimitState | undefined;
  endpoint: Endpoint | undefined;
  operation: string;
  reason: string | null;
  readonly notes: Note[];
  readonly skippedMembers: string[];
  requestBody: string | null;
  responseHeaders: Readonly<Record<string, string | number>>;
  responseBody: string | null;
}

/** What a client may read before it has credentials (RFC 7643 §5, RFC 7644 §4). */
const PUBLIC = new Set(['ServiceProviderConfig', 'ServiceProviderConfigs']);
const METHODS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];
const JSON_TYPES = /^application\/(scim\+)?json\s*(;|$)/i;
const IDS_IN_HEADER = 20;
const CUT_OFF = 'the connection ended before the answer did';

/** The SCIM endpoints of every identity server: each request goes through the steps of `receive`, then its operation. */
export async function scimEndpoints(app: FastifyInstance, context: Context): Promise<void> {
  let stopping = false;
  app.addHook('preClose', async () => {
    stopping = true;
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: context.config.maxBody }, (_request, body, done) =>
    done(null, body),
  );
  app.decorateRequest('passage', null);

  app.addHook('onRequest', async (request) => {
    const passage = begin(request, context);
    if (stopping) throw unavailable('The server is stopping. Try again in a moment.', 5);
    await receive(request, passage, context);
  });
  app.setErrorHandler((error, request, reply) => {
    const passage = request.passage ?? begin(request, context);
    const scimError = toScimError(error, passage.id, context.config.maxBody);
    if (scimError.status === 500) context.log.error({ request: passage.id, error }, 'A request failed');
    respond(reply, passage, request.method, errorResponse(scimError), context);
  });

  app.route({
    method: METHODS,
    url: '/*',
    handler: async (request, reply) => {
      const { passage } = request;
      if (passage?.endpoint === undefined) throw new Error('The request was not received');
      passage.requestBody = readBody(request.body);
      const exchange = exchangeOf(request, passage, context);
      const response = await run(exchange, scimRequest(request, passage), passage.endpoint);
      respond(reply, passage, request.method, response, context);
    },
  });
  app.setNotFoundHandler(() => {
    throw notFound('There is nothing at this address.');
  });
}

function begin(request: FastifyRequest, context: Context): Passage {
  const at = context.now();
  const passage: Passage = {
    id: newId(at),
    at,
    began: performance.now(),
    address: undefined,
    server: undefined,
    principal: undefined,
    rateLimit: undefined,
    endpoint: undefined,
    operation: 'none',
    reason: null,
    notes: [],
    skippedMembers: [],
    requestBody: null,
    responseHeaders: {},
    responseBody: null,
  };
  request.passage = passage;
  return passage;
}

const find = ({ slug }: ScimAddress, { registry }: Context): IdentityServer | undefined =>
  slug === undefined ? registry.byDefault() : registry.bySlug(slug);

/** One that is not known here may have been made by another process a moment ago. */
async function findElsewhere(address: ScimAddress, context: Context): Promise<IdentityServer | undefined> {
  if (context.config.databaseUrl === undefined) return undefined;
  await context.registry.catchUp();
  return find(address, context);
}

/** Everything that can be decided before the body is read, in this order. */
async function receive(request: FastifyRequest, passage: Passage, context: Context): Promise<void> {
  const address = readAddress(request.raw.url ?? '');
  if (address === undefined)
    throw notFound('There is no identity server at this address; its URL ends in /scim/NAME/v2.');
  passage.address = address;
  const server = find(address, context) ?? (await findElsewhere(address, context));
  if (server === undefined) {
    throw notFound(
      address.slug === undefined
        ? 'No identity server is the default one; use the URL with its name.'
        : `There is no identity server named ${address.slug}.`,
    );
  }
  passage.server = server;
  if (address.otherVersion !== undefined)
    throw invalidVersion(`Version ${address.otherVersion} is not spoken here; use v2.`);
  const isPublic = PUBLIC.has(address.segments.join('/'));
  await signIn(request, passage, server, context, isPublic);
  // Who has not signed in does not use up what the identity provider may send; the failure limit holds them.
  if (passage.principal !== ANONYMOUS) limitRate(server, passage, context);
  if (!server.active && !isPublic) {
    throw forbidden(`The identity server ${server.name} is switched off; its administrator can switch it on.`);
  }
  const endpoint = findEndpoint(context.registry.catalogue(server), address.segments);
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  passage.operation = operationName(endpoint, method);
  passage.endpoint = endpoint;
  if (method === 'POST' || method === 'PUT' || method === 'PATCH') checkMediaType(request.headers);
}

function limitRate(server: IdentityServer, passage: Passage, context: Context): void {
  const { rateLimit } = server.settings;
  if (rateLimit === 0) return;
  const verdict = context.rateLimit.take(server.key, rateLimit, passage.at);
  passage.rateLimit = verdict;
  if (verdict.allowed) return;
  throw tooManyRequests(`This identity server takes ${rateLimit} requests a second; slow down.`, {
    'retry-after': String(verdict.resetSeconds),
  });
}

/** Throws AuthenticationFailed; its reason is for the request log alone. */
async function signIn(
  request: FastifyRequest,
  passage: Passage,
  server: IdentityServer,
  context: Context,
  isPublic: boolean,
): Promise<void> {
  try {
    const principal = await authenticate(context.authentication, server, {
      authorization: request.headers.authorization,
      address: request.ip,
      query: passage.address?.query,
      now: passage.at,
    });
    passage.principal = principal;
    passage.notes.push(...principal.notes);
  } catch (error) {
    if (!(error instanceof AuthenticationFailed)) throw error;
    passage.reason = error.reason;
    if (!isPublic) throw error;
    passage.principal = ANONYMOUS;
  }
}

const ANONYMOUS = unnamed({});

function checkMediaType(headers: IncomingHttpHeaders): void {
  const type = headers['content-type'];
  const isEmpty =
    headers['content-length'] === '0' || (headers['content-length'] ?? headers['transfer-encoding']) === undefined;
  if (type !== undefined && !JSON_TYPES.test(type) && !isEmpty) {
    throw unsupportedMediaType(`Content-Type ${type.slice(0, 100)} is not taken; send application/scim+json.`);
  }
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') {
    throw unsupportedMediaType('Compressed bodies are not taken; send the body without Content-Encoding.');
  }
}

function readBody(body: unknown): string {
  if (!(body instanceof Uint8Array) || body.length === 0) return '';
  if (!isUtf8(body)) throw invalidSyntax('The body is not valid UTF-8.');
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

function exchangeOf(request: FastifyRequest, passage: Passage, context: Context): Exchange {
  const { server, principal, address } = passage;
  if (server === undefined || principal === undefined || address === undefined) throw new Error('Not signed in');
  return {
    store: context.store,
    server,
    catalogue: context.registry.catalogue(server),
    principal,
    rules: { compatibility: server.settings.compatibility, notes: passage.notes },
    limits: context.config,
    baseUrl: publicBase(context, request) + address.basePath,
    now: passage.at,
    newId: () => newId(passage.at),
    sign: context.keys.hmac,
    reportFailure: (error) => context.log.error({ request: passage.id, error }, 'A request failed'),
    skippedMembers: passage.skippedMembers,
  };
}

function scimRequest(request: FastifyRequest, passage: Passage): ScimRequest {
  const { headers } = request;
  return {
    method: request.method === 'HEAD' ? 'GET' : request.method,
    segments: passage.address?.segments ?? [],
    query: passage.address?.query ?? '',
    header: (name) => {
      const value = headers[name];
      return Array.isArray(value) ? value.join(', ') : value;
    },
    body: passage.requestBody ?? '',
  };
}

/**
 * Writes the answer itself, in one piece where it can: Fastify would add a charset to the media type, which clients
 * compare whole, and send a body of bytes apart from its headers (measured: a sixth of the time of a GET).
 */
function respond(
  reply: FastifyReply,
  passage: Passage,
  method: string,
  response: ScimResponse,
  context: Context,
): void {
  const headers = responseHeaders(passage, response);
  const { body } = response;
  const { raw } = reply;
  reply.hijack();
  if (typeof body === 'string') {
    headers['content-length'] = Buffer.byteLength(body);
    if (method !== 'HEAD') passage.responseBody = body;
  }
  raw.writeHead(response.status, headers);
  // Not at 'finish': that never comes when the client has gone away.
  if (raw.destroyed) finish(reply, passage, context);
  else raw.once('close', () => finish(reply, passage, context));

  if (body === undefined || method === 'HEAD') {
    raw.end();
  } else if (typeof body === 'string') {
    raw.end(body);
  } else {
    // A client that goes away, or a store that fails midway, ends the stream: the status is out already.
    pipeline(Readable.from(copyStart(body, passage, context.config.logBody)), raw, (error) => {
      if (error) context.log.warn({ request: passage.id, error }, 'A streamed answer was cut off');
    });
  }
}

function responseHeaders(passage: Passage, response: ScimResponse): Record<string, string | number> {
  const headers: Record<string, string | number> = {
    ...response.headers,
    'x-request-id': passage.id,
    'cache-control': 'no-store',
  };
  if (response.body !== undefined) headers['content-type'] = 'application/scim+json';
  if (passage.rateLimit !== undefined) {
    const { limit, remaining, resetSeconds } = passage.rateLimit;
    headers['ratelimit-limit'] = limit;
    headers['ratelimit-remaining'] = remaining;
    headers['ratelimit-reset'] = resetSeconds;
  }
  const { length } = passage.skippedMembers;
  if (length > 0) {
    const ids = passage.skippedMembers.slice(0, IDS_IN_HEADER).map(shownInHeader);
    headers['rollcall-members-skipped'] = `${length}; ${ids.join(' ')}`;
  }
  passage.responseHeaders = headers;
  return headers;
}

// A character cut in half, or half a one that was sent, cannot be encoded.
const shownInHeader = (id: string): string => encodeURIComponent(id.slice(0, 100).toWellFormed());

/** Streams are logged by their beginning: as much as the log would keep. */
async function* copyStart(body: AsyncIterable<string>, passage: Passage, limit: number): AsyncGenerator<string> {
  for await (const part of body) {
    const kept = passage.responseBody ?? '';
    if (kept.length <= limit) passage.responseBody = kept + part;
    yield part;
  }
}

function finish(reply: FastifyReply, passage: Passage, context: Context): void {
  const { request } = reply;
  const durationMs = performance.now() - passage.began;
  context.metrics.request(passage.operation, reply.statusCode, durationMs / 1000);
  const { server } = passage;
  if (server === undefined) return;
  if (!server.settings.saveRequests) {
    const { at } = passage;
    context.requestLog.tally({ server: server.key, at, status: reply.statusCode, durationMs });
    return;
  }
  context.requestLog.record({
    id: passage.id,
    at: passage.at,
    server: server.key,
    address: request.ip,
    method: request.method,
    url: request.raw.url ?? '',
    status: reply.statusCode,
    durationMs,
    token: passage.principal?.tokenName ?? null,
    requestHeaders: flat(request.headers),
    requestBody: passage.requestBody,
    responseHeaders: flat(passage.responseHeaders),
    responseBody: passage.responseBody,
    notes: passage.notes,
    membersSkipped: passage.skippedMembers.length,
    reason: passage.reason ?? (reply.raw.writableFinished ? null : CUT_OFF),
  });
}

function flat(headers: Readonly<Record<string, string | string[] | number | undefined>>): Record<string, string> {
  const result: Record<string, string> = Object.create(null);
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined) result[name] = typeof value === 'string' ? value : String(value);
  }
  return result;
}

declare module 'fastify' {
  interface FastifyRequest {
    passage: Passage | null;
  }
}

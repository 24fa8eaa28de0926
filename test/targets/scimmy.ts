// SCIMMY on Maps behind node:http, with its weaknesses as they are: it sees to the protocol, what is stored is ours.
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import SCIMMY from 'scimmy';
import type { Complex } from './protocol/value.ts';

/** A running server; `users` and `groups` are what it stores. */
export interface ScimmyServer {
  /** Base URL, without a slash at its end. */
  readonly url: string;
  users(): Complex[];
  groups(): Complex[];
  close(): Promise<void>;
}

interface Asked {
  readonly id?: string;
  readonly filter?: { match(values: readonly Complex[]): Complex[] };
}

/** Of each server its own: SCIMMY has one set of handlers in a process and hands this through to them. */
interface Stored {
  readonly users: Map<string, Complex>;
  readonly groups: Map<string, Complex>;
}

interface Declared {
  ingress(handler: unknown): unknown;
  egress(handler: unknown): unknown;
  degress(handler: unknown): unknown;
}

const BASE = '/scim';

function declare(resource: Declared, kept: (stored: Stored) => Map<string, Complex>, unique: string | undefined): void {
  resource.ingress((asked: Asked, given: object, stored: Stored) => {
    const all = kept(stored);
    const id = asked.id ?? randomUUID();
    const before = all.get(id);
    if (asked.id !== undefined && before === undefined) throw new SCIMMY.Types.Error(404, '', `There is no ${id}`);
    const document: Complex = JSON.parse(JSON.stringify(given));
    const name = unique === undefined ? undefined : String(document[unique]).toLowerCase();
    const isTaken = [...all.values()].some((one) => one.id !== id && String(one[unique ?? '']).toLowerCase() === name);
    if (name !== undefined && isTaken) throw new SCIMMY.Types.Error(409, 'uniqueness', `${unique} is taken`);
    const now = new Date().toISOString();
    const next = { ...document, id, meta: { created: now, lastModified: now } };
    all.set(id, next);
    return next;
  });
  resource.egress((asked: Asked, stored: Stored) => {
    const all = kept(stored);
    if (asked.id === undefined) return asked.filter?.match([...all.values()]) ?? [...all.values()];
    const found = all.get(asked.id);
    if (found === undefined) throw new SCIMMY.Types.Error(404, '', `There is no ${asked.id}`);
    return found;
  });
  resource.degress((asked: Asked, stored: Stored) => {
    if (!kept(stored).delete(asked.id ?? '')) throw new SCIMMY.Types.Error(404, '', `There is no ${asked.id}`);
  });
}

SCIMMY.Resources.declare(SCIMMY.Resources.User.extend(SCIMMY.Schemas.EnterpriseUser, false));
SCIMMY.Resources.declare(SCIMMY.Resources.Group);
declare(SCIMMY.Resources.User, ({ users }) => users, 'userName');
declare(SCIMMY.Resources.Group, ({ groups }) => groups, undefined);

/** Starts an empty one on a free port of 127.0.0.1. */
export async function startScimmy(): Promise<ScimmyServer> {
  const stored: Stored = { users: new Map(), groups: new Map() };
  const server = createServer(async (request, response) => {
    try {
      const [status, body] = await answer(request.method ?? '', request.url ?? '', await text(request), stored);
      respond(response, status, body);
    } catch (error) {
      const status = error instanceof SCIMMY.Types.Error ? error.status : error instanceof SyntaxError ? 400 : 500;
      const schemas = ['urn:ietf:params:scim:api:messages:2.0:Error'];
      const scimType = error instanceof SCIMMY.Types.Error && error.scimType ? { scimType: error.scimType } : {};
      const detail = error instanceof Error ? error.message : String(error);
      respond(response, status, { schemas, status: String(status), ...scimType, detail });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port');
  const url = `http://127.0.0.1:${address.port}${BASE}`;
  SCIMMY.Resources.User.basepath(url);
  SCIMMY.Resources.Group.basepath(url);
  return {
    url,
    users: () => structuredClone([...stored.users.values()]),
    groups: () => structuredClone([...stored.groups.values()]),
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(method: string, target: string, sent: string, stored: Stored): Promise<[number, unknown]> {
  const { pathname, searchParams } = new URL(target, 'http://127.0.0.1');
  if (!pathname.startsWith(`${BASE}/`)) throw new SCIMMY.Types.Error(404, '', 'Not here');
  const [endpoint, id] = pathname
    .slice(BASE.length + 1)
    .split('/')
    .map(decodeURIComponent);
  const { Group, User, ResourceType, ServiceProviderConfig } = SCIMMY.Resources;
  if (endpoint === 'ServiceProviderConfig') return [200, await new ServiceProviderConfig().read()];
  if (endpoint === 'ResourceTypes') return [200, await new ResourceType(id).read()];
  if (endpoint !== 'Users' && endpoint !== 'Groups') throw new SCIMMY.Types.Error(404, '', 'Not here');
  const resource =
    endpoint === 'Groups' ? new Group(id, parameters(searchParams)) : new User(id, parameters(searchParams));
  switch (method) {
    case 'GET':
      return [200, await resource.read(stored)];
    case 'POST':
    case 'PUT':
      return [id === undefined ? 201 : 200, await resource.write(JSON.parse(sent), stored)];
    case 'PATCH': {
      const patched = await resource.patch(JSON.parse(sent), stored);
      return patched === undefined ? [204, undefined] : [200, patched];
    }
    case 'DELETE':
      await resource.dispose(stored);
      return [204, undefined];
    default:
      throw new SCIMMY.Types.Error(405, '', method);
  }
}

function parameters(query: URLSearchParams): Record<string, string | number> {
  const numbers = ['startIndex', 'count'].filter((name) => query.has(name));
  return {
    ...Object.fromEntries(query),
    ...Object.fromEntries(numbers.map((name) => [name, Number(query.get(name))])),
  };
}

function respond(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, body === undefined ? {} : { 'content-type': 'application/scim+json' });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

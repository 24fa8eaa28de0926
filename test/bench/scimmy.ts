// SCIMMY on a Map behind node:http: what the requests cost with a library from npm and no database.
import { randomUUID } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import SCIMMY from 'scimmy';

interface Kept {
  id: string;
  [name: string]: unknown;
}
interface Asked {
  readonly id?: string;
  readonly filter?: { match(values: readonly Kept[]): Kept[] };
}

const [, port = '0'] = process.argv.slice(2);

function keep(resource: { ingress(handler: unknown): unknown; egress(handler: unknown): unknown }): void {
  const kept = new Map<string, Kept>();
  resource.ingress((asked: Asked, given: Kept) => {
    const id = asked.id ?? randomUUID();
    const now = new Date().toISOString();
    const next = { ...JSON.parse(JSON.stringify(given)), id, meta: { created: now, lastModified: now } };
    kept.set(id, next);
    return next;
  });
  resource.egress((asked: Asked) => {
    if (asked.id !== undefined) return kept.get(asked.id);
    const all = [...kept.values()];
    return asked.filter?.match(all) ?? all;
  });
}

SCIMMY.Resources.declare(SCIMMY.Resources.User.extend(SCIMMY.Schemas.EnterpriseUser, false));
SCIMMY.Resources.declare(SCIMMY.Resources.Group);
SCIMMY.Resources.User.basepath('/');
SCIMMY.Resources.Group.basepath('/');
keep(SCIMMY.Resources.User);
keep(SCIMMY.Resources.Group);

async function answer(method: string, url: string, body: string): Promise<[status: number, body: unknown]> {
  const [path = '', query] = url.split('?');
  const [, endpoint, id] = path.split('/');
  const { Group, User } = SCIMMY.Resources;
  const asked = new URLSearchParams(query);
  const paging = asked.has('count')
    ? { startIndex: Number(asked.get('startIndex')), count: Number(asked.get('count')) }
    : {};
  const parameters = { ...Object.fromEntries(asked), ...paging };
  const resource = endpoint === 'Groups' ? new Group(id, parameters) : new User(id, parameters);
  if (method === 'GET') return [200, await resource.read()];
  if (method === 'POST') return [201, await resource.write(JSON.parse(body))];
  const patched = await resource.patch(JSON.parse(body));
  return patched === undefined ? [204, undefined] : [200, patched];
}

function respond(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/scim+json' });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

createServer({ keepAliveTimeout: 75_000 }, async (request, response) => {
  try {
    const [status, body] = await answer(request.method ?? '', request.url ?? '', await text(request));
    respond(response, status, body);
  } catch (error) {
    respond(response, 500, { detail: String(error) });
  }
}).listen(Number(port), '127.0.0.1');

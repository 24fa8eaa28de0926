import type { Effect } from './awkward-log.ts';
import type { AwkwardStore, Endpoint } from './awkward-store.ts';
import type { Switches } from './awkward-switches.ts';
import { discovery } from './protocol/discovery.ts';
import { type Filter, parseFilter } from './protocol/filter.ts';
import { type Operation, parsePatch } from './protocol/patch.ts';
import { page, project } from './protocol/query.ts';
import { Refusal } from './protocol/refusal.ts';
import { GROUP, USER } from './protocol/schemas.ts';
import { type Complex, isComplex, read, type Value } from './protocol/value.ts';

/** A request with its body read. */
export interface Asked {
  readonly method: string;
  /** Below the base URL. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Complex | undefined;
  readonly type: string | undefined;
  /** Whether the credentials are right. */
  readonly isKnown: boolean;
}

/** What was done, and what is to be answered. */
export interface Outcome {
  readonly effect: Effect;
  readonly id: string | undefined;
  /** Undefined: no answer, the connection ends. */
  readonly status: number | undefined;
  readonly body?: object;
  readonly html?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The protocol over a store. Nothing in it waits: a request is carried out whole before the next. */
export interface Service {
  serve(asked: Asked): Outcome;
}

const MAX_PAGE = 200;
const LOGIN = '<!doctype html><title>Sign in</title><form><input name="user"></form>';

export function createService(store: AwkwardStore, switches: () => Partial<Switches>, url: () => string): Service {
  const represent =
    (endpoint: Endpoint, query: URLSearchParams) =>
    (resource: Complex): Complex => {
      const whole = structuredClone(resource);
      if (isComplex(whole.meta)) whole.meta.location = `${url()}/${endpoint}/${String(whole.id)}`;
      // RFC 7643 §4.1.1: a password is never returned.
      delete whole.password;
      if (switches().noMembersInGet === true) delete whole.members;
      return project(whole, query);
    };
  const isHidden = (resource: Complex): boolean => switches().hidesInactive === true && resource.active === false;

  function list(endpoint: Endpoint, query: URLSearchParams): Outcome {
    const filter = readFilter(query, switches());
    const found = filter === undefined ? store.all(endpoint) : store.find(endpoint, filter);
    const visible = found.filter((resource) => !isHidden(resource));
    const body = page(visible, query, switches().pageSize ?? MAX_PAGE, represent(endpoint, query));
    return { effect: 'read', id: undefined, status: 200, body };
  }

  function get(endpoint: Endpoint, id: string, query: URLSearchParams): Outcome {
    const resource = store.get(endpoint, id);
    if (isHidden(resource)) throw new Refusal(404, `There is no ${id}`);
    return { effect: 'read', id, status: 200, body: represent(endpoint, query)(resource) };
  }

  function echo(endpoint: Endpoint, id: string, effect: Effect, query: URLSearchParams): Outcome {
    if (switches().noContent === true) return { effect, id, status: 204 };
    const body = represent(endpoint, query)(store.get(endpoint, id));
    if (effect !== 'created') return { effect, id, status: 200, body };
    return { effect, id, status: 201, body, headers: { location: `${url()}/${endpoint}/${id}` } };
  }

  function patch(endpoint: Endpoint, id: string, message: Complex, query: URLSearchParams): Outcome {
    store.get(endpoint, id);
    const operations = parsePatch(message);
    refuseTooMany(operations, switches().maxMembers);
    return echo(endpoint, id, store.patch(endpoint, id, operations) ? 'changed' : 'unchanged', query);
  }

  function carryOut(asked: Asked): Outcome {
    const { method, path, query } = asked;
    const [, name = '', id, ...rest] = path.split('/').map(decodeURIComponent);
    if (switches().loginPage === true) return { effect: 'refused', id, status: 200, html: LOGIN };
    if (!asked.isKnown || switches().refusesToken === true) throw new Refusal(401, 'Who are you?');
    const { noGroups, putOnly } = switches();
    const described = method === 'GET' ? discovery(name, id, putOnly === undefined, url()) : undefined;
    if (described !== undefined) return { effect: 'read', id, status: 200, body: described };
    if (rest.length > 0 || (name !== 'Users' && name !== 'Groups')) throw new Refusal(404, `There is no ${path}`);
    if (name === 'Groups' && noGroups !== undefined) throw new Refusal(noGroups, 'There are no groups here');
    if (id === undefined || id === '') {
      if (method === 'GET') return list(name, query);
      if (method !== 'POST') throw new Refusal(405, `${method} is not possible here`);
      return echo(name, String(store.create(name, resourceOf(asked, name)).id), 'created', query);
    }
    if (method === 'GET') return get(name, id, query);
    if (method === 'PUT') {
      return echo(name, id, store.replace(name, id, resourceOf(asked, name)) ? 'changed' : 'unchanged', query);
    }
    if (method === 'PATCH') {
      if (putOnly !== undefined) throw new Refusal(putOnly, 'PATCH is not supported');
      return patch(name, id, bodyOf(asked), query);
    }
    if (method !== 'DELETE') throw new Refusal(405, `${method} is not possible here`);
    store.delete(name, id);
    return { effect: 'deleted', id, status: 204 };
  }

  return {
    serve(asked) {
      try {
        return carryOut(asked);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        const id = asked.path.split('/')[2];
        return { effect: 'refused', id, status: error.status, body: error.body() };
      }
    },
  };
}

function readFilter(query: URLSearchParams, switches: Partial<Switches>): Filter | undefined {
  const text = query.get('filter');
  if (text === null || switches.ignoresFilter === true) return undefined;
  if (switches.noFilter === true) throw new Refusal(501, 'Filters are not supported');
  const filter = parseFilter(text);
  if (switches.noExternalIdFilter === true && /\bexternalId\b/i.test(text.replace(/"(?:\\.|[^"\\])*"/g, ''))) {
    throw new Refusal(400, 'externalId cannot be searched', 'invalidFilter');
  }
  return filter;
}

function bodyOf({ body, type = '' }: Asked): Complex {
  if (!/^application\/(scim\+)?json\b/i.test(type)) throw new Refusal(415, `Not SCIM: ${type}`);
  if (body === undefined) throw new Refusal(400, 'Not a JSON object', 'invalidSyntax');
  return body;
}

function resourceOf(asked: Asked, endpoint: Endpoint): Complex {
  const body = bodyOf(asked);
  const schemas = read(body, 'schemas');
  const core = endpoint === 'Users' ? USER : GROUP;
  if (!Array.isArray(schemas) || !schemas.includes(core)) {
    throw new Refusal(400, `schemas does not hold ${core}`, 'invalidSyntax');
  }
  return body;
}

function refuseTooMany(operations: readonly Operation[], most: Switches['maxMembers'] | undefined): void {
  if (most === undefined) return;
  const { limit, status } = typeof most === 'number' ? { limit: most, status: 400 } : most;
  const count = operations.reduce((sum, operation) => sum + membersIn(operation), 0);
  if (count > limit) throw new Refusal(status, `At most ${limit} members`, status === 400 ? 'tooMany' : undefined);
}

function membersIn({ path, value }: Operation): number {
  const isMembers = path?.attribute?.toLowerCase() === 'members';
  if (isMembers && path?.filter !== undefined) return 1;
  const members: Value | undefined = isMembers ? value : isComplex(value) ? read(value, 'members') : undefined;
  return Array.isArray(members) ? members.length : members === undefined ? 0 : 1;
}

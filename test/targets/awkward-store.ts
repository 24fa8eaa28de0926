import type { Random } from '../harness/random.ts';
import { type CreationCounter, createCounter } from './awkward-log.ts';
import type { Switches } from './awkward-switches.ts';
import { type Filter, matches } from './protocol/filter.ts';
import { applyPatch, type Operation } from './protocol/patch.ts';
import { Refusal } from './protocol/refusal.ts';
import { GROUP, refuseUnknown, USER } from './protocol/schemas.ts';
import { type Complex, isComplex, read, shapeAll, type Value, write } from './protocol/value.ts';

export type Endpoint = 'Users' | 'Groups';

/** Users and groups in memory. What comes back is what is stored: to be copied before it is given away. */
export interface AwkwardStore {
  readonly created: Readonly<Record<Endpoint, CreationCounter>>;
  /** In the order of their creation. */
  all(endpoint: Endpoint): Complex[];
  find(endpoint: Endpoint, filter: Filter): Complex[];
  /** Throws Refusal 404, as the others do. */
  get(endpoint: Endpoint, id: string): Complex;
  create(endpoint: Endpoint, given: Complex): Complex;
  /** False when everything was so before. */
  replace(endpoint: Endpoint, id: string, given: Complex): boolean;
  patch(endpoint: Endpoint, id: string, operations: readonly Operation[]): boolean;
  delete(endpoint: Endpoint, id: string): void;
}

const SECOND = 1000;
const BEGINNING = Date.UTC(2026, 0, 1);

/** An empty store; the switches are asked each time. Ids come from the seed, and time goes on a second a write. */
export function createAwkwardStore(random: Random, switches: () => Partial<Switches>): AwkwardStore {
  const kept = { Users: new Map<string, Complex>(), Groups: new Map<string, Complex>() };
  const created = { Users: createCounter(), Groups: createCounter() };
  let writes = 0;

  const now = (): string => new Date(BEGINNING + ++writes * SECOND).toISOString();
  const newId = (): string =>
    Array.from({ length: 4 }, () =>
      random
        .below(2 ** 32)
        .toString(16)
        .padStart(8, '0'),
    ).join('');
  const isExact = (name: string): boolean =>
    /^(id|externalid|members|manager|\$ref)$/i.test(name) ||
    (switches().caseSensitiveUserName === true && name.toLowerCase() === 'username');

  function get(endpoint: Endpoint, id: string): Complex {
    const resource = kept[endpoint].get(id);
    if (resource === undefined) throw new Refusal(404, `There is no ${id}`);
    return resource;
  }

  function refuseMembers(members: readonly Value[], before: readonly Value[]): void {
    const known = new Set(before.filter(isComplex).map(({ value }) => String(value)));
    for (const member of members.filter(isComplex)) {
      const id = String(member.value);
      if (known.has(id)) continue;
      const exists = kept.Users.has(id) || kept.Groups.has(id) || switches().acceptsUnknownMembers === true;
      if (!exists || switches().badMembers?.includes(id)) throw new Refusal(400, `No member: ${id}`, 'invalidValue');
    }
  }

  function refuseTaken(endpoint: Endpoint, id: string, resource: Complex): void {
    if (switches().duplicatesOnReplay === true) return;
    const name = endpoint === 'Users' ? 'userName' : 'displayName';
    const isFolded = !isExact(name);
    const fold = (value: Value | undefined): string => (isFolded ? String(value).toLowerCase() : String(value));
    const wanted = fold(resource[name]);
    for (const other of kept[endpoint].values()) {
      if (other.id !== id && fold(other[name]) === wanted) throw new Refusal(409, `${name} is taken`, 'uniqueness');
    }
  }

  /** The resource as it will be stored. Throws Refusal when it may not be. */
  function accept(endpoint: Endpoint, id: string, given: Complex, before: Complex | undefined): Complex {
    const resource = shapeAll(given);
    for (const name of ['schemas', 'id', 'meta', 'groups']) write(resource, name, undefined);
    const schema = endpoint === 'Users' ? USER : GROUP;
    if (switches().rejectsUnknown === true) refuseUnknown(resource, schema);
    const stored: Complex = { schemas: [schema, ...Object.keys(resource).filter((name) => /^urn:/i.test(name))], id };
    // Under the names of the schema, however the client wrote them.
    for (const name of ['externalId', 'userName', 'displayName', 'active', 'members']) {
      const value = read(resource, name);
      write(resource, name, undefined);
      write(stored, name, value);
    }
    Object.assign(stored, resource);
    requireText(stored, endpoint === 'Users' ? 'userName' : 'displayName');
    if (endpoint === 'Users') stored.active ??= true;
    alter(stored, switches());
    const held = before?.members;
    if (Array.isArray(stored.members)) refuseMembers(stored.members, Array.isArray(held) ? held : []);
    return stored;
  }

  function save(endpoint: Endpoint, id: string, given: Complex): boolean {
    const before = get(endpoint, id);
    const { meta, ...old } = before;
    const next = accept(endpoint, id, given, before);
    if (JSON.stringify(sorted(next)) === JSON.stringify(sorted(old))) return false;
    refuseTaken(endpoint, id, next);
    kept[endpoint].set(id, { ...next, meta: { ...(isComplex(meta) ? meta : {}), lastModified: now() } });
    return true;
  }

  return {
    created,
    all: (endpoint) => [...kept[endpoint].values()],
    find: (endpoint, filter) => [...kept[endpoint].values()].filter((one) => matches(filter, one, isExact)),
    get,
    create(endpoint, given) {
      const id = newId();
      const resource = accept(endpoint, id, given, undefined);
      refuseTaken(endpoint, id, resource);
      const at = now();
      const whole = { ...resource, meta: { resourceType: endpoint.slice(0, -1), created: at, lastModified: at } };
      kept[endpoint].set(id, whole);
      created[endpoint].count(whole, endpoint === 'Users' ? 'userName' : 'displayName');
      return whole;
    },
    replace: save,
    patch(endpoint, id, operations) {
      const rules = { strictNoTarget: switches().strictNoTarget === true };
      return save(endpoint, id, applyPatch(get(endpoint, id), operations, rules));
    },
    delete(endpoint, id) {
      get(endpoint, id);
      kept[endpoint].delete(id);
      for (const group of kept.Groups.values()) {
        if (!Array.isArray(group.members)) continue;
        write(
          group,
          'members',
          group.members.filter((member) => !isComplex(member) || member.value !== id),
        );
      }
    },
  };
}

function requireText(resource: Complex, name: string): void {
  const value = resource[name];
  if (typeof value !== 'string' || value === '') throw new Refusal(400, `${name} is required`, 'invalidValue');
}

/** What the server makes of values without being asked to. */
function alter(resource: Complex, { lowerCases, truncates }: Partial<Switches>): void {
  const { displayName, userName } = resource;
  if (lowerCases === true && typeof userName === 'string') resource.userName = userName.toLowerCase();
  if (truncates !== undefined && truncates !== false && typeof displayName === 'string') {
    resource.displayName = displayName.slice(0, truncates === true ? 20 : truncates);
  }
}

/** The same whatever the order of attributes. */
const sorted = (resource: Complex): [string, Value][] =>
  Object.entries(resource).toSorted(([left], [right]) => (left < right ? -1 : 1));

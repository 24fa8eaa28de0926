import { isArray, isObject } from '@rollcall/scim';
import type { ConnectionPool } from '../harness/pool.ts';
import { memberIds } from '../harness/scim-client.ts';
import { textAt, valueAt } from '../harness/value-at.ts';
import type { Person, State } from './person.ts';

interface Held {
  readonly id: string;
  readonly title: string;
}

/** Every user that the server lists, by userName. */
async function listed(pool: ConnectionPool): Promise<Map<string, Held>> {
  const users = new Map<string, Held>();
  let cursor = '';
  for (;;) {
    const path = `/Users?attributes=userName,title&count=1000&cursor=${encodeURIComponent(cursor)}`;
    const { status, body, text } = await pool.request('GET', path);
    const resources = valueAt(body, '$.Resources');
    if (status !== 200 || !isArray(resources)) throw new Error(`GET ${path}: ${status} ${text}`);
    for (const resource of resources) {
      if (!isObject(resource)) continue;
      users.set(String(resource.userName), { id: String(resource.id), title: String(resource.title) });
    }
    const next = valueAt(body, '$.nextCursor');
    if (typeof next !== 'string') {
      const total = valueAt(body, '$.totalResults');
      if (total !== users.size) throw new Error(`totalResults is ${total}, the list has ${users.size}`);
      return users;
    }
    cursor = next;
  }
}

const userNameOf = (person: Person): string => `person.${person.key}@acme.example`;

/** The ids that a filter finds. */
async function found(pool: ConnectionPool, filter: string): Promise<string[]> {
  const { status, body, text } = await pool.request('GET', `/Users?filter=${encodeURIComponent(filter)}`);
  const resources = valueAt(body, '$.Resources');
  if (status !== 200 || !isArray(resources)) throw new Error(`${filter}: ${status} ${text}`);
  return resources.map((resource) => textAt(resource, '$.id'));
}

/** Whether index, unique values and membership of a person agree with the resource: nothing is half there. */
async function halves(pool: ConnectionPool, person: Person, state: State, group: string): Promise<string[]> {
  const expected = state.exists && person.id !== undefined ? [person.id] : [];
  const filters = [
    `userName eq "${userNameOf(person)}"`,
    `externalId eq "person.${person.key}"`,
    `emails[type eq "work"].value eq "person.${person.key}@mail.acme.example"`,
  ];
  const problems: string[] = [];
  for (const filter of filters) {
    const ids = await found(pool, filter);
    if (ids.join() !== expected.join()) problems.push(`${filter} finds [${ids}] instead of [${expected}]`);
  }
  if (person.id === undefined) return problems;
  const read = await pool.request('GET', `/Users/${person.id}`);
  if (read.status !== (state.exists ? 200 : 404)) problems.push(`GET of ${person.key} is ${read.status}`);
  const groups = valueAt(read.body, '$.groups[0].value');
  if (groups !== (state.isMember ? group : undefined)) problems.push(`groups of ${person.key} are ${groups}`);
  return problems;
}

const isSame = (left: State, right: State): boolean =>
  left.exists === right.exists && left.title === right.title && left.isMember === right.isMember;

/**
 * Compares all persons with what the server holds: what was acknowledged must be there, what was pending may be, as
 * a whole. `closely` are also looked for through every index. Takes what it found as acknowledged.
 */
export async function inspect(
  pool: ConnectionPool,
  persons: readonly Person[],
  closely: ReadonlySet<Person>,
  group: string,
): Promise<string[]> {
  const problems: string[] = [];
  const users = await listed(pool);
  const members = new Set(memberIds((await pool.request('GET', `/Groups/${group}`)).body));
  for (const person of persons) {
    const held = users.get(userNameOf(person));
    const isMember = held !== undefined && members.delete(held.id);
    const state: State = { exists: held !== undefined, title: held?.title ?? '', isMember };
    const isPending = person.pending !== undefined && isSame(state, person.pending);
    if (!isPending && !isSame(state, person.acknowledged)) {
      const [is, was, pending] = [state, person.acknowledged, person.pending].map((one) => JSON.stringify(one));
      problems.push(`${person.key} is ${is}; acknowledged was ${was}, pending ${pending}`);
    }
    if (person.acknowledged.exists && held !== undefined && held.id !== person.id) {
      problems.push(`${person.key} has the id ${held.id} instead of ${person.id}`);
    }
    person.id = held?.id ?? person.id;
    person.acknowledged = state;
    person.pending = undefined;
    users.delete(userNameOf(person));
    if (closely.has(person)) problems.push(...(await halves(pool, person, state, group)));
  }
  if (users.size > 0) problems.push(`Nobody made ${[...users.keys()].slice(0, 5)}`);
  if (members.size > 0) problems.push(`Nobody added the members ${[...members].slice(0, 5)}`);
  return problems;
}

import { isArray, isObject } from '@rollcall/scim';
import { patch, plainUser } from '../harness/messages.ts';
import type { ConnectionPool } from '../harness/pool.ts';
import type { Random } from '../harness/random.ts';
import { textAt, valueAt } from '../harness/value-at.ts';

/** Users that stay through a walk, and the values it filters and sorts by; the others come and go. */
export const surviving = (index: number) => ({
  ...plainUser(`stays-${String((index * 7919) % 1_000_003).padStart(7, '0')}@acme.example`),
  title: index % 2 === 0 ? 'Even' : 'Odd',
  name: { familyName: `Family ${(index * 31) % 977}` },
});

/** Walks a list with cursors to its end; ids in the order in which they came. */
export async function walk(pool: ConnectionPool, query: string, count: number): Promise<string[]> {
  const ids: string[] = [];
  let cursor = '';
  for (;;) {
    const path = `/Users?${query}&attributes=userName&count=${count}&cursor=${encodeURIComponent(cursor)}`;
    const answer = await pool.request('GET', path);
    if (answer.status !== 200) throw new Error(`GET ${path}: ${answer.status} ${answer.text}`);
    const resources = valueAt(answer.body, '$.Resources');
    if (!isArray(resources)) throw new Error(`No Resources: ${answer.text}`);
    for (const resource of resources) if (isObject(resource)) ids.push(String(resource.id));
    const next = valueAt(answer.body, '$.nextCursor');
    if (typeof next !== 'string') return ids;
    cursor = next;
  }
}

/**
 * Until `stop` says so: creates users that sort before, between and after the survivors, deletes some of those, and
 * changes an attribute of survivors that no walk filters or sorts by. Returns how many requests it sent.
 */
export async function disturb(
  pool: ConnectionPool,
  survivors: readonly string[],
  random: Random,
  stop: () => boolean,
): Promise<number> {
  const passing: string[] = [];
  let requests = 0;
  for (let number = 0; !stop(); number++) {
    requests++;
    const what = random.below(3);
    if (what === 0 || passing.length === 0) {
      const userName = `${random.pick(['before', 'stays', 'then'])}-${random.below(1_000_000)}-${number}@acme.example`;
      const body = { ...plainUser(userName), title: random.pick(['Even', 'Odd']), name: { familyName: 'Family 500' } };
      const created = await pool.request('POST', '/Users', body);
      if (created.status === 201) passing.push(textAt(created.body, '$.id'));
      else if (created.status !== 409) throw new Error(`POST: ${created.status} ${created.text}`);
    } else if (what === 1) {
      const [id] = passing.splice(random.below(passing.length), 1);
      const deleted = await pool.request('DELETE', `/Users/${id}`);
      if (deleted.status !== 204) throw new Error(`DELETE: ${deleted.status} ${deleted.text}`);
    } else {
      const operation = { op: 'replace', path: 'nickName', value: `Nick ${number}` };
      const changed = await pool.request('PATCH', `/Users/${random.pick(survivors)}`, patch(operation));
      if (changed.status !== 200) throw new Error(`PATCH: ${changed.status} ${changed.text}`);
    }
  }
  return requests;
}

/** What a walk missed of those that it should have met, and what it met twice. */
export function compare(met: readonly string[], expected: readonly string[]) {
  const seen = new Set(met);
  return {
    missed: expected.filter((id) => !seen.has(id)),
    twice: met.length - seen.size,
  };
}

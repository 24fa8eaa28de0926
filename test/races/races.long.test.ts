import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createUsers } from '../harness/create-users.ts';
import { group, patch, plainUser } from '../harness/messages.ts';
import { type ConnectionPool, openPool } from '../harness/pool.ts';
import { type ServerProcess, startProcess } from '../harness/process.ts';
import { createRandom } from '../harness/random.ts';
import { memberIds } from '../harness/scim-client.ts';
import { textAt, valueAt } from '../harness/value-at.ts';
import { compare, disturb, surviving, walk } from './cursor-walk.ts';
import { changeMembers } from './membership.ts';
import { createOneUserName } from './one-user-name.ts';
import { WALKS } from './walks.ts';

const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);

let server: ServerProcess;
const pools: ConnectionPool[] = [];
const poolOf = async (connections: number): Promise<ConnectionPool> => {
  const pool = openPool(await server.identityServer(), connections);
  pools.push(pool);
  return pool;
};

beforeAll(async () => {
  console.log(`SEED=${SEED}`);
  server = await startProcess();
});
afterAll(async () => {
  for (const pool of pools) await pool.close();
  await server.remove();
});

describe('many requests at the same time', () => {
  it('1,000 POSTs of one userName: one 201, 999 × 409 uniqueness (RFC 7643 §4.1.1)', async () => {
    const pool = await poolOf(1000);
    expect(await createOneUserName(pool, 'once@acme.example', 1000)).toEqual({
      created: 1,
      conflicts: 999,
      others: [],
    });
    const found = await pool.request('GET', '/Users?filter=userName%20eq%20%22ONCE@acme.example%22');
    expect(valueAt(found.body, '$.totalResults')).toBe(1);
  });

  it('64 clients change one group with PATCH: the final set is exact', async () => {
    const pool = await poolOf(64);
    const ids = await createUsers(pool, 64 * 50, (index) => plainUser(`member-${index}@acme.example`));
    const team = textAt((await pool.request('POST', '/Groups', group('Team'))).body, '$.id');
    const parts = Array.from({ length: 64 }, (_, client) => ids.slice(client * 50, client * 50 + 50));
    const expected = await changeMembers(pool, team, parts, 50, createRandom(SEED));
    expect(memberIds((await pool.request('GET', `/Groups/${team}`)).body)).toEqual(expected);

    const [inside, outside] = [expected[0], ids.find((id) => !expected.includes(id))];
    const groups = async (id: string | undefined) =>
      valueAt((await pool.request('GET', `/Users/${id}`)).body, '$.groups[0].value');
    expect(await groups(inside)).toBe(team);
    expect(await groups(outside)).toBeUndefined();
  });

  it('200 PATCHes with one ETag: one wins, the rest 412 (RFC 7644 §3.14)', async () => {
    const pool = await poolOf(200);
    const created = await pool.request('POST', '/Users', plainUser('version@acme.example'));
    const path = `/Users/${textAt(created.body, '$.id')}`;
    for (let round = 0; round < 10; round++) {
      const version = textAt((await pool.request('GET', path)).body, '$.meta.version');
      const answers = await Promise.all(
        Array.from({ length: 200 }, (_, index) => {
          const change = patch({ op: 'replace', path: 'title', value: `${round}.${index}` });
          return pool.request('PATCH', path, change, { 'if-match': version });
        }),
      );
      const winners = answers.filter(({ status }) => status === 200);
      expect(winners).toHaveLength(1);
      expect(answers.filter(({ status }) => status === 412)).toHaveLength(199);
      const now = await pool.request('GET', path);
      expect(valueAt(now.body, '$.title')).toBe(valueAt(winners[0]?.body, '$.title'));
    }
  });

  it('cursor walks over 20,000 users while others create and delete: none missed, none twice (RFC 9865 §2)', async () => {
    const pool = await poolOf(32);
    const survivors = await createUsers(pool, 20_000, surviving);
    let walking = true;
    const disturbing = [1, 2, 3, 4].map((client) =>
      disturb(pool, survivors, createRandom(SEED + client), () => !walking),
    );
    const outcomes = await Promise.all(
      WALKS.map(async ({ name, query, meets }) => {
        const expected = survivors.filter((_, index) => meets(index));
        return { name, ...compare(await walk(pool, query, 200), expected) };
      }),
    );
    walking = false;
    const requests = (await Promise.all(disturbing)).reduce((sum, count) => sum + count, 0);
    expect(outcomes).toEqual(WALKS.map(({ name }) => ({ name, missed: [], twice: 0 })));
    expect(requests).toBeGreaterThan(500);
  });
});

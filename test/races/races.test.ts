import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createUsers } from '../harness/create-users.ts';
import { group, patch, plainUser } from '../harness/messages.ts';
import { type ConnectionPool, openPool } from '../harness/pool.ts';
import { createRandom } from '../harness/random.ts';
import { memberIds } from '../harness/scim-client.ts';
import { startServer, type TestServer } from '../harness/server.ts';
import { textAt } from '../harness/value-at.ts';
import { compare, disturb, surviving, walk } from './cursor-walk.ts';
import { changeMembers } from './membership.ts';
import { createOneUserName } from './one-user-name.ts';
import { WALKS } from './walks.ts';

let server: TestServer;
const pools: ConnectionPool[] = [];
const poolOf = async (connections: number): Promise<ConnectionPool> => {
  const pool = openPool(await server.identityServer(), connections);
  pools.push(pool);
  return pool;
};

beforeAll(async () => {
  server = await startServer();
});
afterAll(async () => {
  for (const pool of pools) await pool.close();
  await server.stop();
});

describe('requests at the same time', () => {
  it('create one userName once (RFC 7643 §4.1.1)', async () => {
    const outcome = await createOneUserName(await poolOf(50), 'once@acme.example', 50);
    expect(outcome).toEqual({ created: 1, conflicts: 49, others: [] });
  });

  it('add and remove members of one group without losing any', async () => {
    const pool = await poolOf(16);
    const ids = await createUsers(pool, 160, (index) => plainUser(`member-${index}@acme.example`));
    const team = textAt((await pool.request('POST', '/Groups', group('Team'))).body, '$.id');
    const parts = Array.from({ length: 16 }, (_, client) => ids.slice(client * 10, client * 10 + 10));
    const expected = await changeMembers(pool, team, parts, 10, createRandom(4));
    expect(memberIds((await pool.request('GET', `/Groups/${team}`)).body)).toEqual(expected);
  });

  it('change one version once, the others get 412 (RFC 7644 §3.14)', async () => {
    const pool = await poolOf(30);
    const created = await pool.request('POST', '/Users', plainUser('version@acme.example'));
    const path = `/Users/${textAt(created.body, '$.id')}`;
    const version = textAt(created.body, '$.meta.version');
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        pool.request('PATCH', path, patch({ op: 'replace', path: 'title', value: `T${index}` }), {
          'if-match': version,
        }),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 412)).toHaveLength(29);
  });

  it('walk a list with cursors while others write (RFC 9865 §2)', async () => {
    const pool = await poolOf(8);
    const survivors = await createUsers(pool, 300, surviving);
    let walking = true;
    const disturbing = [1, 2].map((seed) => disturb(pool, survivors, createRandom(seed), () => !walking));
    for (const { name, query, meets } of WALKS) {
      const expected = survivors.filter((_, index) => meets(index));
      expect({ name, ...compare(await walk(pool, query, 20), expected) }).toEqual({ name, missed: [], twice: 0 });
    }
    walking = false;
    await Promise.all(disturbing);
  });
});

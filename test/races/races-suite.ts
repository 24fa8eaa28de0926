import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createUsers } from '../harness/create-users.ts';
import type { TestIdentityServer } from '../harness/identity-server.ts';
import { group, patch, plainUser } from '../harness/messages.ts';
import { type ConnectionPool, openPool } from '../harness/pool.ts';
import { createRandom } from '../harness/random.ts';
import { memberIds } from '../harness/scim-client.ts';
import { textAt, valueAt } from '../harness/value-at.ts';
import { compare, disturb, surviving, walk } from './cursor-walk.ts';
import { changeMembers } from './membership.ts';
import { createOneUserName } from './one-user-name.ts';
import { WALKS } from './walks.ts';

/** What the races are run against: one server, or several behind a balancer. */
export interface Course {
  identityServer(): Promise<TestIdentityServer>;
  /** Many connections to an identity server; to one server unless said. */
  pool?(server: TestIdentityServer, connections: number): ConnectionPool;
  end(): Promise<void>;
}

export interface RaceSizes {
  /** POSTs of one userName at once. */
  readonly creates: number;
  /** Clients that change one group, each members of its own, in so many rounds. */
  readonly clients: number;
  readonly membersEach: number;
  readonly rounds: number;
  /** PATCHes with one ETag at once, in so many rounds. */
  readonly patches: number;
  readonly versions: number;
  /** Users who stay through the walks, how many of them a page has, and how many clients write meanwhile. */
  readonly users: number;
  readonly page: number;
  readonly disturbers: number;
}

/** Milliseconds: three processes share what a busy machine has left. */
const STARTED_WITHIN = 120_000;
const WITHIN = 600_000;

/** The races of many requests at the same time, as tests. */
export function races(name: string, start: () => Promise<Course>, sizes: RaceSizes, seed: number): void {
  const { creates, clients, membersEach, rounds, patches, versions, users, page, disturbers } = sizes;

  describe(name, { timeout: WITHIN }, () => {
    let course: Course | undefined;
    const pools: ConnectionPool[] = [];
    beforeAll(async () => {
      course = await start();
    }, STARTED_WITHIN);
    afterAll(async () => {
      for (const pool of pools) await pool.close();
      await course?.end();
    }, STARTED_WITHIN);

    async function poolOf(connections: number): Promise<ConnectionPool> {
      if (course === undefined) throw new Error('Nothing has started');
      const server = await course.identityServer();
      const pool = (course.pool ?? openPool)(server, connections);
      pools.push(pool);
      return pool;
    }

    it('many POSTs of one userName: one 201, the others 409 uniqueness (RFC 7643 §4.1.1)', async () => {
      const pool = await poolOf(creates);
      expect(await createOneUserName(pool, 'once@acme.example', creates)).toEqual({
        created: 1,
        conflicts: creates - 1,
        others: [],
      });
      const found = await pool.request('GET', '/Users?filter=userName%20eq%20%22ONCE@acme.example%22');
      expect(valueAt(found.body, '$.totalResults')).toBe(1);
    });

    it('many clients change one group with PATCH: the final set is exact', async () => {
      const pool = await poolOf(clients);
      const ids = await createUsers(pool, clients * membersEach, (index) => plainUser(`member-${index}@acme.example`));
      const team = textAt((await pool.request('POST', '/Groups', group('Team'))).body, '$.id');
      const parts = Array.from({ length: clients }, (_, client) =>
        ids.slice(client * membersEach, (client + 1) * membersEach),
      );
      const expected = await changeMembers(pool, team, parts, rounds, createRandom(seed));
      expect(memberIds((await pool.request('GET', `/Groups/${team}`)).body)).toEqual(expected);

      const [inside, outside] = [expected[0], ids.find((id) => !expected.includes(id))];
      const groups = async (id: string | undefined) =>
        valueAt((await pool.request('GET', `/Users/${id}`)).body, '$.groups[0].value');
      expect(await groups(inside)).toBe(team);
      expect(await groups(outside)).toBeUndefined();
    });

    it('many PATCHes with one ETag: one wins, the rest 412 (RFC 7644 §3.14)', async () => {
      const pool = await poolOf(patches);
      const created = await pool.request('POST', '/Users', plainUser('version@acme.example'));
      const path = `/Users/${textAt(created.body, '$.id')}`;
      for (let round = 0; round < versions; round++) {
        const version = textAt((await pool.request('GET', path)).body, '$.meta.version');
        const answers = await Promise.all(
          Array.from({ length: patches }, (_, index) => {
            const change = patch({ op: 'replace', path: 'title', value: `${round}.${index}` });
            return pool.request('PATCH', path, change, { 'if-match': version });
          }),
        );
        const winners = answers.filter(({ status }) => status === 200);
        expect(winners).toHaveLength(1);
        expect(answers.filter(({ status }) => status === 412)).toHaveLength(patches - 1);
        const now = await pool.request('GET', path);
        expect(valueAt(now.body, '$.title')).toBe(valueAt(winners[0]?.body, '$.title'));
      }
    });

    it('cursor walks while others create and delete: none missed, none twice (RFC 9865 §2)', async () => {
      const pool = await poolOf(32);
      const survivors = await createUsers(pool, users, surviving);
      let walking = true;
      const disturbing = Array.from({ length: disturbers }, (_, client) =>
        disturb(pool, survivors, createRandom(seed + client), () => !walking),
      );
      const outcomes = await Promise.all(
        WALKS.map(async ({ name, query, meets }) => {
          const expected = survivors.filter((_, index) => meets(index));
          return { name, ...compare(await walk(pool, query, page), expected) };
        }),
      ).finally(() => {
        walking = false;
      });
      const requests = (await Promise.all(disturbing)).reduce((sum, count) => sum + count, 0);
      expect(outcomes).toEqual(WALKS.map(({ name }) => ({ name, missed: [], twice: 0 })));
      expect(requests).toBeGreaterThan(users / page);
    });
  });
}

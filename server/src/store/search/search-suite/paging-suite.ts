import type { JsonObject } from '@rollcall/scim';
import { describe, expect, it } from 'vitest';
import { type Asked, type Directory, directoryIn, type OfSuite, valuesOf } from './directory-suite.ts';

/** Ways to list the users below: by an index, by a scan, in several orders. */
const WAYS: readonly Asked[] = [
  {},
  { filter: 'userName pr' },
  { filter: 'userName sw "user"' },
  { filter: 'title eq "Guide" or active eq true' },
  { sortBy: 'userName' },
  { sortBy: 'displayName', descending: true },
  { sortBy: 'displayName' },
  { sortBy: 'title' },
  { filter: 'userName pr', sortBy: 'displayName', descending: true },
  { filter: 'title ne "x"', sortBy: 'title', descending: true },
  { filter: 'active eq true', sortBy: 'userName' },
];

const user = (index: number): JsonObject => ({
  userName: `user${String(index).padStart(5, '0')}`,
  active: true,
  ...(index % 3 === 0 ? {} : { displayName: `Name ${index % 7}` }),
  ...(index % 2 === 0 ? {} : { title: `Title ${index % 5}` }),
});

const users = (directory: Directory, from: number, to: number) =>
  directory.addAll(
    'User',
    Array.from({ length: to - from }, (_, index) => user(from + index)),
  );

const distinct = (labels: readonly string[]) => new Set(labels).size;

export function pagingContract(store: OfSuite): void {
  describe('pages', () => {
    it('together are the whole list, each resource once, whichever way it is found', async () => {
      const directory = await directoryIn(store());
      await users(directory, 0, 50);
      for (const way of WAYS) {
        const labels: string[] = [];
        for (let startIndex = 1; startIndex <= 50; startIndex += 8) {
          const { rows, total } = await directory.search({ ...way, page: { kind: 'index', startIndex, count: 8 } });
          labels.push(...rows.map(({ label }) => label));
          expect(total).toBe(50);
        }
        expect(distinct(labels), JSON.stringify(way)).toBe(50);
        expect(await directory.walk({ ...way, count: 8 }), JSON.stringify(way)).toEqual(labels);
        expect(await directory.walk({ ...way, count: 50 }), JSON.stringify(way)).toEqual(labels);
      }
    });

    it('are empty beyond the end and for count 0, with the total (RFC 7644 §3.4.2.4)', async () => {
      const directory = await directoryIn(store());
      await users(directory, 0, 5);
      for (const way of WAYS) {
        for (const page of [
          { kind: 'index', startIndex: 6, count: 10 },
          { kind: 'index', startIndex: Number.MAX_SAFE_INTEGER, count: 10 },
          { kind: 'index', startIndex: 1, count: 0 },
          { kind: 'after', position: undefined, count: 0 },
        ] as const) {
          expect(await directory.search({ ...way, page }), JSON.stringify([way, page])).toEqual({
            total: 5,
            rows: [],
            next: undefined,
          });
        }
      }
    });

    it('of an empty list are empty', async () => {
      const directory = await directoryIn(store());
      for (const way of WAYS) expect(await directory.walk({ ...way, count: 3 })).toEqual([]);
    });

    it('reach far into a long list', async () => {
      const directory = await directoryIn(store());
      await users(directory, 0, 3000);
      const page = { kind: 'index', startIndex: 2990, count: 5 } as const;
      for (const way of [{}, { sortBy: 'userName' }, { filter: 'userName sw "u"' }]) {
        const { rows, total } = await directory.search({ ...way, page });
        expect(rows.map(({ label }) => label)).toEqual([
          'user02989',
          'user02990',
          'user02991',
          'user02992',
          'user02993',
        ]);
        expect(total).toBe(3000);
      }
    });

    it('of a walk neither miss nor repeat a survivor while others come and go (RFC 9865 §2)', async () => {
      for (const way of WAYS) {
        const directory = await directoryIn(store());
        const survivors = await users(directory, 0, 60);
        const doomed = await users(directory, 100, 140);
        let next = 200;
        const seen = await directory.walk({ ...way, count: 7 }, async () => {
          const gone = doomed.splice(0, 3);
          await store().transaction(async (transaction) => {
            for (const row of gone)
              await transaction.delete(row, valuesOf(directory.type('User'), row), row.modified + 1);
          });
          // As many come as go, so that the walk ends.
          if (next < 240) await users(directory, next, next + 3);
          next += 3;
        });
        expect(distinct(seen), JSON.stringify(way)).toBe(seen.length);
        const missed = survivors.filter(({ label }) => !seen.includes(label));
        expect(missed, JSON.stringify(way)).toEqual([]);
      }
    });

    it('of a walk continue after a resource that is gone', async () => {
      for (const way of WAYS) {
        const directory = await directoryIn(store());
        const rows = await users(directory, 0, 10);
        const first = await directory.search({ ...way, page: { kind: 'after', position: undefined, count: 4 } });
        const last = first.rows.at(-1);
        expect(last).toBeDefined();
        await store().transaction(async (transaction) => {
          if (last !== undefined)
            await transaction.delete(last, valuesOf(directory.type('User'), last), last.modified + 1);
        });
        const rest = await directory.search({ ...way, page: { kind: 'after', position: first.next, count: 100 } });
        const labels = [...first.rows, ...rest.rows].map(({ label }) => label);
        expect(labels.toSorted(), JSON.stringify(way)).toEqual(rows.map(({ label }) => label).toSorted());
      }
    });

    it('are stored resources whole', async () => {
      const directory = await directoryIn(store());
      const [added] = await users(directory, 0, 1);
      for (const way of WAYS) {
        const { rows } = await directory.search(way);
        expect(rows).toEqual([added]);
      }
    });
  });
}

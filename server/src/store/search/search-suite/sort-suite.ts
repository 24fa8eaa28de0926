import type { JsonObject } from '@rollcall/scim';
import { describe, expect, it } from 'vitest';
import { NOW } from '../../contract-suite/world-suite.ts';
import { directoryIn, EXTENSION, type OfSuite } from './directory-suite.ts';

const USERS: readonly JsonObject[] = [
  { userName: 'd', displayName: 'x', name: { familyName: 'Ölm' }, [EXTENSION]: { number: 10, badge: '' } },
  { userName: 'b', displayName: '\u{1F600}', emails: [{ value: 'b' }, { value: 'a', primary: true }] },
  { userName: 'C', displayName: '\uFF21', emails: [{ value: 'c' }], [EXTENSION]: { number: 9, badge: 'b' } },
  { userName: 'a', displayName: 'X', name: { familyName: 'ölm' }, active: true, [EXTENSION]: { number: 2 } },
  { userName: 'e', name: { familyName: 'A' }, active: false, [EXTENSION]: { badge: 'A' } },
];

/** `sortBy` and what it makes of the users above when ascending; descending is the reverse. */
const SORTED: readonly (readonly [string, readonly string[]])[] = [
  ['userName', ['a', 'b', 'C', 'd', 'e']],
  // By code point U+1F600 comes after U+FF21; equal names keep the order of creation; without a name is last.
  ['displayName', ['d', 'a', 'C', 'b', 'e']],
  ['name.familyName', ['e', 'd', 'a', 'b', 'C']],
  ['emails', ['b', 'C', 'd', 'a', 'e']],
  ['emails.value', ['b', 'C', 'd', 'a', 'e']],
  ['active', ['e', 'a', 'd', 'b', 'C']],
  [`${EXTENSION}:number`, ['a', 'C', 'd', 'b', 'e']],
  [`${EXTENSION}:badge`, ['d', 'e', 'C', 'b', 'a']],
  ['meta.created', ['d', 'b', 'C', 'a', 'e']],
];

export function sortContract(store: OfSuite): void {
  describe('a sorted list', () => {
    it('is in order of its keys, those without one last, and reversed when descending (RFC 7644 §3.4.2.3)', async () => {
      const directory = await directoryIn(store());
      for (const [index, user] of USERS.entries()) await directory.add('User', user, NOW + index);
      for (const [sortBy, labels] of SORTED) {
        const reversed = labels.toReversed();
        for (const filter of [{}, { filter: 'userName pr' }, { filter: 'nickName ne "x"' }]) {
          const title = `${sortBy} ${filter.filter}`;
          expect(await directory.labels({ sortBy, ...filter }), title).toEqual(labels);
          expect(await directory.labels({ sortBy, descending: true, ...filter }), title).toEqual(reversed);
          for (const count of [1, 2, 3, 5]) {
            expect(await directory.walk({ sortBy, count, ...filter }), title).toEqual(labels);
            expect(await directory.walk({ sortBy, descending: true, count, ...filter }), title).toEqual(reversed);
          }
        }
      }
    });

    it('has the same pages by index', async () => {
      const directory = await directoryIn(store());
      for (const [index, user] of USERS.entries()) await directory.add('User', user, NOW + index);
      for (const [sortBy, labels] of SORTED) {
        for (const descending of [false, true]) {
          const ordered = descending ? labels.toReversed() : labels;
          for (let startIndex = 1; startIndex <= 7; startIndex++) {
            const { rows, total, next } = await directory.search({
              sortBy,
              descending,
              page: { kind: 'index', startIndex, count: 2 },
            });
            const found = rows.map(({ label }) => label);
            expect(found, `${sortBy} ${startIndex}`).toEqual(ordered.slice(startIndex - 1, startIndex + 1));
            expect([total, next]).toEqual([5, undefined]);
          }
        }
      }
    });

    it('of a few that an index finds is in order too', async () => {
      const directory = await directoryIn(store());
      await directory.addAll('User', USERS);
      const filter = 'userName eq "a" or userName eq "b" or userName eq "e"';
      expect(await directory.labels({ filter, sortBy: 'displayName' })).toEqual(['a', 'b', 'e']);
      expect(await directory.labels({ filter, sortBy: 'displayName', descending: true })).toEqual(['e', 'b', 'a']);
      expect(await directory.walk({ filter, sortBy: 'displayName', count: 1 })).toEqual(['a', 'b', 'e']);
    });
  });
}

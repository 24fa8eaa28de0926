import {
  bindFilter,
  compareSortKeys,
  type Filter,
  formatFilter,
  type JsonObject,
  matches,
  parseSort,
  type ResourceType,
  sortKey,
} from '@rollcall/scim';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type StoredResource, UniqueConflict } from '../../contract.ts';
import { documentsOf, filtersOf } from './arbitrary-suite.ts';
import { type Directory, directoryIn, type OfSuite, representationOf } from './directory-suite.ts';

const SORTED_BY = [
  'userName',
  'displayName',
  'externalId',
  'emails',
  'active',
  'name.familyName',
  'meta.created',
  'id',
];

interface Known {
  readonly row: StoredResource;
  readonly resource: JsonObject;
}

export function agreementContract(open: OfSuite): void {
  describe('a search', () => {
    it('finds what evaluating its filter on every resource finds, whatever the documents and the filter', async () => {
      const first = await directoryIn(open());
      const user = first.type('User');
      const group = first.type('Group');
      const documents = fc.record({
        users: fc.array(documentsOf(user), { minLength: 5, maxLength: 15 }),
        groups: fc.array(documentsOf(group), { minLength: 1, maxLength: 4 }),
        members: fc.array(
          fc.tuple(fc.nat(3), fc.nat(18), fc.constantFrom(undefined, { display: 'a' }, { type: 'User' })),
          {
            maxLength: 20,
          },
        ),
      });
      await fc.assert(
        fc.asyncProperty(documents, fc.infiniteStream(fc.nat()), async ({ users, groups, members }, seeds) => {
          const directory = await directoryIn(open());
          const known = await fill(directory, users, groups, members);
          const ids = known.map(({ row }) => row.id);
          for (const [types, source] of [
            [['User'], user],
            [['Group'], group],
            [['User', 'Group'], user],
          ] as const) {
            const filters = fc.sample(filtersOf(source, ids), { numRuns: 30, seed: seeds.next().value ?? 0 });
            for (const filter of filters) await compare(directory, types, known, filter, seeds.next().value ?? 0);
          }
        }),
        { numRuns: 12 },
      );
    }, 120_000);
  });
}

/** Adds users and groups, but for those that hold a value which is taken, and members. */
async function fill(
  directory: Directory,
  users: readonly JsonObject[],
  groups: readonly JsonObject[],
  members: readonly (readonly [number, number, JsonObject | undefined])[],
): Promise<Known[]> {
  const rows: StoredResource[] = [];
  const add = async (type: string, document: JsonObject) => {
    try {
      rows.push(await directory.add(type, document, 1_700_000_000_000 + (rows.length % 2)));
    } catch (error) {
      if (!(error instanceof UniqueConflict)) throw error;
    }
  };
  for (const [index, document] of users.entries()) {
    await add('User', { ...document, userName: `${document.userName ?? ''}${index % 3 === 0 ? '' : index}` || 'a' });
  }
  for (const document of groups) await add('Group', { displayName: 'a', ...document });
  const made = rows.filter(({ type }) => type === 'Group');
  await directory.store.transaction(async (transaction) => {
    for (const [to, who, sent] of members) {
      const group = made[to % made.length];
      const member = rows[who % rows.length];
      if (group === undefined || member === undefined) continue;
      await transaction.applyMembers(group, [{ op: 'add', members: [{ value: member.id, sent }] }]);
    }
  });
  return Promise.all(rows.map(async (row) => ({ row, resource: await representationOf(directory, row) })));
}

async function compare(
  directory: Directory,
  types: readonly string[],
  known: readonly Known[],
  filter: Filter,
  seed: number,
): Promise<void> {
  const text = formatFilter(filter);
  const bound = new Map(types.map((name) => [name, bind(filter, directory.type(name), types.length > 1)]));
  const expected = known.filter(({ row, resource }) => {
    const asked = bound.get(row.type);
    return asked !== undefined && matches(asked, resource);
  });
  const ids = expected.map(({ row }) => row.id);
  // As it is, and so that no index can answer it alone.
  for (const variant of [text, `(${text}) or title eq "never"`, `(${text}) and not (nickName eq "never")`]) {
    if (variant !== text && types.join() !== 'User') continue;
    const { rows, total } = await directory.search({ filter: variant, types });
    expect({ filter: variant, ids: rows.map(({ id }) => id), total }).toEqual({
      filter: variant,
      ids,
      total: ids.length,
    });
  }
  const sortBy = SORTED_BY[seed % SORTED_BY.length] ?? 'id';
  const sort = sortOf(directory, types, sortBy, seed % 2 === 0);
  if (sort === undefined) return;
  const sorted = expected
    .map(({ row, resource }) => ({ row, key: sortKey(sort, resource) }))
    .sort(
      (a, b) =>
        compareSortKeys(sort, a.key, b.key) || (sort.descending ? b.row.seq - a.row.seq : a.row.seq - b.row.seq),
    );
  const { rows } = await directory.search({ filter: text, types, sortBy, descending: sort.descending });
  const found = rows.map(({ id }) => id);
  expect({ text, sortBy, found }).toEqual({ text, sortBy, found: sorted.map(({ row }) => row.id) });
}

const bind = (filter: Filter, type: ResourceType, several: boolean) =>
  bindFilter(filter, type, { compatibility: 'strict', notes: [] }, several ? 'absent' : 'refuse');

function sortOf(directory: Directory, types: readonly string[], sortBy: string, descending: boolean) {
  try {
    return parseSort(
      types.map((name) => directory.type(name)),
      sortBy,
      descending ? 'descending' : 'ascending',
    );
  } catch {
    // The types have no such attribute.
    return undefined;
  }
}

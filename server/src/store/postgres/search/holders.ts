import { sql } from 'kysely';
import type { StoredResource } from '../../contract.ts';
import type { Lookup } from '../../search/lookup.ts';
import { RESOURCE_COLUMNS } from '../../sqlite/stored-resource.ts';
import { GROUPS_BESIDE, type RowWithGroups, readAlong } from '../groups-beside.ts';
import { indexKey } from '../index-key.ts';
import { type Executes, prepared } from '../prepared.ts';

/** The resources of a type that the lookups find, each once; undefined when they are more than `limit`. */
export async function holdersOf(
  connection: Executes,
  server: number,
  type: string,
  lookups: readonly Lookup[],
  limit: number,
): Promise<StoredResource[] | undefined> {
  const found = await Promise.all(lookups.map((lookup) => holders(connection, server, type, lookup, limit + 1)));
  const [only, ...others] = found;
  if (only !== undefined && others.length === 0) return only.length > limit ? undefined : only;
  const rows = new Map<number, StoredResource>();
  for (const some of found) for (const row of some) rows.set(row.seq, row);
  return found.some((some) => some.length > limit) || rows.size > limit ? undefined : [...rows.values()];
}

async function holders(
  connection: Executes,
  server: number,
  type: string,
  lookup: Lookup,
  limit: number,
): Promise<StoredResource[]> {
  switch (lookup.kind) {
    case 'id':
      return resourceById.all(connection, { server, type, id: lookup.id });
    case 'member':
      return groupsOfMember.all(connection, { server, type, id: lookup.id, limit });
    case 'value': {
      const held = { server, type, path: lookup.path.text, key: indexKey(lookup.key) };
      return lookup.path.table === 'unique_value'
        ? (await holderOfUnique.all(connection, held)).map(readAlong)
        : (await holdersOfIndexed.all(connection, { ...held, limit })).map(readAlong);
    }
  }
}

const COLUMNS = sql.raw(RESOURCE_COLUMNS.join(', '));

interface OfType {
  readonly server: number;
  readonly type: string;
}

interface Held extends OfType {
  readonly path: string;
  readonly key: string;
}

const holderOfUnique = prepared((db, { server, type, path, key }: Held) =>
  sql<RowWithGroups>`
    SELECT ${COLUMNS}, ${GROUPS_BESIDE} FROM unique_value AS value JOIN resource ON resource.seq = value.seq
    WHERE value.server = ${server} AND value.type = ${type} AND value.path = ${path} AND value.key = ${key}`.compile(
    db,
  ),
);

const holdersOfIndexed = prepared((db, { server, type, path, key, limit }: Held & { readonly limit: number }) =>
  sql<RowWithGroups>`
    SELECT ${COLUMNS}, ${GROUPS_BESIDE} FROM index_value AS value JOIN resource ON resource.seq = value.seq
    WHERE value.server = ${server} AND value.type = ${type} AND value.path = ${path} AND value.key = ${key}
    ORDER BY value.seq LIMIT ${limit}`.compile(db),
);

// Here and below: the type is no condition for an index, that of types would do as well to a planner without statistics;
// OFFSET 0 keeps it from joins that read a whole table.
const resourceById = prepared((db, { server, type, id }: OfType & { id: string }) =>
  sql<StoredResource>`
    SELECT ${COLUMNS} FROM resource WHERE server = ${server} AND id = ${id} AND (type = ${type}) IS TRUE`.compile(db),
);

const groupsOfMember = prepared((db, { server, type, id, limit }: OfType & { id: string; limit: number }) =>
  sql<StoredResource>`
    SELECT ${COLUMNS} FROM resource AS named
    CROSS JOIN LATERAL (SELECT group_seq FROM member WHERE member_seq = named.seq OFFSET 0) AS above
    CROSS JOIN LATERAL (SELECT * FROM resource WHERE seq = above.group_seq OFFSET 0) AS resource
    WHERE named.server = ${server} AND named.id = ${id} AND (resource.type = ${type}) IS TRUE
    ORDER BY above.group_seq LIMIT ${limit}`.compile(db),
);

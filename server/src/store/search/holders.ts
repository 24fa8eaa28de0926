import type { ResourceType } from '@rollcall/scim';
import { sql } from 'kysely';
import type { StoredResource } from '../contract.ts';
import { compiled } from '../sqlite/compiled.ts';
import type { Connection } from '../sqlite/connection.ts';
import { RESOURCE_COLUMNS } from '../sqlite/stored-resource.ts';
import type { Lookup } from './lookup.ts';

/** The resources of a type that the lookups find, each once; undefined when they are more than `limit`. */
export function holdersOf(
  connection: Connection,
  server: number,
  type: ResourceType,
  lookups: readonly Lookup[],
  limit: number,
): StoredResource[] | undefined {
  const rows = new Map<number, StoredResource>();
  for (const lookup of lookups) {
    const found = holders(connection, server, type.name, lookup, limit + 1);
    if (found.length > limit) return undefined;
    for (const row of found) rows.set(row.seq, row);
    if (rows.size > limit) return undefined;
  }
  return [...rows.values()];
}

function holders(connection: Connection, server: number, type: string, lookup: Lookup, limit: number) {
  switch (lookup.kind) {
    case 'id':
      return resourceById.all(connection, { server, type, id: lookup.id });
    case 'member':
      return groupsOfMember.all(connection, { server, type, id: lookup.id, limit });
    case 'value': {
      const { path, key } = lookup;
      return holdersOfValue[path.table].all(connection, { server, type, path: path.text, key, limit });
    }
  }
}

const COLUMNS = sql.join(RESOURCE_COLUMNS.map((column) => sql.ref(column)));

interface OfType {
  readonly server: number;
  readonly type: string;
}

// Cross joins keep SQLite from walking the resources and looking for a value of each.
const holdersIn = (table: 'index_value' | 'unique_value') =>
  compiled((db, { server, type, path, key, limit }: OfType & { path: string; key: string; limit: number }) =>
    sql<StoredResource>`
        SELECT ${COLUMNS} FROM ${sql.table(table)} AS value CROSS JOIN resource
        WHERE value.server = ${server} AND value.type = ${type} AND value.path = ${path} AND value.key = ${key}
          AND resource.seq = value.seq
        ORDER BY value.seq LIMIT ${limit} + 0`.compile(db),
  );

const holdersOfValue = { index_value: holdersIn('index_value'), unique_value: holdersIn('unique_value') };

const resourceById = compiled((db, { server, type, id }: OfType & { id: string }) =>
  sql<StoredResource>`
    SELECT ${COLUMNS} FROM resource WHERE server = ${server} AND id = ${id} AND type = ${type}`.compile(db),
);

const groupsOfMember = compiled((db, { server, type, id, limit }: OfType & { id: string; limit: number }) =>
  sql<StoredResource>`
    SELECT ${COLUMNS} FROM resource AS named CROSS JOIN member CROSS JOIN resource
    WHERE named.server = ${server} AND named.id = ${id} AND member.member_seq = named.seq
      AND resource.seq = member.group_seq AND resource.type = ${type}
    ORDER BY member.group_seq LIMIT ${limit} + 0`.compile(db),
);

import type { ResourceType, Sort } from '@rollcall/scim';
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Position } from '../../contract.ts';
import { type IndexedPath, indexedPath, isText } from '../../search/path.ts';

/** An order that the database can make: that of creation, of a column, or of an index. */
export interface SqlOrder {
  /** Joins what it sorts by; may be empty. */
  readonly join: (server: number, type: string) => RawBuilder<unknown>;
  readonly key: RawBuilder<unknown>;
  readonly isSorted: boolean;
  readonly descending: boolean;
}

const NOTHING = sql``;

/** The index whose order is that of a sort; undefined of numbers, and where a resource can have several values, or "". */
export function sortedPath(type: ResourceType, sort: Sort): IndexedPath | undefined {
  const path = indexedPath(type, sort.path.text);
  return path?.isSingle && !path.lacksEmpty && isText(path) ? path : undefined;
}

const COLUMNS: Readonly<Record<string, RawBuilder<unknown>>> = {
  id: sql`resource.id`,
  'meta.created': sql`resource.created`,
  'meta.lastModified': sql`resource.modified`,
};

/** The order that a search of these types asks for; undefined when only their documents know it. */
export function sqlOrderOf(sort: Sort | undefined, types: readonly ResourceType[]): SqlOrder | undefined {
  if (sort === undefined) {
    return { join: () => NOTHING, key: sql`CAST(NULL AS text)`, isSorted: false, descending: false };
  }
  const { descending } = sort;
  const column = COLUMNS[sort.path.text];
  if (column !== undefined) return { join: () => NOTHING, key: column, isSorted: true, descending };
  const [type, ...others] = types;
  const path = type && sortedPath(type, sort);
  if (path === undefined || others.length > 0) return undefined;
  const join = (server: number, ofType: string) =>
    sql`LEFT JOIN ${sql.table(path.table)} AS sorted ON sorted.server = ${server} AND sorted.type = ${ofType}
      AND sorted.path = ${path.text} AND sorted.seq = resource.seq`;
  return { join, key: sql`sorted.key`, isSorted: true, descending };
}

/** What comes after a position, in terms of `key` and `seq`. Those without a key are last, or first when descending. */
export function afterPosition({ isSorted, descending }: SqlOrder, position: Position | undefined): RawBuilder<SqlBool> {
  if (position === undefined) return sql<SqlBool>`TRUE`;
  const { key, seq } = position;
  const beyond = descending ? sql`<` : sql`>`;
  if (!isSorted) return sql<SqlBool>`seq ${beyond} ${seq}`;
  if (key === null) {
    const rest = sql`key IS NULL AND seq ${beyond} ${seq}`;
    return descending ? sql<SqlBool>`(${rest} OR key IS NOT NULL)` : sql<SqlBool>`(${rest})`;
  }
  const rest = sql`(key, seq) ${beyond} (${key}, ${seq})`;
  return descending ? sql<SqlBool>`(${rest})` : sql<SqlBool>`(${rest} OR key IS NULL)`;
}

/** `ORDER BY` that order; PostgreSQL has what is NULL last, and first when descending. */
export function orderBy({ isSorted, descending }: SqlOrder, table: string): RawBuilder<unknown> {
  const direction = descending ? sql`DESC` : sql`ASC`;
  const seq = sql`${sql.ref(`${table}.seq`)} ${direction}`;
  return isSorted ? sql`ORDER BY ${sql.ref(`${table}.key`)} ${direction}, ${seq}` : sql`ORDER BY ${seq}`;
}

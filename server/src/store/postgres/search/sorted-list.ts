import { type SqlBool, sql } from 'kysely';
import type { SearchPage, SearchQuery, StoredResource } from '../../contract.ts';
import { resourceTypes, sortOf } from '../../search/bound-query.ts';
import { type Entry, entryOf, positionOf } from '../../search/page.ts';
import type { IndexedPath } from '../../search/path.ts';
import { RESOURCE_COLUMNS } from '../../sqlite/stored-resource.ts';
import { type Executes, type Prepared, prepared } from '../prepared.ts';
import { TYPE_ORDER, TYPE_ORDER_REVERSED, typeAfter, typeBefore } from '../type-range.ts';
import { sortedPath } from './order.ts';

/**
 * A page of all resources of a type in the order of an index, without reading a document that is not on it; undefined
 * where no index has the order.
 */
export async function sortedListPage(connection: Executes, query: SearchQuery): Promise<SearchPage | undefined> {
  const [type, ...others] = resourceTypes(query);
  const sort = type && sortOf(query, [type]);
  const path = type && sort && sortedPath(type, sort);
  if (type === undefined || sort === undefined || path === undefined || others.length > 0) return undefined;

  const { server, page } = query;
  const index = sortedIndex(connection, { server, type: type.name, path }, sort.descending);
  const total = countOfType.first(connection, { server, type: type.name });
  const placed =
    page.kind === 'index'
      ? index.slice(page.startIndex - 1, page.count)
      : index.after(entryOf(page.position), page.count + 1);
  const [counted, found] = await Promise.all([total, placed]);
  const shown = found.slice(0, page.count);
  return {
    total: counted?.total ?? 0,
    rows: shown.map(({ row }) => row),
    next: page.kind === 'after' && found.length > page.count ? positionOf(shown.at(-1)?.entry) : undefined,
  };
}

interface Placed {
  readonly entry: Entry;
  readonly row: StoredResource;
}

/** The order, or one stretch of it: the resources with a value, or those without. */
interface Stretch {
  slice(offset: number, limit: number): Promise<Placed[]>;
  /** From its beginning when `entry` is undefined. */
  after(entry: Entry | undefined, limit: number): Promise<Placed[]>;
}

interface Where {
  readonly server: number;
  readonly type: string;
  readonly path: IndexedPath;
}

/** All resources in the order of an index: those without a value last, or first when descending (RFC 7644 §3.4.2.3). */
function sortedIndex(connection: Executes, { server, type, path }: Where, descending: boolean): Stretch {
  const where = { server, type, path: path.text };
  const queries = QUERIES[path.table][descending ? 'descending' : 'ascending'];
  const keyed: Stretch = {
    slice: async (offset, limit) => (await queries.keyed.all(connection, { ...where, offset, limit })).map(withKey),
    after: async (entry, limit) => {
      if (entry === undefined) return keyed.slice(0, limit);
      const { key, seq } = entry;
      return (await queries.keyedAfter.all(connection, { ...where, key: String(key), seq, limit })).map(withKey);
    },
  };
  const lacking = async (seq: number, offset: number, limit: number) =>
    (await queries.missing.all(connection, { ...where, seq, offset, limit })).map(withoutKey);
  const missing: Stretch = {
    slice: (offset, limit) => lacking(queries.start, offset, limit),
    after: (entry, limit) => lacking(entry?.seq ?? queries.start, 0, limit),
  };
  const [first, second] = descending ? [missing, keyed] : [keyed, missing];
  const sizeOfFirst = async () => {
    const sizes = await queries.sizes.first(connection, where);
    return (descending ? sizes?.missing : sizes?.keyed) ?? 0;
  };
  return {
    async slice(offset, limit) {
      const start = await first.slice(offset, limit);
      const rest = limit - start.length;
      if (rest === 0) return start;
      const passed = start.length === 0 ? Math.max(offset - (await sizeOfFirst()), 0) : 0;
      return [...start, ...(await second.slice(passed, rest))];
    },
    async after(entry, limit) {
      const isInSecond = entry !== undefined && (entry.key === undefined) === (second === missing);
      const start = isInSecond ? [] : await first.after(entry, limit);
      const rest = limit - start.length;
      if (rest === 0) return start;
      return [...start, ...(await second.after(isInSecond ? entry : undefined, rest))];
    },
  };
}

const withKey = ({ sort_key: key, ...row }: Keyed): Placed => ({ entry: { seq: row.seq, key }, row });
const withoutKey = (row: StoredResource): Placed => ({ entry: { seq: row.seq, key: undefined }, row });

type Keyed = StoredResource & { readonly sort_key: string };

interface OfPath {
  readonly server: number;
  readonly type: string;
  readonly path: string;
}

interface Queries {
  /** Before the first seq of this direction. */
  readonly start: number;
  readonly sizes: Prepared<OfPath, { keyed: number; missing: number }>;
  readonly keyed: Prepared<OfPath & { offset: number; limit: number }, Keyed>;
  readonly keyedAfter: Prepared<OfPath & { key: string; seq: number; limit: number }, Keyed>;
  readonly missing: Prepared<OfPath & { seq: number; offset: number; limit: number }, StoredResource>;
}

const COLUMNS = sql.raw(RESOURCE_COLUMNS.join(', '));

const total = (server: number, type: string) =>
  sql<number>`(SELECT coalesce(sum(count), 0) FROM resource_count WHERE server = ${server} AND type = ${type})`;

const countOfType = prepared((db, { server, type }: { server: number; type: string }) =>
  sql<{ total: number }>`SELECT ${total(server, type)} AS total`.compile(db),
);

function queriesOf(tableName: IndexedPath['table'], descending: boolean): Queries {
  const table = sql.table(tableName);
  const direction = descending ? sql`DESC` : sql`ASC`;
  const beyond = descending ? sql`<` : sql`>`;
  const range = descending ? typeBefore : typeAfter;
  const order = descending ? TYPE_ORDER_REVERSED : TYPE_ORDER;
  const ofPath = ({ server, type, path }: OfPath) =>
    sql<SqlBool>`server = ${server} AND type = ${type} AND path = ${path}`;
  const size = (where: OfPath) => sql`(SELECT count(*) FROM ${table} WHERE ${ofPath(where)})`;
  return {
    start: descending ? Number.MAX_SAFE_INTEGER : 0,
    sizes: prepared((db, where) =>
      sql<{ keyed: number; missing: number }>`
        SELECT ${size(where)} AS keyed, ${total(where.server, where.type)} - ${size(where)} AS missing`.compile(db),
    ),
    keyed: prepared((db, where) =>
      sql<Keyed>`
        SELECT page.key AS sort_key, ${COLUMNS} FROM (
          SELECT key, seq FROM ${table} WHERE ${ofPath(where)}
          ORDER BY key ${direction}, seq ${direction} LIMIT ${where.limit} OFFSET ${where.offset}
        ) AS page JOIN resource ON resource.seq = page.seq
        ORDER BY page.key ${direction}, page.seq ${direction}`.compile(db),
    ),
    keyedAfter: prepared((db, where) =>
      sql<Keyed>`
        SELECT page.key AS sort_key, ${COLUMNS} FROM (
          SELECT key, seq FROM ${table} WHERE ${ofPath(where)} AND (key, seq) ${beyond} (${where.key}, ${where.seq})
          ORDER BY key ${direction}, seq ${direction} LIMIT ${where.limit}
        ) AS page JOIN resource ON resource.seq = page.seq
        ORDER BY page.key ${direction}, page.seq ${direction}`.compile(db),
    ),
    missing: prepared((db, where) =>
      sql<StoredResource>`
        SELECT ${COLUMNS} FROM (
          SELECT seq FROM resource WHERE ${range(where.server, where.type, where.seq)}
            AND seq NOT IN (SELECT seq FROM ${table} WHERE ${ofPath(where)})
          ${order} LIMIT ${where.limit} OFFSET ${where.offset}
        ) AS page JOIN resource ON resource.seq = page.seq
        ORDER BY page.seq ${direction}`.compile(db),
    ),
  };
}

const QUERIES = {
  index_value: { ascending: queriesOf('index_value', false), descending: queriesOf('index_value', true) },
  unique_value: { ascending: queriesOf('unique_value', false), descending: queriesOf('unique_value', true) },
};

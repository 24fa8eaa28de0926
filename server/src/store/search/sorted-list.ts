import { type SqlBool, sql } from 'kysely';
import type { SearchPage, SearchQuery } from '../contract.ts';
import { type Compiled, compiled } from '../sqlite/compiled.ts';
import type { Connection } from '../sqlite/connection.ts';
import { resourceTypes, sortOf } from './bound-query.ts';
import { type Entry, entryOf, positionOf } from './page.ts';
import { type IndexedPath, indexedPath, isText } from './path.ts';
import { countOf, rowsOf } from './rows.ts';

/**
 * A page of all resources of a type in the order of an index, without reading a document that is not on it; undefined
 * where no index has the order: of several types, of numbers, and where a resource can have several values.
 */
export function sortedListPage(connection: Connection, query: SearchQuery): SearchPage | undefined {
  const [type, ...others] = resourceTypes(query);
  if (type === undefined || others.length > 0) return undefined;
  const sort = sortOf(query, [type]);
  const path = sort && indexedPath(type, sort.path.text);
  if (sort === undefined || path === undefined || !path.isSingle || path.lacksEmpty || !isText(path)) return undefined;

  const { server, page } = query;
  const total = countOf(connection, server, type.name);
  const index = sortedIndex(connection, { server, type: type.name, path }, sort.descending, total);
  if (page.kind === 'index') {
    const entries = index.slice(page.startIndex - 1, page.count);
    return { total, rows: rowsOf(connection, seqs(entries)), next: undefined };
  }
  const more = index.after(entryOf(page.position), page.count + 1);
  const entries = more.slice(0, page.count);
  const next = more.length > page.count ? positionOf(entries.at(-1)) : undefined;
  return { total, rows: rowsOf(connection, seqs(entries)), next };
}

const seqs = (entries: readonly Entry[]): number[] => entries.map(({ seq }) => seq);

/** One stretch of the order: the resources with a value, or those without. */
interface Stretch {
  readonly size: number;
  slice(offset: number, limit: number): Entry[];
  /** From its beginning when `entry` is undefined. */
  after(entry: Entry | undefined, limit: number): Entry[];
}

interface Where {
  readonly server: number;
  readonly type: string;
  readonly path: IndexedPath;
}

/** All resources in the order of an index: those without a value last, or first when descending (RFC 7644 §3.4.2.3). */
function sortedIndex(
  connection: Connection,
  { server, type, path }: Where,
  descending: boolean,
  total: number,
): Stretch {
  const where = { server, type, path: path.text };
  const queries = QUERIES[path.table][descending ? 'descending' : 'ascending'];
  const keyedSize = queries.size.first(connection, where)?.size ?? 0;
  const keyed: Stretch = {
    size: keyedSize,
    slice: (offset, limit) => queries.keyed.all(connection, { ...where, offset, limit }),
    after: (entry, limit) =>
      entry === undefined
        ? queries.keyed.all(connection, { ...where, offset: 0, limit })
        : queries.keyedAfter.all(connection, { ...where, key: String(entry.key), seq: entry.seq, limit }),
  };
  const missing: Stretch = {
    size: Math.max(total - keyedSize, 0),
    slice: (offset, limit) =>
      queries.missing.all(connection, { ...where, seq: queries.start, offset, limit }).map(keyless),
    after: (entry, limit) =>
      queries.missing.all(connection, { ...where, seq: entry?.seq ?? queries.start, offset: 0, limit }).map(keyless),
  };
  const [first, second] = descending ? [missing, keyed] : [keyed, missing];
  return {
    size: total,
    slice: (offset, limit) => {
      const start = offset < first.size ? first.slice(offset, limit) : [];
      const rest = limit - start.length;
      if (rest === 0 || second.size === 0) return start;
      return [...start, ...second.slice(Math.max(offset - first.size, 0), rest)];
    },
    after: (entry, limit) => {
      const isInSecond = entry !== undefined && (entry.key === undefined) === (second === missing);
      const start = isInSecond || first.size === 0 ? [] : first.after(entry, limit);
      const rest = limit - start.length;
      if (rest === 0 || second.size === 0) return start;
      return [...start, ...second.after(isInSecond ? entry : undefined, rest)];
    },
  };
}

const keyless = ({ seq }: { seq: number }): Entry => ({ seq, key: undefined });

interface OfPath {
  readonly server: number;
  readonly type: string;
  readonly path: string;
}

interface Queries {
  /** Before the first seq of this direction. */
  readonly start: number;
  readonly size: Compiled<OfPath, { size: number }>;
  readonly keyed: Compiled<OfPath & { offset: number; limit: number }, { seq: number; key: string }>;
  readonly keyedAfter: Compiled<OfPath & { key: string; seq: number; limit: number }, { seq: number; key: string }>;
  readonly missing: Compiled<OfPath & { seq: number; offset: number; limit: number }, { seq: number }>;
}

function queriesOf(tableName: IndexedPath['table'], descending: boolean): Queries {
  const table = sql.table(tableName);
  const direction = descending ? sql`DESC` : sql`ASC`;
  const beyond = descending ? sql`<` : sql`>`;
  const ofPath = ({ server, type, path }: OfPath) =>
    sql<SqlBool>`server = ${server} AND type = ${type} AND path = ${path}`;
  return {
    start: descending ? Number.MAX_SAFE_INTEGER : 0,
    size: compiled((db, where) =>
      sql<{ size: number }>`SELECT count(*) AS size FROM ${table} WHERE ${ofPath(where)}`.compile(db),
    ),
    keyed: compiled((db, where) =>
      sql<{ seq: number; key: string }>`
        SELECT seq, key FROM ${table} WHERE ${ofPath(where)}
        ORDER BY key ${direction}, seq ${direction} LIMIT ${where.limit} + 0 OFFSET ${where.offset} + 0`.compile(db),
    ),
    keyedAfter: compiled((db, where) =>
      sql<{ seq: number; key: string }>`
        SELECT seq, key FROM ${table} WHERE ${ofPath(where)} AND (key, seq) ${beyond} (${where.key}, ${where.seq})
        ORDER BY key ${direction}, seq ${direction} LIMIT ${where.limit} + 0`.compile(db),
    ),
    missing: compiled((db, where) =>
      sql<{ seq: number }>`
        SELECT seq FROM resource WHERE server = ${where.server} AND type = ${where.type} AND seq ${beyond} ${where.seq}
          AND seq NOT IN (SELECT seq FROM ${table} WHERE ${ofPath(where)})
        ORDER BY seq ${direction} LIMIT ${where.limit} + 0 OFFSET ${where.offset} + 0`.compile(db),
    ),
  };
}

const QUERIES = {
  index_value: { ascending: queriesOf('index_value', false), descending: queriesOf('index_value', true) },
  unique_value: { ascending: queriesOf('unique_value', false), descending: queriesOf('unique_value', true) },
};

import { sql } from 'kysely';
import type { SearchPage, SearchQuery, StoredResource } from '../../contract.ts';
import { positionOf } from '../../search/page.ts';
import { RESOURCE_COLUMNS } from '../../sqlite/stored-resource.ts';
import { type Executes, prepared } from '../prepared.ts';
import { TYPE_ORDER, typeAfter } from '../type-range.ts';

const COLUMNS = sql.raw(RESOURCE_COLUMNS.join(', '));

interface Range {
  readonly server: number;
  /** A JSON array of the types' names. */
  readonly types: string;
  readonly after: number;
  readonly limit: number;
  readonly offset: number;
}

/** A page with the total beside each row, or beside none. */
export type Counted = { readonly total: number } & (StoredResource | { readonly seq: null });

/** Each type may fill the page alone, or everything before it; what is passed over is read from the index alone. */
const pageOfTypes = prepared((db, { server, types, after, limit, offset }: Range) =>
  sql<Counted>`
    WITH wanted AS MATERIALIZED (SELECT value AS type FROM json_array_elements_text(${types}) AS each(value)),
    page AS (
      SELECT placed.seq FROM wanted CROSS JOIN LATERAL (
        SELECT resource.seq FROM resource
        WHERE ${typeAfter(server, sql`wanted.type`, after)} ${TYPE_ORDER}
        LIMIT CAST(${limit} AS bigint) + CAST(${offset} AS bigint)
      ) AS placed
      ORDER BY placed.seq LIMIT CAST(${limit} AS bigint) OFFSET CAST(${offset} AS bigint)
    )
    SELECT counted.total, ${COLUMNS}
    FROM (
      SELECT coalesce(sum(count), 0) AS total FROM resource_count
      WHERE server = ${server} AND type IN (SELECT type FROM wanted)
    ) AS counted
    LEFT JOIN page ON TRUE
    -- OFFSET 0: looked up one by one, however many rows the planner believes to be on a page.
    LEFT JOIN LATERAL (SELECT * FROM resource WHERE seq = page.seq OFFSET 0) AS resource ON TRUE
    ORDER BY page.seq`.compile(db),
);

/** A page of all resources of some types, in order of creation. */
export async function listPage(connection: Executes, { server, types, page }: SearchQuery): Promise<SearchPage> {
  const isWalk = page.kind === 'after';
  const counted = await pageOfTypes.all(connection, {
    server,
    types: JSON.stringify(types),
    after: isWalk ? (page.position?.seq ?? 0) : 0,
    limit: isWalk ? page.count + 1 : page.count,
    offset: isWalk ? 0 : page.startIndex - 1,
  });
  const { total, rows } = splitCounted(counted);
  const shown = rows.slice(0, page.count);
  const last = shown.at(-1);
  const hasMore = isWalk && rows.length > page.count && last !== undefined;
  return { total, rows: shown, next: hasMore ? positionOf({ seq: last.seq, key: undefined }) : undefined };
}

/** The total, and the rows without it. */
export function splitCounted(counted: readonly Counted[]): { total: number; rows: StoredResource[] } {
  const rows = counted.flatMap(({ total: _, ...row }) => (row.seq === null ? [] : [row]));
  return { total: counted[0]?.total ?? 0, rows };
}

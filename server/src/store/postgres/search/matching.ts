import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { SearchPage, SearchQuery, StoredResource } from '../../contract.ts';
import { positionOf } from '../../search/page.ts';
import { RESOURCE_COLUMNS } from '../../sqlite/stored-resource.ts';
import type { Executes } from '../prepared.ts';
import { TYPE_ORDER, typeAfter } from '../type-range.ts';
import { runComposed } from './composed.ts';
import { afterPosition, orderBy, type SqlOrder } from './order.ts';

/** A condition that selects exactly the matches of one type; all resources of it when there is none. */
export interface Selection {
  readonly type: string;
  readonly condition: Expression<SqlBool> | undefined;
}

const COLUMNS = sql.raw(RESOURCE_COLUMNS.join(', '));

type Found = { readonly total: number; readonly sort_key: string | number | null } & (
  | StoredResource
  | { readonly seq: null }
);

/** A page of what conditions select, and how many they select, in one statement. */
export async function matchingPage(
  connection: Executes,
  { server, page }: SearchQuery,
  selections: readonly Selection[],
  order: SqlOrder,
): Promise<SearchPage> {
  const isWalk = page.kind === 'after';
  const limit = isWalk ? page.count + 1 : page.count;
  const offset = isWalk ? 0 : page.startIndex - 1;
  const matching = selections.map(({ type, condition }) => selectOf(server, type, condition, order));
  const found = await runComposed(
    connection,
    sql<Found>`
      WITH matching AS MATERIALIZED (${sql.join(matching, sql` UNION ALL `)}),
      page AS (
        SELECT seq, key FROM matching WHERE ${afterPosition(order, isWalk ? page.position : undefined)}
        ${orderBy(order, 'matching')} LIMIT ${limit} OFFSET ${offset}
      )
      SELECT counted.total, page.key AS sort_key, ${COLUMNS}
      FROM (SELECT count(*) AS total FROM matching) AS counted
      LEFT JOIN page ON TRUE
      LEFT JOIN resource ON resource.seq = page.seq
      ${orderBy(order, 'page')}`,
  );
  const entries = found.flatMap(({ total: _, sort_key, ...row }) =>
    row.seq === null ? [] : [{ row, seq: row.seq, key: sort_key ?? undefined }],
  );
  const shown = entries.slice(0, page.count);
  const next = isWalk && entries.length > page.count ? positionOf(shown.at(-1)) : undefined;
  return { total: found[0]?.total ?? 0, rows: shown.map(({ row }) => row), next };
}

function selectOf(
  server: number,
  type: string,
  condition: Expression<SqlBool> | undefined,
  order: SqlOrder,
): RawBuilder<unknown> {
  return sql`
    SELECT resource.seq, ${order.key} AS key FROM resource ${order.join(server, type)}
    WHERE resource.server = ${server} AND resource.type = ${type} AND ${condition ?? sql`TRUE`}`;
}

/** The next page of a walk in order of creation whose total is known: it ends with its page. */
export async function continuedPage(
  connection: Executes,
  { server, page }: SearchQuery,
  { type, condition }: Selection,
  total: number,
): Promise<SearchPage> {
  const after = page.kind === 'after' ? (page.position?.seq ?? 0) : 0;
  const found = await runComposed(
    connection,
    sql<StoredResource>`
      SELECT ${COLUMNS} FROM resource
      WHERE ${typeAfter(server, type, after)} AND ${condition ?? sql`TRUE`}
      ${TYPE_ORDER} LIMIT ${page.count + 1}`,
  );
  const rows = found.slice(0, page.count);
  const last = rows.at(-1);
  const hasMore = found.length > page.count && last !== undefined;
  return { total, rows, next: hasMore ? positionOf({ seq: last.seq, key: undefined }) : undefined };
}

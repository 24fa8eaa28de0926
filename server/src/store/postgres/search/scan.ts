import type { ResourceType, Sort } from '@rollcall/scim';
import { type RawBuilder, sql } from 'kysely';
import { BudgetExceeded, type SearchPage, type SearchQuery, type StoredResource } from '../../contract.ts';
import { resourceTypes, sortOf } from '../../search/bound-query.ts';
import type { Clock } from '../../search/clock.ts';
import type { Plan } from '../../search/compile.ts';
import { evaluation } from '../../search/evaluate.ts';
import { cutPage, type Entry, orderOf } from '../../search/page.ts';
import type { Executes } from '../prepared.ts';
import { TYPE_ORDER, typeAfter } from '../type-range.ts';
import { besideOf } from './beside.ts';
import { runComposed } from './composed.ts';
import { rowsOf } from './rows.ts';

// Only what an evaluation reads: of a scan's time, most goes by taking columns out of PostgreSQL's answers.
const COLUMNS = sql.raw('resource.seq, resource.document');
const COLUMNS_ITSELF = sql.raw(
  'resource.seq, resource.document, resource.id, resource.version, resource.created, resource.modified',
);

type Fetched = Pick<StoredResource, 'seq' | 'document'> & Partial<StoredResource>;

/** Rows that are fetched at a time, while those before are evaluated. */
const BATCH = 500;
/** Of groups whose members are read with them. */
const BATCH_WITH_MEMBERS = 20;

export interface TypePlan {
  readonly type: ResourceType;
  readonly plan: Plan;
}

/**
 * A page of what satisfies a filter, where documents must be evaluated: all matches are gathered as pairs of sort key
 * and seq. A walk in order of creation whose total is known begins at its position and ends with its page.
 */
export async function scanPage(
  connection: Executes,
  query: SearchQuery,
  plans: readonly TypePlan[],
  clock: Clock,
  knownTotal: number | undefined,
): Promise<SearchPage> {
  const sort = sortOf(query, resourceTypes(query));
  const order = orderOf(sort);
  const { page } = query;
  const isContinued = knownTotal !== undefined && sort === undefined && page.kind === 'after';
  const part = isContinued ? { after: page.position?.seq ?? 0, limit: page.count + 1 } : WHOLE;
  const found: Entry[] = [];
  for (const plan of plans) found.push(...(await matchesOf(connection, query.server, plan, sort, part, clock)));
  if (plans.length > 1 || sort !== undefined) found.sort(order);
  const { entries, next } = cutPage(found, page, order);
  const rows = await rowsOf(
    connection,
    entries.map(({ seq }) => seq),
  );
  return { total: isContinued ? knownTotal : found.length, rows, next };
}

interface Part {
  readonly after: number;
  readonly limit: number;
}

const WHOLE: Part = { after: 0, limit: Number.POSITIVE_INFINITY };

/** The matches of one type in order of creation. */
async function matchesOf(
  connection: Executes,
  server: number,
  { type, plan }: TypePlan,
  sort: Sort | undefined,
  part: Part,
  clock: Clock,
): Promise<Entry[]> {
  const { entry, needs } = evaluation(type, plan.residual, sort);
  const batch = needs.members ? BATCH_WITH_MEMBERS : BATCH;
  const found: Entry[] = [];
  const select = sql`
    SELECT ${needs.itself ? COLUMNS_ITSELF : COLUMNS} FROM resource
    WHERE ${typeAfter(server, type.name, part.after)} AND ${plan.condition ?? sql`TRUE`} ${TYPE_ORDER}`;
  const unread = { server, type: type.name, id: '', version: 0, created: 0, modified: 0, label: '' };
  for await (const fetched of batches(connection, select, batch, clock)) {
    const rows = fetched.map((row): StoredResource => ({ ...unread, ...row }));
    const beside = await besideOf(connection, server, rows, needs);
    for (const row of rows) {
      clock.tick();
      const match = entry(row, beside);
      if (match !== undefined) found.push(match);
      if (found.length >= part.limit) return found;
    }
  }
  return found;
}

/** The rows of a query in batches of one cursor: what its condition costs is done once. */
async function* batches(
  connection: Executes,
  select: RawBuilder<unknown>,
  batch: number,
  clock: Clock,
): AsyncGenerator<Fetched[]> {
  const opened = runComposed(connection, sql`DECLARE scan NO SCROLL CURSOR FOR ${select}`);
  const fetched = () => {
    const left = Math.ceil(clock.left());
    if (left <= 0) throw new BudgetExceeded('The search takes too long');
    const limited = runComposed(connection, sql`SELECT set_config('statement_timeout', ${String(left)}, true)`);
    const rows = runComposed(connection, sql<Fetched>`FETCH ${sql.lit(batch)} FROM scan`);
    // Either fails when the other does; whoever is awaited first tells it.
    limited.catch(() => undefined);
    rows.catch(() => undefined);
    return rows;
  };
  opened.catch(() => undefined);
  let next = fetched();
  await opened;
  try {
    for (;;) {
      const rows = await next;
      const isLast = rows.length < batch;
      if (!isLast) next = fetched();
      yield rows;
      if (isLast) return;
    }
  } finally {
    // What failed has ended it, and says why.
    await runComposed(connection, sql`CLOSE scan`).catch(() => undefined);
  }
}

import { BudgetExceeded, type SearchPage, type SearchQuery } from '../../contract.ts';
import { boundFilter, resourceTypes, sortOf } from '../../search/bound-query.ts';
import { type Clock, startClock } from '../../search/clock.ts';
import { compileFilter, type Plan } from '../../search/compile.ts';
import { isCancelled } from '../error.ts';
import type { Executes } from '../prepared.ts';
import { listPage } from './list.ts';
import { hasLongKeys } from './long-keys.ts';
import { continuedPage, matchingPage } from './matching.ts';
import { sqlOrderOf } from './order.ts';
import { scanPage, type TypePlan } from './scan.ts';
import { sortedListPage } from './sorted-list.ts';
import { spelling } from './spelling.ts';

// One snapshot for the count, the page and its documents.
const BEGIN = 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY';

/**
 * For its one transaction: never all rows of a table, which are those of other identity servers too, whatever the
 * planner believes of a table that grew since it was looked at; room for the seqs of a million resources; the plan that
 * is best for all rows of a cursor; and no time for compiling, nor other processes, for what is bounded so.
 */
const SETTINGS = `
  SELECT set_config('statement_timeout', $1, true), set_config('enable_seqscan', 'off', true),
    set_config('work_mem', '64MB', true), set_config('cursor_tuple_fraction', '1', true), set_config('jit', 'off', true),
    set_config('max_parallel_workers_per_gather', '0', true)`;

/**
 * Answers any search on a connection of its own in at most `budget` milliseconds: in SQL what indexes and columns tell,
 * by evaluation of documents what they do not. Errors: BudgetExceeded; the ScimError of a filter or sort that does not
 * fit the types (any more).
 */
export async function searchWithin(
  connection: Executes,
  query: SearchQuery,
  budget: number,
  knownTotal: number | undefined,
): Promise<SearchPage> {
  const clock = startClock(budget);
  const run = (sql: string, bindings: string[] = []) => connection.execute(sql, bindings);
  const begun = Promise.all([run(BEGIN), run(SETTINGS, [String(Math.ceil(budget))])]);
  begun.catch(() => undefined);
  try {
    const page = await pageOf(connection, query, clock, knownTotal);
    await begun;
    return page;
  } catch (error) {
    // What failed first explains what failed after it.
    await begun;
    throw isCancelled(error) ? new BudgetExceeded('The search takes too long', { cause: error }) : error;
  } finally {
    // Where it fails, the connection is gone and its transaction with it.
    await run('ROLLBACK').catch(() => undefined);
  }
}

async function pageOf(
  connection: Executes,
  query: SearchQuery,
  clock: Clock,
  knownTotal: number | undefined,
): Promise<SearchPage> {
  if (query.filter === undefined) {
    const page = query.sort === undefined ? listPage(connection, query) : sortedListPage(connection, query);
    const found = await page;
    if (found !== undefined) return found;
  }
  const types = resourceTypes(query);
  const sort = sortOf(query, types);
  const plans = await planTypes(connection, query);
  const order = sqlOrderOf(sort, types);
  if (order === undefined || plans.some(({ plan }) => plan.residual !== undefined)) {
    return scanPage(connection, query, plans, clock, knownTotal);
  }
  const selections = plans.map(({ type, plan }) => ({ type: type.name, condition: plan.condition }));
  const [only, ...others] = selections;
  if (only !== undefined && others.length === 0 && sort === undefined && knownTotal !== undefined) {
    return continuedPage(connection, query, only, knownTotal);
  }
  return matchingPage(connection, query, selections, order);
}

const EVERYTHING: Plan = { condition: undefined, residual: undefined };

async function planTypes(connection: Executes, query: SearchQuery): Promise<TypePlan[]> {
  const filters = resourceTypes(query).map((type) => ({ type, filter: boundFilter(query, type) }));
  const longKeys = await hasLongKeys(connection, query);
  return filters.map(({ type, filter }) => ({
    type,
    plan:
      filter === undefined
        ? EVERYTHING
        : compileFilter(filter, type, query.server, spelling({ hasLongKeys: longKeys })),
  }));
}

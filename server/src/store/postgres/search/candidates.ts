import type { SearchPage, SearchQuery, StoredResource } from '../../contract.ts';
import { boundFilter, resourceTypes, sortOf } from '../../search/bound-query.ts';
import { type Evaluation, evaluation } from '../../search/evaluate.ts';
import { isExact, type Lookup, lookupsOf } from '../../search/lookup.ts';
import { cutPage, type Entry, orderOf } from '../../search/page.ts';
import type { Executes } from '../prepared.ts';
import { besideOf } from './beside.ts';
import { holdersOf } from './holders.ts';

/** Candidates that the main thread looks at, at most: about 2 ms where each document must be read. */
const MOST = 200;

interface OfType {
  readonly type: string;
  readonly lookups: readonly Lookup[];
  /** Undefined where the lookups find nothing else than the matches. */
  readonly evaluation: Evaluation | undefined;
}

/** How index lookups lead to the candidates of a filter. */
export interface CandidatePlan {
  readonly query: SearchQuery;
  readonly types: readonly OfType[];
}

/** Plans a search whose candidates a few index lookups find; undefined when none lead to them. Pure. */
export function planCandidates(query: SearchQuery): CandidatePlan | undefined {
  const types = resourceTypes(query);
  const sort = sortOf(query, types);
  const plans: OfType[] = [];
  for (const type of types) {
    const filter = boundFilter(query, type);
    const lookups = filter && lookupsOf(filter, type);
    if (filter === undefined || lookups === undefined) return undefined;
    const judge = sort === undefined && isExact(filter) ? undefined : evaluation(type, filter, sort);
    if (judge?.readsMemberships) return undefined;
    plans.push({ type: type.name, lookups, evaluation: judge });
  }
  return { query, types: plans };
}

interface Candidate extends Entry {
  readonly row: StoredResource;
}

/** The page of a search that was planned so; undefined when there are more candidates than the main thread looks at. */
export async function candidatesPage(
  connection: Executes,
  { query, types }: CandidatePlan,
): Promise<SearchPage | undefined> {
  const lists = await Promise.all(types.map((type) => matchesOf(connection, query.server, type)));
  const found: Candidate[] = [];
  for (const list of lists) {
    if (list === undefined) return undefined;
    found.push(...list);
  }
  if (found.length > MOST) return undefined;
  const order = orderOf(sortOf(query, resourceTypes(query)));
  if (found.length > 1) found.sort(order);
  const { entries, next } = cutPage(found, query.page, order);
  return { total: found.length, rows: entries.map(({ row }) => row), next };
}

async function matchesOf(
  connection: Executes,
  server: number,
  { type, lookups, evaluation: judge }: OfType,
): Promise<Candidate[] | undefined> {
  const rows = await holdersOf(connection, server, type, lookups, MOST);
  if (judge === undefined || rows === undefined) return rows?.map((row) => ({ seq: row.seq, key: undefined, row }));
  const beside = await besideOf(connection, server, rows, judge.needs);
  return rows.flatMap((row) => {
    const found = judge.entry(row, beside);
    return found === undefined ? [] : [{ ...found, row }];
  });
}

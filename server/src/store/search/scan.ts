import type { ResourceType, Sort } from '@rollcall/scim';
import type { SearchPage, SearchQuery, StoredResource } from '../contract.ts';
import { queryBuilder } from '../query-builder.ts';
import type { Connection } from '../sqlite/connection.ts';
import { RESOURCE_COLUMNS } from '../sqlite/stored-resource.ts';
import type { Database } from '../tables.ts';
import { besideOn } from './beside.ts';
import { boundFilter, resourceTypes, sortOf } from './bound-query.ts';
import type { Clock } from './clock.ts';
import { compileFilter } from './compile.ts';
import { evaluation } from './evaluate.ts';
import { iterate } from './iterate.ts';
import { cutPage, type Entry, orderOf } from './page.ts';
import { rowsOf } from './rows.ts';

/**
 * A page of what satisfies a filter, in any order: all matches are gathered as pairs of sort key and seq. A walk in
 * order of creation whose total is known begins at its position and ends with its page.
 */
export function scanPage(
  connection: Connection,
  query: SearchQuery,
  clock: Clock,
  knownTotal: number | undefined,
): SearchPage {
  const types = resourceTypes(query);
  const sort = sortOf(query, types);
  const order = orderOf(sort);
  const { page } = query;
  const isContinued = knownTotal !== undefined && sort === undefined && page.kind === 'after';
  const part = isContinued ? { after: page.position?.seq ?? 0, limit: page.count + 1 } : WHOLE;
  const found = types.flatMap((type) => matchesOf(connection, query, type, sort, part, clock));
  if (types.length > 1 || sort !== undefined) found.sort(order);
  const { entries, next } = cutPage(found, page, order);
  const rows = rowsOf(
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
function matchesOf(
  connection: Connection,
  query: SearchQuery,
  type: ResourceType,
  sort: Sort | undefined,
  part: Part,
  clock: Clock,
): Entry[] {
  const filter = boundFilter(query, type);
  const plan = filter && compileFilter(filter, type, query.server);
  const readsDocument = plan?.residual !== undefined || sort !== undefined;
  const { entry } = evaluation(type, plan?.residual, sort);
  const beside = besideOn(connection);
  let select = queryBuilder<Database>()
    .selectFrom('resource')
    .select(readsDocument ? RESOURCE_COLUMNS : ['resource.seq'])
    .where('resource.server', '=', query.server)
    .where('resource.type', '=', type.name)
    .where('resource.seq', '>', part.after)
    .orderBy('resource.seq');
  if (plan?.condition !== undefined) select = select.where(plan.condition);

  const found: Entry[] = [];
  for (const values of iterate(connection, select.compile())) {
    clock.tick();
    const match = readsDocument ? entry(rowOf(values), beside) : { seq: Number(values[0]), key: undefined };
    if (match !== undefined) found.push(match);
    if (found.length >= part.limit) break;
  }
  return found;
}

/** The columns in the order of RESOURCE_COLUMNS. */
function rowOf([
  seq,
  server,
  type,
  id,
  version,
  created,
  modified,
  label,
  document,
]: readonly unknown[]): StoredResource {
  return {
    seq: Number(seq),
    server: Number(server),
    type: String(type),
    id: String(id),
    version: Number(version),
    created: Number(created),
    modified: Number(modified),
    label: String(label),
    document: String(document),
  };
}

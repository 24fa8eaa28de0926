import type { ResourceType, Sort } from '@rollcall/scim';
import type { SearchPage, SearchQuery, StoredResource } from '../contract.ts';
import type { Connection } from '../sqlite/connection.ts';
import { besideOn } from './beside.ts';
import { boundFilter, resourceTypes, sortOf } from './bound-query.ts';
import { evaluation } from './evaluate.ts';
import { holdersOf } from './holders.ts';
import { isExact, lookupsOf } from './lookup.ts';
import { cutPage, type Entry, orderOf } from './page.ts';

/** Candidates that the main thread looks at, at most: about 2 ms where each document must be read. */
const MOST = 200;

/**
 * A page of the matches of a filter that a few index lookups lead to; undefined when none do, or to more candidates
 * than the main thread should look at.
 */
export function candidatesPage(connection: Connection, query: SearchQuery): SearchPage | undefined {
  const types = resourceTypes(query);
  const sort = sortOf(query, types);
  const found: Candidate[] = [];
  for (const type of types) {
    const matches = matchesOf(connection, query, type, sort, MOST - found.length);
    if (matches === undefined) return undefined;
    found.push(...matches);
  }
  const order = orderOf(sort);
  if (found.length > 1) found.sort(order);
  const { entries, next } = cutPage(found, query.page, order);
  return { total: found.length, rows: entries.map(({ row }) => row), next };
}

interface Candidate extends Entry {
  readonly row: StoredResource;
}

function matchesOf(
  connection: Connection,
  query: SearchQuery,
  type: ResourceType,
  sort: Sort | undefined,
  limit: number,
): Candidate[] | undefined {
  const filter = boundFilter(query, type);
  const lookups = filter && lookupsOf(filter, type);
  if (filter === undefined || lookups === undefined) return undefined;
  const rows = holdersOf(connection, query.server, type, lookups, limit);
  if (rows === undefined) return undefined;
  if (sort === undefined && isExact(filter)) return rows.map((row) => ({ seq: row.seq, key: undefined, row }));
  const { entry, readsMemberships } = evaluation(type, filter, sort);
  if (readsMemberships) return undefined;
  const beside = besideOn(connection);
  return rows.flatMap((row) => {
    const found = entry(row, beside);
    return found === undefined ? [] : [{ ...found, row }];
  });
}

import type { SearchPage, SearchQuery } from '../contract.ts';
import type { Connection } from '../sqlite/connection.ts';
import { positionOf } from './page.ts';
import { countOf, rowsOf, seqsOf } from './rows.ts';

/** A page of all resources of some types, in order of creation: the total is kept, and the page lies in an index. */
export function listPage(connection: Connection, { server, types, page }: SearchQuery): SearchPage {
  const total = types.reduce((sum, type) => sum + countOf(connection, server, type), 0);
  if (page.kind === 'after') {
    const after = page.position?.seq ?? 0;
    const more = merged(
      types.map((type) => seqsOf(connection, { server, type, after, limit: page.count + 1, offset: 0 })),
    );
    const seqs = more.slice(0, page.count);
    const last = seqs.at(-1);
    const hasMore = more.length > page.count && last !== undefined;
    return {
      total,
      rows: rowsOf(connection, seqs),
      next: hasMore ? positionOf({ seq: last, key: undefined }) : undefined,
    };
  }
  const offset = page.startIndex - 1;
  const { count } = page;
  const [only, ...others] = types;
  if (only !== undefined && others.length === 0) {
    const seqs = seqsOf(connection, { server, type: only, after: 0, limit: count, offset });
    return { total, rows: rowsOf(connection, seqs), next: undefined };
  }
  // Of several types each may fill the page alone, or everything before it.
  const seqs = merged(
    types.map((type) => seqsOf(connection, { server, type, after: 0, limit: offset + count, offset: 0 })),
  );
  return { total, rows: rowsOf(connection, seqs.slice(offset, offset + count)), next: undefined };
}

function merged(lists: readonly number[][]): number[] {
  const [only, ...others] = lists;
  if (only !== undefined && others.length === 0) return only;
  return lists.flat().sort((a, b) => a - b);
}

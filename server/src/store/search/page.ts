import { type ComparisonKey, compareSortKeys, type Sort } from '@rollcall/scim';
import type { Position, SearchQuery } from '../contract.ts';

/** A resource's place in a list: its sort key (undefined when it has none, and where nothing is sorted) and its seq. */
export interface Entry {
  readonly seq: number;
  readonly key: ComparisonKey | undefined;
}

/** A page of a list. `next` is set when more follow and the list is walked by position. */
export interface Page<Item extends Entry> {
  readonly entries: readonly Item[];
  readonly next: Position | undefined;
}

export type Order = (a: Entry, b: Entry) => number;

/** The total order of a list: by sort key, and what is equal in order of creation; descending is the exact reverse. */
export function orderOf(sort: Sort | undefined): Order {
  if (sort === undefined) return (a, b) => a.seq - b.seq;
  return (a, b) => compareSortKeys(sort, a.key, b.key) || (sort.descending ? b.seq - a.seq : a.seq - b.seq);
}

/** Cuts a page out of the whole list, or of its part from the page's position on. */
export function cutPage<Item extends Entry>(
  ordered: readonly Item[],
  page: SearchQuery['page'],
  order: Order,
): Page<Item> {
  if (page.kind === 'index') {
    const offset = page.startIndex - 1;
    return { entries: ordered.slice(offset, offset + page.count), next: undefined };
  }
  const after = entryOf(page.position);
  const first = after === undefined ? 0 : ordered.findIndex((entry) => order(entry, after) > 0);
  if (first < 0) return { entries: [], next: undefined };
  const entries = ordered.slice(first, first + page.count);
  return { entries, next: ordered.length > first + page.count ? positionOf(entries.at(-1)) : undefined };
}

/** Where a walk goes on after this entry. */
export function positionOf(last: Entry | undefined): Position | undefined {
  return last && { key: last.key ?? null, seq: last.seq };
}

/** The entry at a position. It may be gone; what matters is its place. */
export function entryOf(position: Position | undefined): Entry | undefined {
  return position && { key: position.key ?? undefined, seq: position.seq };
}

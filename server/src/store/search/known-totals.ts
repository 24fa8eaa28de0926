import type { SearchPage, SearchQuery } from '../contract.ts';

/** Milliseconds for which the pages of a walk repeat a total before one of them counts again. */
const LIFETIME = 60_000;
const KEPT = 1000;

/** Totals of filtered walks: to count anew for each page would make a walk cost the square of its length. */
export interface KnownTotals {
  /** The total for a page that continues a walk; undefined when it must be counted. */
  of(query: SearchQuery): number | undefined;
  keep(query: SearchQuery, page: SearchPage): void;
}

/** Remembers the totals of the last walks. */
export function knownTotals(): KnownTotals {
  const totals = new Map<string, { readonly total: number; readonly until: number }>();
  return {
    of(query) {
      if (!isContinued(query)) return undefined;
      const known = totals.get(keyOf(query));
      return known !== undefined && known.until > Date.now() ? known.total : undefined;
    },
    keep(query, { total, next }) {
      if (query.page.kind === 'index' || next === undefined) return;
      const key = keyOf(query);
      const known = totals.get(key);
      if (isContinued(query) && known !== undefined && known.until > Date.now()) return;
      totals.delete(key);
      totals.set(key, { total, until: Date.now() + LIFETIME });
      const [oldest] = totals.keys();
      if (totals.size > KEPT && oldest !== undefined) totals.delete(oldest);
    },
  };
}

function isContinued({ page }: SearchQuery): boolean {
  return page.kind === 'after' && page.position !== undefined;
}

function keyOf({ server, catalogueVersion, compatibility, types, filter }: SearchQuery): string {
  return JSON.stringify([server, catalogueVersion, compatibility, types, filter]);
}

import type { ResourceKind } from '../../api/directory.ts';
import { type Match, nameFilter } from '../../api/name-search.ts';

/** What the address of a list says: a quick search, and a SCIM filter. */
export interface ListSearch {
  readonly search?: string;
  readonly filter?: string;
}

/** Reads an address, however it was typed. */
export function readListSearch(raw: Record<string, unknown>): ListSearch {
  const search = typeof raw.search === 'number' ? String(raw.search) : raw.search;
  const { filter } = raw;
  return {
    ...(typeof search === 'string' && search.trim() !== '' ? { search: search.trim() } : {}),
    ...(typeof filter === 'string' && filter.trim() !== '' ? { filter: filter.trim() } : {}),
  };
}

/** The quick search and the filter together, as a filter; undefined when there is neither. */
export function wholeFilter(kind: ResourceKind, { search, filter }: ListSearch, match: Match): string | undefined {
  if (search === undefined) return filter;
  const named = nameFilter(kind, search, match);
  return filter === undefined ? named : `(${filter}) and (${named})`;
}

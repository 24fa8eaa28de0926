import type { ResourceKind } from '../../api/directory.ts';

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

/** Where a quick search looks. Beginnings are found by an index, however many people there are. */
const BEGINNINGS: Readonly<Record<ResourceKind, readonly string[]>> = {
  User: ['userName', 'displayName', 'name.familyName', 'name.givenName', 'emails.value'],
  Group: ['displayName'],
};

const quoted = (text: string): string => JSON.stringify(text);

/** The filter that finds whoever a quick search means. */
export function searchFilter(kind: ResourceKind, search: string): string {
  const terms = BEGINNINGS[kind].map((path) => `${path} sw ${quoted(search)}`);
  return [...terms, `externalId eq ${quoted(search)}`, `id eq ${quoted(search)}`].join(' or ');
}

/** The quick search and the filter together, as a filter; undefined when there is neither. */
export function wholeFilter(kind: ResourceKind, { search, filter }: ListSearch): string | undefined {
  if (search === undefined) return filter;
  return filter === undefined ? searchFilter(kind, search) : `(${filter}) and (${searchFilter(kind, search)})`;
}

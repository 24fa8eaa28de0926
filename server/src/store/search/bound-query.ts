import { type BoundFilter, bindFilter, parseSort, type ResourceType, type Sort } from '@rollcall/scim';
import type { SearchQuery } from '../contract.ts';

/** The resource types that a search is about. */
export function resourceTypes({ catalogue, types }: SearchQuery): ResourceType[] {
  return types.map((name) => catalogue.resourceTypes.get(name)).filter((type) => type !== undefined);
}

/** The order that a search asks for. */
export function sortOf({ sort }: SearchQuery, types: readonly ResourceType[]): Sort | undefined {
  return sort && parseSort(types, sort.by, sort.descending ? 'descending' : 'ascending');
}

/** The filter of a search bound to one of its types: of several, each may lack an attribute (RFC 7644 §3.4.2.1). */
export function boundFilter(
  { filter, types, compatibility }: SearchQuery,
  type: ResourceType,
): BoundFilter | undefined {
  return filter && bindFilter(filter, type, { compatibility, notes: [] }, types.length > 1 ? 'absent' : 'refuse');
}

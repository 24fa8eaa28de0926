import type { BoundFilter, ResourceType } from '@rollcall/scim';
import { type IndexedPath, indexedPath } from './path.ts';

/** A way to resources through an index: the holders of a value, a resource by its id, the groups of a member. */
export type Lookup =
  | { readonly kind: 'id'; readonly id: string }
  | { readonly kind: 'value'; readonly path: IndexedPath; readonly key: string }
  | { readonly kind: 'member'; readonly id: string };

/** Lookups that one search may need: an `or` over more ids than these is as well read by a thread. */
const MOST = 50;

/**
 * Lookups whose results together hold every resource that satisfies `filter`; undefined when no index leads to them.
 * Pure. The results must still be filtered, unless `isExact`.
 */
export function lookupsOf(filter: BoundFilter, type: ResourceType): readonly Lookup[] | undefined {
  const found = find(filter, type, '');
  return found === undefined || found.length > MOST ? undefined : found;
}

/** Whether a filter is nothing but one lookup. */
export function isExact(filter: BoundFilter): boolean {
  return filter.kind === 'compare' || (filter.kind === 'element' && filter.filter.kind === 'compare');
}

/** `prefix` is the attribute in whose brackets the filter stands. */
function find(filter: BoundFilter, type: ResourceType, prefix: string): readonly Lookup[] | undefined {
  switch (filter.kind) {
    case 'constant':
      return filter.value ? undefined : [];
    case 'and':
      return best(filter.filters.map((part) => find(part, type, prefix)));
    case 'or':
      return union(filter.filters.map((part) => find(part, type, prefix)));
    case 'element':
      return find(filter.filter, type, `${filter.path.text}.`);
    case 'compare':
      return filter.operator === 'eq' && filter.key !== null
        ? lookup(type, prefix + filter.path.text, String(filter.key))
        : undefined;
    case 'not':
    case 'present':
      return undefined;
  }
}

function lookup(type: ResourceType, text: string, key: string): readonly Lookup[] | undefined {
  if (text === 'id') return [{ kind: 'id', id: key }];
  if (text === 'members.value' && type.hasMembers) return [{ kind: 'member', id: key }];
  const path = indexedPath(type, text);
  if (path === undefined || (path.lacksEmpty && key === '')) return undefined;
  return [{ kind: 'value', path, key }];
}

/** Of all terms of an `and` any one suffices: the one with the fewest lookups, and of these one that finds one resource. */
function best(found: readonly (readonly Lookup[] | undefined)[]): readonly Lookup[] | undefined {
  return found
    .filter((lookups) => lookups !== undefined)
    .toSorted((a, b) => a.length - b.length || breadth(a) - breadth(b))[0];
}

function breadth(lookups: readonly Lookup[]): number {
  return lookups.reduce((sum, lookup) => sum + Number(!findsOne(lookup)), 0);
}

function findsOne(lookup: Lookup): boolean {
  return lookup.kind === 'id' || (lookup.kind === 'value' && lookup.path.table === 'unique_value');
}

function union(found: readonly (readonly Lookup[] | undefined)[]): readonly Lookup[] | undefined {
  const lookups: Lookup[] = [];
  for (const part of found) {
    if (part === undefined) return undefined;
    lookups.push(...part);
  }
  return lookups;
}

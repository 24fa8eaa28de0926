import type { BoundFilter } from '@rollcall/scim';
import { askedMember } from './path.ts';

/**
 * Replaces each `members.value eq "id"` of a filter by whether that is so: one lookup answers it, also of a group with a
 * million members. The filter itself comes back when it has none.
 */
export function decideMembers(filter: BoundFilter, isMember: (id: string) => boolean): BoundFilter {
  const id = askedMember(filter);
  if (id !== undefined) return { kind: 'constant', value: isMember(id) };
  switch (filter.kind) {
    case 'and':
    case 'or': {
      const filters = filter.filters.map((part) => decideMembers(part, isMember));
      return filters.every((part, index) => part === filter.filters[index]) ? filter : { kind: filter.kind, filters };
    }
    case 'not': {
      const inner = decideMembers(filter.filter, isMember);
      return inner === filter.filter ? filter : { kind: 'not', filter: inner };
    }
    case 'constant':
    case 'element':
    case 'present':
    case 'compare':
      return filter;
  }
}

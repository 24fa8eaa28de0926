import type { Filter } from './ast.ts';

/**
 * The canonical text of a filter as `parseFilter` makes it: one space, lower-case operators, no parentheses that change
 * nothing. Filters that mean the same tree have the same text, and the text parses to the same tree.
 */
export function formatFilter(filter: Filter): string {
  switch (filter.kind) {
    case 'and':
      return filter.filters
        .map((part) => (isChain(part) ? `(${formatFilter(part)})` : formatFilter(part)))
        .join(' and ');
    case 'or':
      return filter.filters
        .map((part) => (part.kind === 'or' ? `(${formatFilter(part)})` : formatFilter(part)))
        .join(' or ');
    case 'not':
      return `not (${formatFilter(filter.filter)})`;
    case 'present':
      return `${filter.path} pr`;
    case 'compare':
      return `${filter.path} ${filter.operator} ${JSON.stringify(filter.value)}`;
    case 'element':
      return `${filter.path}[${formatFilter(filter.filter)}]`;
  }
}

function isChain(filter: Filter): boolean {
  return filter.kind === 'and' || filter.kind === 'or';
}

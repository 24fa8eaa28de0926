import type { BoundFilter } from './ast.ts';

export const TRUE: BoundFilter = { kind: 'constant', value: true };
export const FALSE: BoundFilter = { kind: 'constant', value: false };

/** `and` or `or` of filters, without the constants among them: what is already decided costs no resource anything. */
export function joined(kind: 'and' | 'or', filters: readonly BoundFilter[]): BoundFilter {
  const decisive = kind === 'or';
  if (filters.some((filter) => filter.kind === 'constant' && filter.value === decisive)) return decisive ? TRUE : FALSE;
  const [first, ...more] = filters.filter((filter) => filter.kind !== 'constant');
  if (first === undefined) return decisive ? FALSE : TRUE;
  return more.length === 0 ? first : { kind, filters: [first, ...more] };
}

/** `not` of a filter. */
export function negated(filter: BoundFilter): BoundFilter {
  if (filter.kind !== 'constant') return { kind: 'not', filter };
  return filter.value ? FALSE : TRUE;
}

import type { Clause } from './draft.ts';

const UNARY: ReadonlySet<Clause['operator']> = new Set(['IS TRUE', 'IS FALSE', 'IS NULL', 'IS NOT NULL']);

export const takesValue = (operator: Clause['operator']): boolean => !UNARY.has(operator);

/** The clause with another operator; one that takes no value has none. */
export function withOperator(clause: Clause, operator: Clause['operator'] = clause.operator): Clause {
  const { attribute, value = '' } = clause;
  return takesValue(operator) ? { attribute, operator, value } : { attribute, operator };
}

import { expect, it } from 'vitest';
import { withOperator } from './clause.ts';

it('leaves out the value of an operator that takes none, and has one again for the others', () => {
  const clause = { attribute: 'department', operator: 'EQUALS', value: 'Sales' } as const;
  expect(withOperator(clause, 'IS NULL')).toEqual({ attribute: 'department', operator: 'IS NULL' });
  expect(withOperator({ attribute: 'a', operator: 'IS NULL' }, '&')).toEqual({
    attribute: 'a',
    operator: '&',
    value: '',
  });
  expect(withOperator(clause, undefined)).toEqual(clause);
});

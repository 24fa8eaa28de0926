import { expect, it } from 'vitest';
import type { Rules } from '../rules.ts';
import { arrayOfLoneValue } from './lone-value.ts';

it('wraps a lone value in tolerant and notes it (AMB-53)', () => {
  const rules: Rules = { compatibility: 'tolerant', notes: [] };
  expect(arrayOfLoneValue({ value: 'a@x' }, rules, 'emails')).toEqual([{ value: 'a@x' }]);
  expect(rules.notes).toEqual([{ quirk: 'lone-value', detail: 'emails' }]);
});

it('wraps nothing in strict (TYP-09)', () => {
  expect(arrayOfLoneValue('a', { compatibility: 'strict', notes: [] }, 'emails')).toBeUndefined();
});

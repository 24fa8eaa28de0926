import { expect, it } from 'vitest';
import type { Rules } from '../rules.ts';
import { onlyValue } from './array-of-one.ts';

it('takes the only element, or none for null, and notes it', () => {
  const rules: Rules = { compatibility: 'tolerant', notes: [] };
  expect(onlyValue([{ value: 'U12' }], rules, 'manager')).toEqual({ value: 'U12' });
  expect(onlyValue([], rules, 'manager')).toBeNull();
  expect(rules.notes).toHaveLength(2);
});

it('does not choose among several, and takes none in strict (TYP-09)', () => {
  expect(onlyValue(['a', 'b'], { compatibility: 'tolerant', notes: [] }, 'manager')).toBeUndefined();
  expect(onlyValue(['a'], { compatibility: 'strict', notes: [] }, 'manager')).toBeUndefined();
});

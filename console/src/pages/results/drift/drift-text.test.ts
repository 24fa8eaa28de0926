import { expect, it } from 'vitest';
import { results } from '../../../language/en/results.ts';
import { driftText } from './drift-text.ts';

it('tells memberships in words and other values as they are', () => {
  expect(driftText(results, { members: 276, missing: 1, names: ['mira'] })).toBe(
    '276 members, 1 of them missing: mira',
  );
  expect(driftText(results, { members: 8, added: 0, names: [] })).toBe('8 members, 0 of them added');
  expect(driftText(results, 'Analyst')).toBe('Analyst');
  expect(driftText(results, { value: 1 })).toBe('{"value":1}');
});

import { describe, expect, it } from 'vitest';
import type { Rules } from '../rules.ts';
import { numberOfString } from './number-as-string.ts';

describe('numberOfString', () => {
  it.each([
    ['42', 42],
    ['-7', -7],
    ['1.50', 1.5],
    ['007', 7],
  ])('reads %j as %d and notes it', (text, value) => {
    const rules: Rules = { compatibility: 'tolerant', notes: [] };
    expect(numberOfString(text, rules, 'quota')).toBe(value);
    expect(rules.notes).toEqual([{ quirk: 'number-as-string', detail: 'quota' }]);
  });

  it.each(['', ' 1', '1e5', '0x10', '1.', '.5', 'Infinity', 'NaN', '12345678901234567'])('does not read %j', (text) => {
    expect(numberOfString(text, { compatibility: 'tolerant', notes: [] }, 'quota')).toBeUndefined();
  });

  it('reads nothing in strict', () => {
    expect(numberOfString('42', { compatibility: 'strict', notes: [] }, 'quota')).toBeUndefined();
  });
});

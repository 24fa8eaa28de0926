import { describe, expect, it } from 'vitest';
import type { Rules } from '../rules.ts';
import { booleanOfString } from './boolean-as-string.ts';

describe('booleanOfString', () => {
  it.each([
    ['True', true],
    ['False', false],
    ['true', true],
    ['FALSE', false],
  ])('reads %j as %s and notes it (C-1, C-74)', (text, value) => {
    const rules: Rules = { compatibility: 'tolerant', notes: [] };
    expect(booleanOfString(text, rules, 'active')).toBe(value);
    expect(rules.notes).toEqual([{ quirk: 'boolean-as-string', detail: 'active' }]);
  });

  it.each(['', 'yes', '1', ' true', 'constructor'])('does not read %j', (text) => {
    const rules: Rules = { compatibility: 'tolerant', notes: [] };
    expect(booleanOfString(text, rules, 'active')).toBeUndefined();
    expect(rules.notes).toEqual([]);
  });

  it('reads nothing in strict (AMB-15)', () => {
    expect(booleanOfString('True', { compatibility: 'strict', notes: [] }, 'active')).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import type { Rules } from '../rules.ts';
import { attribute, complex } from '../schema/attribute.ts';
import { multiValued } from '../schema/multi-valued.ts';
import { elementOfString } from './value-as-string.ts';

const emails = multiValued('emails', '', attribute('value', 'string', ''));
const counters = multiValued('counters', '', attribute('value', 'integer', ''));
const addresses = complex('addresses', '', [attribute('locality', 'string', '')], { multiValued: true });

describe('elementOfString', () => {
  it('makes the string the value of an element and notes it', () => {
    const rules: Rules = { compatibility: 'tolerant', notes: [] };
    expect(elementOfString(emails, 'a@x', rules, 'emails[0]')).toEqual({ value: 'a@x' });
    expect(rules.notes).toEqual([{ quirk: 'value-as-string', detail: 'emails[0]' }]);
  });

  it('needs a textual value among the sub-attributes', () => {
    const rules: Rules = { compatibility: 'tolerant', notes: [] };
    expect(elementOfString(counters, '5', rules, 'counters[0]')).toBeUndefined();
    expect(elementOfString(addresses, 'Calle 1', rules, 'addresses[0]')).toBeUndefined();
  });

  it('makes nothing of it in strict', () => {
    expect(elementOfString(emails, 'a@x', { compatibility: 'strict', notes: [] }, 'emails[0]')).toBeUndefined();
  });
});

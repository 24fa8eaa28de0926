import { describe, expect, it } from 'vitest';
import type { Rules } from '../rules.ts';
import { attribute, complex } from '../schema/attribute.ts';
import { clearsReference, objectOfString } from './manager-as-string.ts';

const manager = complex('manager', '', [attribute('value', 'string', ''), attribute('$ref', 'reference', '')]);
const name = complex('name', '', [attribute('givenName', 'string', '')]);

describe('objectOfString', () => {
  it('makes the id an object and notes it (AMB-54)', () => {
    const rules: Rules = { compatibility: 'tolerant', notes: [] };
    expect(objectOfString(manager, 'U12', rules, 'manager')).toEqual({ value: 'U12' });
    expect(rules.notes).toEqual([{ quirk: 'manager-as-string', detail: 'manager' }]);
  });

  it('makes nothing of it without a value sub-attribute, or in strict', () => {
    expect(objectOfString(name, 'Mira', { compatibility: 'tolerant', notes: [] }, 'name')).toBeUndefined();
    expect(objectOfString(manager, 'U12', { compatibility: 'strict', notes: [] }, 'manager')).toBeUndefined();
  });
});

describe('clearsReference', () => {
  it('takes {"value": ""} as no manager in tolerant only', () => {
    const rules: Rules = { compatibility: 'tolerant', notes: [] };
    expect(clearsReference({ value: '' }, rules, 'manager')).toBe(true);
    expect(rules.notes).toEqual([{ quirk: 'manager-as-string', detail: 'manager' }]);
    expect(clearsReference({ value: 'U12' }, rules, 'manager')).toBe(false);
    expect(clearsReference({ value: '' }, { compatibility: 'strict', notes: [] }, 'manager')).toBe(false);
  });
});

import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../json.ts';
import type { Rules } from '../rules.ts';
import { attribute } from '../schema/attribute.ts';
import { multiValued } from '../schema/multi-valued.ts';
import { liftStringifiedRole } from './stringified-role.ts';

const roles = multiValued('roles', '', attribute('value', 'string', ''));
const emails = multiValued('emails', '', attribute('value', 'string', ''));

function lift(role: JsonObject, rules: Rules = { compatibility: 'tolerant', notes: [] }) {
  return liftStringifiedRole(roles, role, rules, 'roles[0]');
}

const text = JSON.stringify({ id: '18d1', value: '25', displayName: 'Role25' });

describe('liftStringifiedRole', () => {
  it('lifts value and name out of the text and notes it', () => {
    const rules: Rules = { compatibility: 'tolerant', notes: [] };
    expect(lift({ value: text, primary: false }, rules)).toEqual({ value: '25', display: 'Role25', primary: false });
    expect(rules.notes).toEqual([{ quirk: 'stringified-role', detail: 'roles[0]' }]);
  });

  it('keeps a display that was sent', () => {
    expect(lift({ value: text, display: 'Mine' })).toEqual({ value: '25', display: 'Mine' });
    expect(lift({ value: '{"value":"25"}' })).toEqual({ value: '25' });
  });

  it.each(['Admin', '{"value":', '{"value":5}', '{}', '[1]', '{', `{"value":"${'x'.repeat(10_000)}"}`])(
    'leaves %.20j as it is',
    (value) => {
      expect(lift({ value })).toEqual({ value });
    },
  );

  it('refuses characters that the text hid behind escapes', () => {
    expect(() => lift({ value: '{"value":"a\\u0000"}' })).toThrow(
      expect.objectContaining({ scimType: 'invalidValue' }),
    );
    expect(() => lift({ value: '{"value":"a","displayName":"\\ud800"}' })).toThrow(/roles\[0\]/);
  });

  it('touches no other attribute, and nothing in strict', () => {
    expect(liftStringifiedRole(emails, { value: text }, { compatibility: 'tolerant', notes: [] }, 'emails[0]')).toEqual(
      { value: text },
    );
    expect(lift({ value: text }, { compatibility: 'strict', notes: [] })).toEqual({ value: text });
    expect(liftStringifiedRole(roles, undefined, { compatibility: 'tolerant', notes: [] }, 'roles[0]')).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import type { Rules } from '../rules.ts';
import { createCatalogue } from '../schema/catalogue.ts';
import { ENTERPRISE_USER_SCHEMA } from '../schema/core/enterprise-user.ts';
import { attributeOfKey } from './qualified-key.ts';

const user = createCatalogue().resourceTypes.get('User');

function found(name: string, compatibility: Rules['compatibility'] = 'tolerant') {
  const rules: Rules = { compatibility, notes: [] };
  return { text: user && attributeOfKey(user, name, rules)?.text, notes: rules.notes };
}

describe('attributeOfKey', () => {
  it.each(['name.givenName', `${ENTERPRISE_USER_SCHEMA}:department`, `${ENTERPRISE_USER_SCHEMA}:manager.value`])(
    'finds the attribute of %s and notes it',
    (name) => {
      expect(found(name)).toEqual({ text: name, notes: [{ quirk: 'qualified-key', detail: name }] });
    },
  );

  it.each(['nosuch', 'emails.value', 'department', 'name.'])('finds none for %s', (name) => {
    expect(found(name)).toEqual({ text: undefined, notes: [] });
  });

  it('finds none in strict', () => {
    expect(found('name.givenName', 'strict')).toEqual({ text: undefined, notes: [] });
  });
});

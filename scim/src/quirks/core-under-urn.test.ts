import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../json.ts';
import type { Rules } from '../rules.ts';
import { createCatalogue } from '../schema/catalogue.ts';
import { USER_SCHEMA } from '../schema/core/user.ts';
import { bodyMembers } from './core-under-urn.ts';

const user = createCatalogue().resourceTypes.get('User');

function members(body: JsonObject, compatibility: Rules['compatibility'] = 'tolerant') {
  const rules: Rules = { compatibility, notes: [] };
  return { members: user && bodyMembers(user, body, rules), notes: rules.notes };
}

describe('bodyMembers', () => {
  it('leaves an ordinary body alone', () => {
    expect(members({ userName: 'n', title: 'T' })).toEqual({
      members: [
        ['userName', 'n'],
        ['title', 'T'],
      ],
      notes: [],
    });
  });

  it('brings core attributes to the top and notes it (V19)', () => {
    expect(members({ title: 'T', [USER_SCHEMA.toLowerCase()]: { userName: 'n' } })).toEqual({
      members: [
        ['title', 'T'],
        ['userName', 'n'],
      ],
      notes: [{ quirk: 'core-under-urn', detail: USER_SCHEMA.toLowerCase() }],
    });
  });

  it('takes the URN off a qualified name', () => {
    const body = {
      [`${USER_SCHEMA}:userName`]: 'n',
      [`${USER_SCHEMA}.title`]: 'T',
      [`${USER_SCHEMA}x`]: 1,
      [`${USER_SCHEMA}:`]: 2,
    };
    expect(members(body).members).toEqual([
      ['userName', 'n'],
      ['title', 'T'],
      [`${USER_SCHEMA}x`, 1],
      [`${USER_SCHEMA}:`, 2],
    ]);
  });

  it('refuses the object in strict, and what is none in both', () => {
    const syntax = expect.objectContaining({ scimType: 'invalidSyntax' });
    expect(() => members({ [USER_SCHEMA]: { userName: 'n' } }, 'strict')).toThrow(syntax);
    expect(() => members({ [USER_SCHEMA]: 'n' })).toThrow(syntax);
    expect(members({ [`${USER_SCHEMA}:userName`]: 'n' }, 'strict').members).toEqual([[`${USER_SCHEMA}:userName`, 'n']]);
  });
});

import { describe, expect, it } from 'vitest';
import { createCatalogue } from '../schema/catalogue.ts';
import { ENTERPRISE_USER_SCHEMA } from '../schema/core/enterprise-user.ts';
import { parseProjection } from './projection.ts';

const user = createCatalogue().resourceTypes.get('User');
if (user === undefined) throw new Error('no resource type User');

describe('parseProjection', () => {
  it('takes empty parameters as absent (PRJ-09)', () => {
    expect(parseProjection(user)).toEqual({ kind: 'all' });
    expect(parseProjection(user, [], ['', ' '])).toEqual({ kind: 'all' });
    expect(parseProjection(user, [''], ['title']).kind).toBe('without');
  });

  it('refuses both parameters at once with invalidValue (PRJ-02)', () => {
    expect(() => parseProjection(user, ['userName'], ['title'])).toThrow(
      expect.objectContaining({ status: 400, scimType: 'invalidValue' }),
    );
  });

  it('spells what it selects as the schema does', () => {
    const names = ['EMAILS.value', 'emails.TYPE', 'username', `${ENTERPRISE_USER_SCHEMA.toLowerCase()}:manager.value`];
    expect(parseProjection(user, names)).toEqual({
      kind: 'only',
      attributes: new Set(['userName']),
      subAttributes: new Map([
        ['emails', new Set(['value', 'type'])],
        [`${ENTERPRISE_USER_SCHEMA}:manager`, new Set(['value'])],
      ]),
    });
  });

  it('selects nothing when no name leads anywhere', () => {
    expect(parseProjection(user, ['nosuch'])).toEqual({
      kind: 'only',
      attributes: new Set(),
      subAttributes: new Map(),
    });
  });
});

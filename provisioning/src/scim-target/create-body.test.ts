import type { Json } from '@rollcall/scim';
import { describe, expect, it } from 'vitest';
import { createBody } from './create-body.ts';

const CORE = 'urn:ietf:params:scim:schemas:core:2.0';
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const MANAGER = `${ENTERPRISE}:manager`;
const attributes = (values: Readonly<Record<string, Json>>) => new Map(Object.entries(values));

describe('the body that creates an object', () => {
  it('is what Entra ID sends', () => {
    const mapped = attributes({
      externalId: 'mia.ortiz',
      userName: 'mia.ortiz@acme.example',
      active: true,
      'emails[type eq "work"].value': 'mia.ortiz@acme.example',
      'phoneNumbers[type eq "work"].value': '+34 600 000 001',
      'phoneNumbers[type eq "mobile"].value': '+34 600 000 002',
      'name.familyName': 'Ortiz',
      'name.givenName': 'Mia',
      [`${ENTERPRISE}:department`]: 'Finance',
    });
    expect(JSON.stringify(createBody('User', mapped, 'entra'))).toBe(
      `{"schemas":["${CORE}:User","${ENTERPRISE}"],"externalId":"mia.ortiz","userName":"mia.ortiz@acme.example",` +
        '"active":true,"emails":[{"primary":true,"type":"work","value":"mia.ortiz@acme.example"}],' +
        '"phoneNumbers":[{"primary":true,"type":"work","value":"+34 600 000 001"},' +
        '{"type":"mobile","value":"+34 600 000 002"}],"name":{"familyName":"Ortiz","givenName":"Mia"},' +
        `"${ENTERPRISE}":{"department":"Finance"},"meta":{"resourceType":"User"}}`,
    );
  });

  it('lists in the entra dialect the enterprise schema always and other extensions never', () => {
    const body = createBody('User', attributes({ userName: 'mia', 'urn:acme:2.0:User:badge': '7' }), 'entra');
    expect(body).toMatchObject({ schemas: [`${CORE}:User`, ENTERPRISE], 'urn:acme:2.0:User': { badge: '7' } });
  });

  it('lists the schemas that it uses (RFC 7643 §3)', () => {
    const body = createBody('User', attributes({ userName: 'mia', 'urn:acme:2.0:User:badge': '7' }), 'rfc');
    expect(body).toEqual({
      schemas: [`${CORE}:User`, 'urn:acme:2.0:User'],
      userName: 'mia',
      'urn:acme:2.0:User': { badge: '7' },
    });
  });

  it('has a group without members', () => {
    const mapped = attributes({ displayName: 'Finance', externalId: '6f3c', members: ['a'] });
    expect(createBody('Group', mapped, 'rfc')).toEqual({
      schemas: [`${CORE}:Group`],
      displayName: 'Finance',
      externalId: '6f3c',
    });
    expect(createBody('Group', mapped, 'entra')).toMatchObject({
      schemas: [`${CORE}:Group`, 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group'],
      meta: { resourceType: 'Group' },
    });
  });

  it('has a manager as an object, and as text in the entra dialect', () => {
    const mapped = attributes({ userName: 'mia', [MANAGER]: 'U12' });
    expect(createBody('User', mapped, 'rfc')).toMatchObject({ [ENTERPRISE]: { manager: { value: 'U12' } } });
    expect(createBody('User', mapped, 'entra')).toMatchObject({ [ENTERPRISE]: { manager: 'U12' } });
  });

  it('takes names that mean something to JavaScript as they are', () => {
    const body = createBody('User', attributes({ userName: 'mia', constructor: 'x' }), 'rfc');
    expect(JSON.parse(JSON.stringify(body))).toHaveProperty('constructor', 'x');
    expect(() => createBody('User', attributes({ 'a b': 'x' }), 'rfc')).toThrow('is not');
  });
});

import { describe, expect, it } from 'vitest';
import { createCatalogue } from '../schema/catalogue.ts';
import { ENTERPRISE_USER_SCHEMA } from '../schema/core/enterprise-user.ts';
import { parseSchemaDefinition } from '../schema/parse-definition.ts';
import { indexKeys, uniqueKeys } from './keys.ts';

const ACME = 'urn:example:acme:1.0:User';
const user = createCatalogue({
  schemas: [
    parseSchemaDefinition({
      id: ACME,
      attributes: [
        { name: 'badge', uniqueness: 'server', caseExact: true },
        { name: 'number', type: 'integer', uniqueness: 'global' },
        { name: 'tags', multiValued: true, uniqueness: 'server' },
        {
          name: 'keys',
          type: 'complex',
          multiValued: true,
          subAttributes: [{ name: 'code', uniqueness: 'server', multiValued: true }],
        },
      ],
    }),
  ],
  extensions: [{ resourceType: 'User', schema: ACME, required: false }],
}).resourceTypes.get('User');
if (user === undefined) throw new Error('no resource type User');

describe('indexKeys', () => {
  it('has the comparison keys of what clients look users up by', () => {
    const document = {
      schemas: [],
      externalId: 'HR-1',
      userName: 'ＭＩＲＡ@Acme.example',
      displayName: 'Mira Ökafor',
      emails: [{ value: 'M@acme.example', type: 'work' }, { value: 'm@ACME.example' }, { type: 'home' }],
      [ENTERPRISE_USER_SCHEMA]: { manager: { value: 'U12' } },
      title: 'not indexed',
    };
    expect(indexKeys(user, document).toSorted((a, b) => (a.path < b.path ? -1 : 1))).toEqual([
      { path: 'displayName', key: 'mira ökafor' },
      { path: 'emails.value', key: 'm@acme.example' },
      { path: 'externalId', key: 'HR-1' },
      { path: `${ENTERPRISE_USER_SCHEMA}:manager.value`, key: 'U12' },
    ]);
  });

  it('leaves unique attributes to uniqueKeys, so that nothing is indexed twice', () => {
    expect(indexKeys(user, { userName: 'ＭＩＲＡ@Acme.example' })).toEqual([]);
    expect(uniqueKeys(user, { userName: 'ＭＩＲＡ@Acme.example' })).toMatchObject([{ key: 'mira@acme.example' }]);
  });

  it('has none for what is not there', () => {
    expect(indexKeys(user, {})).toEqual([]);
  });
});

describe('uniqueKeys', () => {
  it('has every value declared unique, with its spelling (RFC 7643 §2.2)', () => {
    const document = {
      userName: 'Mira',
      [ACME]: { badge: 'B1', number: 7, tags: ['a', 'A', 'b'], keys: [{ code: ['x'] }, { code: ['y'] }, {}] },
    };
    expect(uniqueKeys(user, document)).toEqual([
      { path: 'userName', key: 'mira', value: 'Mira' },
      { path: `${ACME}:badge`, key: 'B1', value: 'B1' },
      { path: `${ACME}:number`, key: '7', value: '7' },
      { path: `${ACME}:tags`, key: 'a', value: 'A' },
      { path: `${ACME}:tags`, key: 'b', value: 'b' },
      { path: `${ACME}:keys.code`, key: 'x', value: 'x' },
      { path: `${ACME}:keys.code`, key: 'y', value: 'y' },
    ]);
  });

  it('leaves empty strings to everybody', () => {
    expect(uniqueKeys(user, { userName: 'm', [ACME]: { badge: '' } })).toHaveLength(1);
  });
});

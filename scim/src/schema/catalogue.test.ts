import { describe, expect, it } from 'vitest';
import { createCatalogue } from './catalogue.ts';
import { ENTERPRISE_USER_SCHEMA } from './core/enterprise-user.ts';
import { GROUP_SCHEMA } from './core/group.ts';
import { parseResourceTypeDefinition, parseSchemaDefinition } from './parse-definition.ts';

const ACME = 'urn:example:acme:1.0:User';
const DEVICE = 'urn:example:acme:1.0:Device';

const acme = parseSchemaDefinition({
  id: ACME,
  attributes: [
    { name: 'badge', uniqueness: 'server', caseExact: true, mutability: 'immutable' },
    { name: 'pin', mutability: 'writeOnly', returned: 'never' },
    { name: 'locker', type: 'complex', subAttributes: [{ name: 'number', type: 'integer', uniqueness: 'global' }] },
  ],
});
const device = parseSchemaDefinition({
  id: DEVICE,
  attributes: [
    { name: 'serial', uniqueness: 'server' },
    { name: 'displayName' },
    { name: 'externalId', caseExact: false },
  ],
});
const deviceType = parseResourceTypeDefinition({ name: 'Device', endpoint: 'Devices', schema: DEVICE });

const texts = (references: readonly { text: string }[] | undefined) => references?.map(({ text }) => text).toSorted();

describe('createCatalogue', () => {
  it('serves the core schemas and resource types', () => {
    const catalogue = createCatalogue();
    expect([...catalogue.resourceTypes.keys()]).toEqual(['User', 'Group']);
    expect(catalogue.endpoints.get('/Groups')).toBe(catalogue.resourceTypes.get('Group'));
    expect(catalogue.schemas.get(GROUP_SCHEMA.toLowerCase())?.name).toBe('Group');
    expect(catalogue.schemas.size).toBe(6);
  });

  it('knows whose members and groups are rows of the store', () => {
    const { resourceTypes } = createCatalogue();
    expect([resourceTypes.get('User')?.hasGroups, resourceTypes.get('User')?.hasMembers]).toEqual([true, false]);
    expect([resourceTypes.get('Group')?.hasGroups, resourceTypes.get('Group')?.hasMembers]).toEqual([false, true]);
  });

  it('indexes what clients look resources up by', () => {
    const { resourceTypes } = createCatalogue();
    expect(texts(resourceTypes.get('User')?.indexed)).toEqual(
      ['displayName', 'emails.value', 'externalId', `${ENTERPRISE_USER_SCHEMA}:manager.value`, 'userName'].toSorted(),
    );
    expect(texts(resourceTypes.get('Group')?.indexed)).toEqual(['displayName', 'externalId']);
    expect(texts(resourceTypes.get('User')?.unique)).toEqual(['userName']);
    expect(texts(resourceTypes.get('Group')?.unique)).toEqual([]);
  });

  it('adds an extension with its unique and hidden attributes (RFC 7643 §3.3)', () => {
    const catalogue = createCatalogue({
      schemas: [acme],
      extensions: [{ resourceType: 'User', schema: ACME.toUpperCase(), required: true }],
    });
    const user = catalogue.resourceTypes.get('User');
    expect(user?.extensionsByUrn.get(ACME.toLowerCase())).toMatchObject({ urn: ACME, required: true });
    expect(texts(user?.unique)).toEqual([`${ACME}:badge`, `${ACME}:locker.number`, 'userName'].toSorted());
    expect(texts(user?.indexed)).toContain(`${ACME}:badge`);
    expect(user?.hasHiddenAttributes).toBe(true);
    expect(user?.definition.schemaExtensions).toHaveLength(2);
  });

  it('adds a resource type; common attributes keep their characteristics (RFC 7643 §3.1)', () => {
    const type = createCatalogue({ schemas: [device], resourceTypes: [deviceType] }).endpoints.get('/Devices');
    expect(texts(type?.indexed)).toEqual(['displayName', 'externalId', 'serial']);
    expect(type?.attributes.get('externalid')?.caseExact).toBe(true);
    expect(type).toMatchObject({ hasMembers: false, hasGroups: false, hasHiddenAttributes: false });
  });

  it('counts no password among the hidden attributes, because none is kept', () => {
    expect(createCatalogue().resourceTypes.get('User')?.hasHiddenAttributes).toBe(false);
  });

  it.each([
    ['a schema twice', { schemas: [acme, { ...acme, id: ACME.toUpperCase() }] }],
    ['an unknown schema of a type', { resourceTypes: [deviceType] }],
    ['an unknown extension', { extensions: [{ resourceType: 'User', schema: 'urn:x:y', required: false }] }],
    [
      'an extension of an unknown type',
      { schemas: [acme], extensions: [{ resourceType: 'Device', schema: ACME, required: false }] },
    ],
    [
      'an extension twice',
      {
        schemas: [acme],
        extensions: [
          { resourceType: 'User', schema: ACME, required: false },
          { resourceType: 'User', schema: ACME, required: true },
        ],
      },
    ],
    [
      'a type name twice',
      { schemas: [device], resourceTypes: [deviceType, { ...deviceType, name: 'DEVICE', endpoint: '/D' }] },
    ],
    ['an endpoint twice', { schemas: [device], resourceTypes: [deviceType, { ...deviceType, name: 'D' }] }],
  ])('refuses %s with invalidValue', (_name, added) => {
    expect(() => createCatalogue(added)).toThrow(expect.objectContaining({ status: 400, scimType: 'invalidValue' }));
  });
});

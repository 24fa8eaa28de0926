import { describe, expect, it } from 'vitest';
import { schemaResource } from '../discovery/schema-resource.ts';
import { ScimError } from '../error.ts';
import type { Json } from '../json.ts';
import { userSchema } from './core/user.ts';
import { parseResourceTypeDefinition, parseSchemaDefinition } from './parse-definition.ts';

const ID = 'urn:example:params:scim:schemas:extension:acme:1.0:User';

function refusal(parse: () => unknown): ScimError {
  try {
    parse();
  } catch (error) {
    if (error instanceof ScimError) return error;
  }
  throw new Error('was not refused');
}

const schemaWith = (attribute: Json): Json => ({ id: ID, attributes: [attribute] });

describe('parseSchemaDefinition', () => {
  it('applies the defaults of RFC 7643 §2.2', () => {
    expect(parseSchemaDefinition({ id: ID, attributes: [{ name: 'badge' }] })).toEqual({
      id: ID,
      name: 'User',
      description: '',
      attributes: [
        {
          name: 'badge',
          type: 'string',
          multiValued: false,
          description: '',
          required: false,
          caseExact: false,
          mutability: 'readWrite',
          returned: 'default',
          uniqueness: 'none',
        },
      ],
    });
  });

  it('takes references and binary values as case-exact unless told otherwise (errata 6000, 6001)', () => {
    const { attributes } = parseSchemaDefinition({
      id: ID,
      attributes: [
        { name: 'page', type: 'reference', referenceTypes: ['external'] },
        { name: 'key', type: 'BINARY' },
        { name: 'tag', type: 'reference', caseExact: false },
      ],
    });
    expect(attributes.map(({ type, caseExact }) => [type, caseExact])).toEqual([
      ['reference', true],
      ['binary', true],
      ['reference', false],
    ]);
  });

  it('gives a multi-valued complex attribute the sub-attributes of RFC 7643 §2.4 when it lists none', () => {
    const [tags] = parseSchemaDefinition(schemaWith({ name: 'tags', type: 'complex', multiValued: true })).attributes;
    expect(tags?.subAttributes?.map(({ name }) => name)).toEqual(['value', 'display', 'type', 'primary', '$ref']);
  });

  it('reads names in any case and ignores members it does not know', () => {
    const parsed = parseSchemaDefinition({
      ID,
      NAME: 'Acme',
      meta: { resourceType: 'Schema' },
      Attributes: [{ Name: '$ref', TYPE: 'reference', colour: 'red', Mutability: 'READONLY' }],
    });
    expect(parsed.name).toBe('Acme');
    expect(parsed.attributes[0]).toMatchObject({ name: '$ref', mutability: 'readOnly' });
  });

  it('reads back what the Schemas endpoint serves', () => {
    const served = { ...schemaResource(userSchema, 'https://sp.example/scim/v2'), id: ID };
    expect(parseSchemaDefinition(served)).toEqual({ ...userSchema, id: ID });
  });

  it.each<[string, Json, string]>([
    ['no object', [], 'invalidSyntax'],
    ['a member twice', { id: ID, ID: 'x' }, 'invalidSyntax'],
    ['no id', { attributes: [{ name: 'a' }] }, 'invalidValue'],
    ['an id that is no URN', { id: 'acme', attributes: [{ name: 'a' }] }, 'invalidValue'],
    ['the URN of a core schema', { id: userSchema.id.toUpperCase(), attributes: [{ name: 'a' }] }, 'invalidValue'],
    [
      'a message URN',
      { id: 'urn:ietf:params:scim:api:messages:2.0:Mine', attributes: [{ name: 'a' }] },
      'invalidValue',
    ],
    ['no attributes', { id: ID }, 'invalidValue'],
    ['an empty list of attributes', { id: ID, attributes: [] }, 'invalidValue'],
    [
      'too many attributes',
      { id: ID, attributes: Array.from({ length: 501 }, (_, i) => ({ name: `a${i}` })) },
      'invalidValue',
    ],
    ['an attribute that is no object', schemaWith('badge'), 'invalidValue'],
    ['a name that is no string', { id: ID, name: 5, attributes: [{ name: 'a' }] }, 'invalidValue'],
    ['a description with U+0000', { id: ID, description: '\0', attributes: [{ name: 'a' }] }, 'invalidValue'],
  ])('refuses %s', (_name, json, scimType) => {
    expect(refusal(() => parseSchemaDefinition(json)).scimType).toBe(scimType);
  });

  it.each<[string, Json, string]>([
    ['a nameless attribute', { type: 'string' }, 'attributes[0].name'],
    ['a name outside the ABNF', { name: '1st' }, '1st'],
    ['a name with a dot', { name: 'a.b' }, 'a.b'],
    ['__proto__', { name: '__proto__' }, '__proto__'],
    ['the name of an inherited property', { name: 'constructor' }, 'constructor'],
    ['an unknown type', { name: 'badge', type: 'text' }, 'badge.type'],
    ['a type that is no string', { name: 'badge', type: 5 }, 'badge.type'],
    ['an unknown mutability', { name: 'badge', mutability: 'often' }, 'badge.mutability'],
    ['an unknown returned', { name: 'badge', returned: 'maybe' }, 'badge.returned'],
    ['an unknown uniqueness', { name: 'badge', uniqueness: 'galaxy' }, 'badge.uniqueness'],
    ['required that is no boolean', { name: 'badge', required: 'yes' }, 'badge.required'],
    ['multiValued that is no boolean', { name: 'badge', multiValued: 1 }, 'badge.multiValued'],
    ['canonicalValues that is no array', { name: 'badge', canonicalValues: 'a' }, 'badge.canonicalValues'],
    ['canonicalValues that are no strings', { name: 'badge', canonicalValues: [1] }, 'badge.canonicalValues'],
    ['referenceTypes of a string', { name: 'badge', referenceTypes: ['User'] }, 'badge'],
    ['sub-attributes of a string', { name: 'badge', subAttributes: [{ name: 'a' }] }, 'badge'],
    ['sub-attributes that are no array', { name: 'badge', type: 'complex', subAttributes: {} }, 'badge.subAttributes'],
    ['a complex attribute without sub-attributes', { name: 'badge', type: 'complex' }, 'badge'],
    [
      'a complex attribute in a complex one (RFC 7643 §2.3.8)',
      { name: 'badge', type: 'complex', subAttributes: [{ name: 'inner', type: 'complex' }] },
      'badge.inner',
    ],
    [
      'two sub-attributes that differ in case',
      { name: 'badge', type: 'complex', subAttributes: [{ name: 'code' }, { name: 'CODE' }] },
      'badge.subAttributes',
    ],
    ['a unique boolean', { name: 'badge', type: 'boolean', uniqueness: 'server' }, 'badge'],
    [
      'a unique complex attribute',
      { name: 'badge', type: 'complex', multiValued: true, uniqueness: 'global' },
      'badge',
    ],
  ])('refuses %s and names the attribute', (_name, attribute, named) => {
    const error = refusal(() => parseSchemaDefinition(schemaWith(attribute)));
    expect(error.scimType).toBe('invalidValue');
    expect(error.message).toContain(named);
  });
});

describe('parseResourceTypeDefinition', () => {
  const device = { name: 'Device', endpoint: '/Devices', schema: ID };

  it('takes the endpoint with and without its slash (RFC 7643 §6)', () => {
    expect(parseResourceTypeDefinition(device)).toEqual({ ...device, description: '', schemaExtensions: [] });
    expect(parseResourceTypeDefinition({ ...device, endpoint: 'Devices' }).endpoint).toBe('/Devices');
  });

  it('reads the extensions', () => {
    const parsed = parseResourceTypeDefinition({
      ...device,
      description: 'Phones',
      schemaExtensions: [{ schema: 'urn:a:b' }, { schema: 'urn:a:c', required: true }],
    });
    expect(parsed.description).toBe('Phones');
    expect(parsed.schemaExtensions).toEqual([
      { schema: 'urn:a:b', required: false },
      { schema: 'urn:a:c', required: true },
    ]);
  });

  it.each<[string, Json, string]>([
    ['no object', 'Device', 'object'],
    ['no name', { ...device, name: null }, 'name'],
    ['a name with a space', { ...device, name: 'My Device' }, 'name'],
    ['the name of a core type', { ...device, name: 'user' }, 'user'],
    ['the name of a discovery type', { ...device, name: 'Schema' }, 'Schema'],
    ['no endpoint', { ...device, endpoint: '' }, 'endpoint'],
    ['an endpoint of two segments', { ...device, endpoint: '/a/b' }, 'endpoint'],
    ['the endpoint of a core type', { ...device, endpoint: '/users' }, '/users'],
    ['the endpoint of the protocol', { ...device, endpoint: '/Bulk' }, '/Bulk'],
    ['no schema', { name: 'Device', endpoint: '/Devices' }, 'schema'],
    ['extensions that are no array', { ...device, schemaExtensions: {} }, 'schemaExtensions'],
    ['an extension that is no object', { ...device, schemaExtensions: ['urn:a:b'] }, 'schemaExtensions[0]'],
    ['an extension without a schema', { ...device, schemaExtensions: [{}] }, 'schemaExtensions[0].schema'],
  ])('refuses %s', (_name, json, named) => {
    const error = refusal(() => parseResourceTypeDefinition(json));
    expect(error.status).toBe(400);
    expect(error.message).toContain(named);
  });
});

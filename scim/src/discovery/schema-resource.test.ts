import { describe, expect, it } from 'vitest';
import { isArray, isObject, type Json } from '../json.ts';
import { userSchema } from '../schema/core/user.ts';
import { CORE_SCHEMAS } from '../schema/core.ts';
import { schemaResource } from './schema-resource.ts';

const BASE = 'https://sp.example/scim/v2';

function nothings(value: Json): boolean {
  if (value === null) return true;
  if (isArray(value)) return value.length === 0 || value.some(nothings);
  return isObject(value) && Object.values(value).some(nothings);
}

describe('schemaResource', () => {
  it.each(CORE_SCHEMAS.map((schema) => [schema.name, schema] as const))(
    'serves %s with schemas and meta (erratum 8417)',
    (_name, schema) => {
      const resource = schemaResource(schema, BASE);
      expect(resource).toMatchObject({
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:Schema'],
        id: schema.id,
        name: schema.name,
        meta: { resourceType: 'Schema', location: `${BASE}/Schemas/${schema.id}` },
      });
      expect(nothings(resource)).toBe(false);
    },
  );

  it('serves every characteristic that has a meaning, and no other (RFC 7643 §7, errata 6004, 8470)', () => {
    const { attributes } = schemaResource(userSchema, `${BASE}/`);
    const found = isArray(attributes) ? attributes : [];
    expect(found.find((attribute) => isObject(attribute) && attribute.name === 'userName')).toEqual({
      name: 'userName',
      type: 'string',
      multiValued: false,
      description: 'The name by which the user signs in, unique among all users.',
      required: true,
      caseExact: false,
      mutability: 'readWrite',
      returned: 'default',
      uniqueness: 'server',
    });
    const active = found.find((attribute) => isObject(attribute) && attribute.name === 'active');
    expect(active).not.toHaveProperty('caseExact');
    expect(active).not.toHaveProperty('uniqueness');
    const emails = found.find((attribute) => isObject(attribute) && attribute.name === 'emails');
    expect(emails).toMatchObject({ type: 'complex', multiValued: true });
    expect(JSON.stringify(emails)).toContain('"canonicalValues":["work","home","other"]');
  });
});

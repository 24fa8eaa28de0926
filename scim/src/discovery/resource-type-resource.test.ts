import { describe, expect, it } from 'vitest';
import { createCatalogue } from '../schema/catalogue.ts';
import { ENTERPRISE_USER_SCHEMA } from '../schema/core/enterprise-user.ts';
import { USER_SCHEMA } from '../schema/core/user.ts';
import { resourceTypeResource } from './resource-type-resource.ts';

const BASE = 'https://sp.example/scim/v2';

describe('resourceTypeResource', () => {
  const { resourceTypes } = createCatalogue();

  it('describes User with its extension (RFC 7643 §6)', () => {
    const user = resourceTypes.get('User');
    expect(user && resourceTypeResource(user, `${BASE}/`)).toEqual({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
      id: 'User',
      name: 'User',
      description: 'User Account',
      endpoint: '/Users',
      schema: USER_SCHEMA,
      schemaExtensions: [{ schema: ENTERPRISE_USER_SCHEMA, required: false }],
      meta: { resourceType: 'ResourceType', location: `${BASE}/ResourceTypes/User` },
    });
  });

  it('leaves extensions out where there are none', () => {
    const group = resourceTypes.get('Group');
    expect(group && resourceTypeResource(group, BASE)).not.toHaveProperty('schemaExtensions');
  });
});

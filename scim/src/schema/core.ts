import { ENTERPRISE_USER_SCHEMA, enterpriseUserSchema } from './core/enterprise-user.ts';
import { GROUP_SCHEMA, groupSchema } from './core/group.ts';
import { resourceTypeSchema } from './core/resource-type.ts';
import { schemaSchema } from './core/schema.ts';
import { serviceProviderConfigSchema } from './core/service-provider-config.ts';
import { USER_SCHEMA, userSchema } from './core/user.ts';
import type { ResourceTypeDefinition, SchemaDefinition } from './definition.ts';

/** The schemas that every identity server has. */
export const CORE_SCHEMAS: readonly SchemaDefinition[] = [
  userSchema,
  enterpriseUserSchema,
  groupSchema,
  serviceProviderConfigSchema,
  resourceTypeSchema,
  schemaSchema,
];

/** The resource types that every identity server has. */
export const CORE_RESOURCE_TYPES: readonly ResourceTypeDefinition[] = [
  {
    name: 'User',
    endpoint: '/Users',
    description: 'User Account',
    schema: USER_SCHEMA,
    schemaExtensions: [{ schema: ENTERPRISE_USER_SCHEMA, required: false }],
  },
  { name: 'Group', endpoint: '/Groups', description: 'Group', schema: GROUP_SCHEMA, schemaExtensions: [] },
];

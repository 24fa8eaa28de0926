import { attribute, complex } from '../attribute.ts';
import type { SchemaDefinition } from '../definition.ts';

export const RESOURCE_TYPE_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:ResourceType';

const readOnly = { mutability: 'readOnly' } as const;
const required = { ...readOnly, required: true } as const;
const uri = { referenceTypes: ['uri'] };

/** RFC 7643 §6 and §8.7.2, with errata 7522 and 8475; `schemaExtensions` is optional, as in the prose. */
export const resourceTypeSchema: SchemaDefinition = {
  id: RESOURCE_TYPE_SCHEMA,
  name: 'ResourceType',
  description: 'A kind of resource, its endpoint and its schemas.',
  attributes: [
    attribute('id', 'string', 'The identifier of the resource type, equal to its name.', {
      ...readOnly,
      caseExact: true,
      uniqueness: 'server',
    }),
    attribute('name', 'string', 'The name of the resource type, as in meta.resourceType.', {
      ...required,
      caseExact: true,
      uniqueness: 'server',
    }),
    attribute('description', 'string', 'What the resources are.', readOnly),
    attribute('endpoint', 'reference', 'The endpoint of the resources, relative to the base URI.', {
      ...required,
      ...uri,
      uniqueness: 'server',
    }),
    attribute('schema', 'reference', 'The URI of its base schema.', { ...required, ...uri }),
    complex(
      'schemaExtensions',
      'The schemas that extend it.',
      [
        attribute('schema', 'reference', 'The URI of the extension.', { ...required, ...uri }),
        attribute('required', 'boolean', 'Whether every resource must carry the extension.', required),
      ],
      { ...readOnly, multiValued: true },
    ),
  ],
};

import { attribute, complex } from './attribute.ts';
import type { AttributeDefinition } from './definition.ts';

const readOnly = { mutability: 'readOnly' } as const;

/**
 * The attributes of every resource (RFC 7643 §3 and §3.1). They belong to no schema, are not listed at `/Schemas`, and
 * win over a schema that lists them too.
 */
export const COMMON_ATTRIBUTES: readonly AttributeDefinition[] = [
  // URNs are compared without case (RFC 8141 §3.1), so this reference is not case-exact.
  attribute('schemas', 'reference', 'URIs of the schemas whose attributes the resource holds.', {
    multiValued: true,
    required: true,
    caseExact: false,
    returned: 'always',
    referenceTypes: ['uri'],
  }),
  attribute('id', 'string', 'The identifier that the service provider gave to the resource.', {
    caseExact: true,
    mutability: 'readOnly',
    returned: 'always',
    uniqueness: 'server',
  }),
  attribute('externalId', 'string', 'The identifier that the provisioning client uses for the resource.', {
    caseExact: true,
  }),
  complex(
    'meta',
    'What the service provider knows of the resource itself.',
    [
      attribute('resourceType', 'string', 'The name of its resource type.', { ...readOnly, caseExact: true }),
      attribute('created', 'dateTime', 'When it was created.', readOnly),
      attribute('lastModified', 'dateTime', 'When it was last changed.', readOnly),
      attribute('location', 'reference', 'Its URI.', { ...readOnly, referenceTypes: ['uri'] }),
      attribute('version', 'string', 'Its version, equal to the ETag header.', { ...readOnly, caseExact: true }),
    ],
    readOnly,
  ),
];

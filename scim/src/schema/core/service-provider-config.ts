import { attribute, complex } from '../attribute.ts';
import type { AttributeDefinition, SchemaDefinition } from '../definition.ts';

export const SERVICE_PROVIDER_CONFIG_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig';

const readOnly = { mutability: 'readOnly' } as const;
const required = { ...readOnly, required: true } as const;
const supported = attribute('supported', 'boolean', 'Whether it is supported.', required);

function feature(name: string, description: string, limits: readonly AttributeDefinition[] = []): AttributeDefinition {
  return complex(name, description, [supported, ...limits], required);
}

/** RFC 7643 §5 and §8.7.2, `pagination` of RFC 9865 §4, errata 8011 and 9018. */
export const serviceProviderConfigSchema: SchemaDefinition = {
  id: SERVICE_PROVIDER_CONFIG_SCHEMA,
  name: 'ServiceProviderConfig',
  description: 'What the service provider supports, and its limits.',
  attributes: [
    attribute('documentationUri', 'reference', 'Where people can read about the service provider.', {
      ...readOnly,
      referenceTypes: ['external'],
    }),
    feature('patch', 'PATCH.'),
    feature('bulk', 'Bulk requests.', [
      attribute('maxOperations', 'integer', 'How many operations a bulk request may hold.', required),
      attribute('maxPayloadSize', 'integer', 'How many bytes a bulk request may have.', required),
    ]),
    feature('filter', 'Filters.', [
      attribute('maxResults', 'integer', 'How many resources an answer holds at most.', required),
    ]),
    feature('changePassword', 'Changing a password.'),
    feature('sort', 'Sorting.'),
    feature('etag', 'Entity tags.'),
    complex(
      'authenticationSchemes',
      'How clients may authenticate.',
      [
        attribute('type', 'string', 'The authentication scheme.', {
          ...required,
          canonicalValues: ['oauth', 'oauth2', 'oauthbearertoken', 'httpbasic', 'httpdigest'],
        }),
        attribute('name', 'string', 'The common name of the scheme.', required),
        attribute('description', 'string', 'What the scheme is.', required),
        attribute('specUri', 'reference', 'The specification of the scheme.', {
          ...readOnly,
          referenceTypes: ['external'],
        }),
        attribute('documentationUri', 'reference', 'How to use the scheme.', {
          ...readOnly,
          referenceTypes: ['external'],
        }),
        attribute('primary', 'boolean', 'Whether this is the preferred scheme.', readOnly),
      ],
      { ...required, multiValued: true },
    ),
    complex(
      'pagination',
      'How long lists are paged.',
      [
        attribute('cursor', 'boolean', 'Whether cursors are supported.', required),
        attribute('index', 'boolean', 'Whether startIndex is supported.', required),
        attribute('defaultPaginationMethod', 'string', 'What is used when a request names neither.', {
          ...readOnly,
          canonicalValues: ['cursor', 'index'],
        }),
        attribute('defaultPageSize', 'integer', 'How many resources a page holds when count is not given.', readOnly),
        attribute('maxPageSize', 'integer', 'How many resources a page holds at most.', readOnly),
        attribute('cursorTimeout', 'integer', 'How many seconds a cursor stays valid at least.', readOnly),
      ],
      readOnly,
    ),
  ],
};

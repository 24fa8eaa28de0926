import { attribute, complex } from '../attribute.ts';
import type { AttributeDefinition, SchemaDefinition } from '../definition.ts';

export const SCHEMA_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:Schema';

const readOnly = { mutability: 'readOnly' } as const;
const required = { ...readOnly, required: true } as const;
const exact = { ...readOnly, caseExact: true } as const;

const types = ['string', 'complex', 'boolean', 'decimal', 'integer', 'dateTime', 'reference', 'binary'];

/** The characteristics of an attribute, or of a sub-attribute, which is never complex (erratum 8415). */
function characteristics(typeNames: readonly string[]): AttributeDefinition[] {
  return [
    attribute('name', 'string', 'The name of the attribute.', { ...required, caseExact: true }),
    attribute('type', 'string', 'The data type.', { ...required, canonicalValues: typeNames }),
    attribute('multiValued', 'boolean', 'Whether the attribute has many values.', required),
    attribute('description', 'string', 'What the attribute means.', exact),
    attribute('required', 'boolean', 'Whether a value must be given.', readOnly),
    attribute('canonicalValues', 'string', 'Suggested values.', { ...exact, multiValued: true }),
    attribute('caseExact', 'boolean', 'Whether case matters when values are compared.', readOnly),
    attribute('mutability', 'string', 'Whether and when the value may be set.', {
      ...exact,
      canonicalValues: ['readOnly', 'readWrite', 'immutable', 'writeOnly'],
    }),
    attribute('returned', 'string', 'When the value is returned.', {
      ...exact,
      canonicalValues: ['always', 'never', 'default', 'request'],
    }),
    attribute('uniqueness', 'string', 'Whether the value must be unique.', {
      ...exact,
      canonicalValues: ['none', 'server', 'global'],
    }),
    attribute('referenceTypes', 'string', 'What a reference may refer to.', { ...exact, multiValued: true }),
  ];
}

const subAttributes = complex(
  'subAttributes',
  'The sub-attributes of a complex attribute.',
  characteristics(types.filter((type) => type !== 'complex')),
  { ...readOnly, multiValued: true },
);

/**
 * RFC 7643 §7 and §8.7.2, with errata 5606, 5607, 8415 and 8435. The one schema in which a complex attribute holds a
 * complex one: it describes itself.
 */
export const schemaSchema: SchemaDefinition = {
  id: SCHEMA_SCHEMA,
  name: 'Schema',
  description: 'The attributes of a kind of resource and their characteristics.',
  attributes: [
    attribute('id', 'string', 'The URI of the schema.', {
      ...required,
      caseExact: true,
      returned: 'always',
      uniqueness: 'server',
    }),
    attribute('name', 'string', 'The name of the schema.', readOnly),
    attribute('description', 'string', 'What the schema is for.', readOnly),
    complex('attributes', 'The attributes of the schema.', [...characteristics(types), subAttributes], {
      ...required,
      multiValued: true,
    }),
  ],
};

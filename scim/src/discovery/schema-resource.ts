import type { Json, JsonObject } from '../json.ts';
import { SCHEMA_SCHEMA } from '../schema/core/schema.ts';
import type { AttributeDefinition, SchemaDefinition } from '../schema/definition.ts';
import { locationOf } from './location.ts';

// A boolean, a number or a date has no case; a boolean, a complex or a binary value cannot be unique (RFC 7643 §2.3,
// errata 6004 and 8470). There the characteristic is left out instead of saying something meaningless.
const WITH_CASE = new Set(['string', 'reference', 'binary']);
const WITH_UNIQUENESS = new Set(['string', 'reference', 'integer', 'decimal', 'dateTime']);

/** The Schema resource of a schema (RFC 7643 §7, erratum 8417: with `schemas` and `meta`). */
export function schemaResource(schema: SchemaDefinition, baseUrl: string): JsonObject {
  return {
    schemas: [SCHEMA_SCHEMA],
    id: schema.id,
    name: schema.name,
    description: schema.description,
    attributes: schema.attributes.map(attributeResource),
    meta: { resourceType: 'Schema', location: locationOf(baseUrl, `Schemas/${schema.id}`) },
  };
}

function attributeResource(definition: AttributeDefinition): JsonObject {
  const { name, type, multiValued, description, required, caseExact, mutability, returned, uniqueness } = definition;
  const { canonicalValues, referenceTypes, subAttributes } = definition;
  const resource: Record<string, Json> = { name, type, multiValued, description, required };
  if (canonicalValues !== undefined) resource.canonicalValues = canonicalValues;
  if (WITH_CASE.has(type)) resource.caseExact = caseExact;
  resource.mutability = mutability;
  resource.returned = returned;
  if (WITH_UNIQUENESS.has(type)) resource.uniqueness = uniqueness;
  if (referenceTypes !== undefined) resource.referenceTypes = referenceTypes;
  if (subAttributes !== undefined) resource.subAttributes = subAttributes.map(attributeResource);
  return resource;
}

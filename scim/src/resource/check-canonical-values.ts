import { invalidValue } from '../error.ts';
import { isArray, isObject, type Json, type JsonObject } from '../json.ts';
import type { Rules } from '../rules.ts';
import type { AttributeDefinition } from '../schema/definition.ts';
import { subAttributesOf } from '../schema/resolve.ts';
import type { ResourceType } from '../schema/resource-type.ts';
import { comparisonKey } from '../value/comparison-key.ts';

/**
 * Holds a document to the canonical values of its schemas. RFC 7643 §7 calls them suggestions that a server may restrict
 * to; strict rules do, tolerant ones do not: clients make up types. Throws `invalidValue` naming the attribute.
 */
export function checkCanonicalValues(type: ResourceType, document: JsonObject, { compatibility }: Rules): void {
  if (compatibility === 'tolerant') return;
  checkHolder(type.attributes, document, '');
  for (const { urn, attributes } of type.extensionsByUrn.values()) {
    const container = document[urn];
    if (isObject(container)) checkHolder(attributes, container, `${urn}:`);
  }
}

function checkHolder(attributes: ReadonlyMap<string, AttributeDefinition>, holder: JsonObject, prefix: string): void {
  for (const [name, value] of Object.entries(holder)) {
    const definition = attributes.get(name.toLowerCase());
    if (definition === undefined) continue;
    for (const element of isArray(value) ? value : [value]) {
      if (isObject(element)) checkHolder(subAttributesOf(definition), element, `${prefix}${name}.`);
      else checkValue(definition, element, `${prefix}${name}`);
    }
  }
}

function checkValue(definition: AttributeDefinition, value: Json, where: string): void {
  const { canonicalValues } = definition;
  if (canonicalValues === undefined) return;
  const key = comparisonKey(definition, value);
  if (canonicalValues.some((canonical) => comparisonKey(definition, canonical) === key)) return;
  throw invalidValue(`${where} must be one of ${canonicalValues.join(', ')}.`);
}

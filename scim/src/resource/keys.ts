import { attributeValue } from '../filter/attribute-value.ts';
import { isArray, isObject, type Json, type JsonObject } from '../json.ts';
import type { AttributeReference, ResourceType } from '../schema/resource-type.ts';
import { comparisonKey } from '../value/comparison-key.ts';

/** A value by which a resource is found: the canonical name of its attribute and its comparison key as text. */
export interface IndexKey {
  readonly path: string;
  readonly key: string;
}

/** A value that only one resource may hold; `value` is its spelling. */
export interface UniqueKey extends IndexKey {
  readonly value: string;
}

/** The index keys of a document, each once. Unique attributes have none: their unique keys find the resource as well. */
export function indexKeys(type: ResourceType, document: JsonObject): readonly IndexKey[] {
  return type.indexed
    .filter((reference) => !type.unique.includes(reference))
    .flatMap((reference) => keysAt(reference, document).map(({ path, key }) => ({ path, key })));
}

/** The unique keys of a document, each once. An empty string is nobody's: two resources may both have it. */
export function uniqueKeys(type: ResourceType, document: JsonObject): readonly UniqueKey[] {
  return type.unique.flatMap((reference) => keysAt(reference, document).filter(({ key }) => key !== ''));
}

function keysAt(reference: AttributeReference, document: JsonObject): UniqueKey[] {
  const held = attributeValue(reference, document);
  if (held === undefined) return [];
  const keys = new Map<string, UniqueKey>();
  for (const element of isArray(held) ? held : [held]) {
    const values = subValues(reference, element);
    for (const value of isArray(values) ? values : [values]) {
      const key = value === undefined ? undefined : comparisonKey(reference.sub ?? reference.attribute, value);
      if (key !== undefined) keys.set(String(key), { path: reference.text, key: String(key), value: String(value) });
    }
  }
  return [...keys.values()];
}

function subValues({ sub }: AttributeReference, element: Json): Json | undefined {
  if (sub === undefined) return element;
  return isObject(element) ? element[sub.name] : undefined;
}

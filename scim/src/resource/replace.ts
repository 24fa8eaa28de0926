import { mutability } from '../error.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { USER_SCHEMA } from '../schema/core/user.ts';
import type { AttributeDefinition } from '../schema/definition.ts';
import { subAttributesOf } from '../schema/resolve.ts';
import type { ResourceType } from '../schema/resource-type.ts';
import { isHidden } from '../schema/visibility.ts';
import { sameValue } from '../value/same-value.ts';

/**
 * The document that a PUT makes of the current one and of what was sent (RFC 7644 §3.5.1). What was omitted is cleared,
 * but for what the client may not have known: attributes that no plain answer shows, and immutable ones. `active` of a
 * user is kept too: a client that leaves it out has not said that a disabled user may come back. Both documents are in
 * canonical form. Throws `mutability` when an immutable attribute would change.
 */
export function replaceDocument(type: ResourceType, current: JsonObject, next: JsonObject): JsonObject {
  const active = type.schema.id === USER_SCHEMA && next.active === undefined ? current.active : undefined;
  const sent = active === undefined ? next : { ...next, active };
  const document = replaceAttributes(type.attributes, current, sent, '');
  const used: string[] = [];
  for (const { urn, attributes } of type.extensionsByUrn.values()) {
    const container = replaceAttributes(attributes, objectOf(current[urn]), objectOf(next[urn]), `${urn}:`);
    if (Object.keys(container).length === 0) continue;
    document[urn] = container;
    used.push(urn);
  }
  document.schemas = [type.schema.id, ...used];
  return document;
}

function objectOf(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

function replaceAttributes(
  attributes: ReadonlyMap<string, AttributeDefinition>,
  current: JsonObject,
  next: JsonObject,
  prefix: string,
): Record<string, Json> {
  const result: Record<string, Json> = {};
  for (const name of new Set([...Object.keys(next), ...Object.keys(current)])) {
    const definition = attributes.get(name.toLowerCase());
    if (definition === undefined) continue;
    const value = replaceValue(definition, current[name], next[name], `${prefix}${name}`);
    if (value !== undefined) result[name] = value;
  }
  return result;
}

function replaceValue(
  definition: AttributeDefinition,
  current: Json | undefined,
  next: Json | undefined,
  where: string,
): Json | undefined {
  if (current === undefined) return next;
  if (definition.mutability === 'immutable') {
    if (next === undefined || sameValue(definition, current, next)) return current;
    throw mutability(`${where} is immutable and already has another value; send the same one or leave it out.`);
  }
  if (next === undefined && isHidden(definition)) return current;
  if (definition.multiValued || !isObject(current)) return next;
  const value = replaceAttributes(subAttributesOf(definition), current, objectOf(next), `${where}.`);
  return Object.keys(value).length === 0 ? undefined : value;
}

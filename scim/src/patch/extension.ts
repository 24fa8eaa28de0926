import { mutability } from '../error.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import type { ResourceType } from '../schema/resource-type.ts';
import { type Draft, property } from './document.ts';
import { refuseImmutable } from './mutability.ts';

/**
 * Unassigns the attributes of an extension that are not required (RFC 7644 §3.5.2.2); its container, and with it its URN
 * in `schemas`, goes when none is left. Throws `mutability` for an extension that the resource type requires.
 */
export function removeExtension(type: ResourceType, draft: Draft, urn: string): void {
  const extension = type.extensionsByUrn.get(urn.toLowerCase());
  if (extension === undefined) return;
  if (extension.required) throw mutability(`'${urn}' is required of every ${type.name} and cannot be removed.`);
  const container = property(draft, extension.urn);
  if (!isObject(container)) return;
  const kept = new Map<string, Json>();
  for (const definition of extension.attributes.values()) {
    const value = property(container, definition.name);
    if (value === undefined) continue;
    if (definition.required) kept.set(definition.name, value);
    else refuseImmutable(definition, value, undefined, `${urn}:${definition.name}`);
  }
  if (kept.size === 0) delete draft[extension.urn];
  else draft[extension.urn] = Object.fromEntries(kept);
}

/** The `schemas` that a document's content calls for: the base schema, required extensions and those with data. */
export function schemasOf(type: ResourceType, document: JsonObject): readonly string[] {
  const extensions = type.extensions.filter(
    ({ schema, required }) => required || property(document, schema.id) !== undefined,
  );
  return [type.schema.id, ...extensions.map(({ schema }) => schema.id)];
}

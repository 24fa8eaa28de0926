import { isObject, type Json, type JsonObject } from '../json.ts';
import type { AttributeReference } from '../schema/resource-type.ts';

/** The copy of a document that the operations of one PATCH work on. Its values are replaced, never edited. */
export type Draft = Record<string, Json>;

/** An own property: an attribute may be called `constructor`, which every object inherits. */
export function property(object: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** An object without one of its properties; undefined when nothing else is in it. */
export function without(object: JsonObject, name: string): JsonObject | undefined {
  const kept = Object.entries(object).filter(([key]) => key !== name);
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

/** The whole value of the attribute that `reference` lies in. */
export function readAttribute(document: JsonObject, { extension, attribute }: AttributeReference): Json | undefined {
  if (extension === undefined) return property(document, attribute.name);
  const container = property(document, extension);
  return isObject(container) ? property(container, attribute.name) : undefined;
}

/** Sets or, with undefined, unassigns an attribute; an extension container goes with its last one. */
export function writeAttribute(
  draft: Draft,
  { extension, attribute }: AttributeReference,
  value: Json | undefined,
): void {
  if (extension === undefined) {
    put(draft, attribute.name, value);
    return;
  }
  const found = property(draft, extension);
  const container = isObject(found) ? found : {};
  put(
    draft,
    extension,
    value === undefined ? without(container, attribute.name) : { ...container, [attribute.name]: value },
  );
}

function put(draft: Draft, name: string, value: Json | undefined): void {
  if (value === undefined) delete draft[name];
  else draft[name] = value;
}

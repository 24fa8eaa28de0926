import { isArray, isObject, type Json, type JsonObject } from '../json.ts';
import type { ResourceType } from '../schema/resource-type.ts';

/**
 * The canonical names of the attributes and sub-attributes that a POST or PUT specified: those with `returned: request`
 * among them belong into its answer (RFC 7643 §7). `document` is as `readResource` makes it.
 */
export function sentAttributes(type: ResourceType, document: JsonObject): ReadonlySet<string> {
  const names = new Set<string>();
  for (const [name, value] of Object.entries(document)) {
    if (!type.extensionsByUrn.has(name.toLowerCase())) addNames(names, name, value);
    else if (isObject(value))
      for (const [inner, given] of Object.entries(value)) addNames(names, `${name}:${inner}`, given);
  }
  return names;
}

function addNames(names: Set<string>, text: string, value: Json): void {
  names.add(text);
  for (const element of isArray(value) ? value : [value]) {
    if (isObject(element)) for (const sub of Object.keys(element)) names.add(`${text}.${sub}`);
  }
}

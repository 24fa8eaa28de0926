import { isObject, type Json } from '../json.ts';
import type { AttributeReference } from '../schema/resource-type.ts';

/** The member of an object, if it has one of its own: an attribute may be called `constructor`. */
export function memberOf(value: Json | undefined, name: string): Json | undefined {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** What a resource holds under `path.attribute`, in its extension's container where it lives in one. */
export function attributeValue(path: AttributeReference, resource: Json): Json | undefined {
  return memberOf(path.extension === undefined ? resource : memberOf(resource, path.extension), path.attribute.name);
}

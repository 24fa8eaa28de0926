import { isArray, isObject, type Json, type JsonObject } from '@rollcall/scim';

/** The value at a path such as `$.Resources[0].id` or `$["urn:x"].manager.value`; undefined when there is none. */
export function valueAt(json: Json | undefined, path: string): Json | undefined {
  const steps = path.matchAll(/\["([^"]+)"\]|\[(\d+)\]|([^.[\]$]+)/g);
  return [...steps].reduce<Json | undefined>((value, [, quoted, index, name]) => {
    if (index !== undefined) return isArray(value) ? value[Number(index)] : undefined;
    const key = quoted ?? name ?? '';
    return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  }, json);
}

/** The string at a path. Throws when there is none: a test that reads an id wants one. */
export function textAt(json: Json | undefined, path: string): string {
  const value = valueAt(json, path);
  if (typeof value !== 'string') throw new Error(`No string at ${path} of ${JSON.stringify(json)?.slice(0, 1000)}`);
  return value;
}

/** The objects in the array at a path. Throws when there is no array. */
export function objectsAt(json: Json | undefined, path: string): readonly JsonObject[] {
  const value = valueAt(json, path);
  if (!isArray(value)) throw new Error(`No array at ${path} of ${JSON.stringify(json)?.slice(0, 1000)}`);
  return value.filter(isObject);
}

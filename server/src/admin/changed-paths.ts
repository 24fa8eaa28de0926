import { isObject, type Json, type JsonObject } from '@rollcall/scim';

export interface ChangedPath {
  readonly path: string;
  /** null: no value. */
  readonly from: Json;
  readonly to: Json;
}

/** What every write changes by itself, and what says nothing about a resource. */
const UNTOLD = new Set(['id', 'meta', 'schemas', 'members', 'groups']);

/**
 * Where two states of a resource differ, by the paths that filters and PATCH use; a multi-valued attribute is told as a
 * whole. A state that is null has no values.
 */
export function changedPaths(before: JsonObject | null, after: JsonObject | null): ChangedPath[] {
  return differences(before ?? {}, after ?? {}, '').filter(({ path }) => !UNTOLD.has(path));
}

function differences(before: JsonObject, after: JsonObject, prefix: string): ChangedPath[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].flatMap((name) => {
    const [from, to] = [before[name] ?? null, after[name] ?? null];
    if (JSON.stringify(from) === JSON.stringify(to)) return [];
    const path = prefix + name;
    const isComplex = !UNTOLD.has(path) && (from === null || isObject(from)) && (to === null || isObject(to));
    if (!isComplex) return [{ path, from, to }];
    // Attributes of an extension stand behind a colon (RFC 7644 §3.10), sub-attributes behind a dot.
    const separator = prefix === '' && name.toLowerCase().startsWith('urn:') ? ':' : '.';
    return differences(from ?? {}, to ?? {}, path + separator);
  });
}

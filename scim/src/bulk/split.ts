import { isArray, isObject, type Json, type JsonObject } from '../json.ts';
import { referencedBulkIds } from './reference.ts';

/** A resource in two parts: what can be created now, and the values that wait for other resources. */
export interface Split {
  readonly now: JsonObject;
  readonly later: JsonObject;
  /** The attributes of `later`: `members`, `urn:…:User:manager`. */
  readonly deferred: readonly string[];
}

/**
 * Sets aside the attributes of a resource that refer to the given bulkIds; of an array only the elements that do. The
 * attributes of an extension are looked at one by one.
 */
export function splitReferences(data: JsonObject, bulkIds: ReadonlySet<string>): Split {
  const now: [string, Json][] = [];
  const later: [string, Json][] = [];
  const deferred: string[] = [];
  for (const [name, value] of Object.entries(data)) {
    if (!refers(value, bulkIds)) {
      now.push([name, value]);
    } else if (isArray(value)) {
      const { kept = [], waiting = [] } = Object.groupBy(value, (item) => (refers(item, bulkIds) ? 'waiting' : 'kept'));
      if (kept.length > 0) now.push([name, kept]);
      later.push([name, waiting]);
      deferred.push(name);
    } else if (isObject(value) && name.includes(':')) {
      const inner = splitReferences(value, bulkIds);
      if (Object.keys(inner.now).length > 0) now.push([name, inner.now]);
      later.push([name, inner.later]);
      deferred.push(...inner.deferred.map((attribute) => `${name}:${attribute}`));
    } else {
      later.push([name, value]);
      deferred.push(name);
    }
  }
  return { now: Object.fromEntries(now), later: Object.fromEntries(later), deferred };
}

function refers(value: Json, bulkIds: ReadonlySet<string>): boolean {
  return !referencedBulkIds(value).isDisjointFrom(bulkIds);
}

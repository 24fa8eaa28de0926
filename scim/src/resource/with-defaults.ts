import type { JsonObject } from '../json.ts';
import { USER_SCHEMA } from '../schema/core/user.ts';
import type { ResourceType } from '../schema/resource-type.ts';

/**
 * What Rollcall adds to a new resource: a user is active unless the client said otherwise, because clients read the
 * attribute on every user and take its absence for a server that cannot disable (RFC 7644 §3.3 allows defaults).
 */
export function withDefaults(type: ResourceType, document: JsonObject): JsonObject {
  if (type.schema.id !== USER_SCHEMA || document.active !== undefined) return document;
  return { ...document, active: true };
}

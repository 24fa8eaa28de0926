import type { JsonObject } from '../json.ts';

export const LIST_RESPONSE_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';

/** What stands around the resources of a list. A page found by cursor has no `startIndex` (RFC 9865 §2). */
export interface ListFrame {
  readonly totalResults: number;
  readonly itemsPerPage: number;
  readonly startIndex?: number | undefined;
  readonly nextCursor?: string | undefined;
  readonly previousCursor?: string | undefined;
}

/** A list response (RFC 7644 §3.4.2, RFC 9865 §2) for lists that fit in memory; `Resources` is there even when empty. */
export function listResponse(resources: readonly JsonObject[], frame: ListFrame): JsonObject {
  const { totalResults, itemsPerPage, startIndex, nextCursor, previousCursor } = frame;
  return {
    schemas: [LIST_RESPONSE_SCHEMA],
    totalResults,
    ...(startIndex === undefined ? {} : { startIndex }),
    itemsPerPage,
    ...(nextCursor === undefined ? {} : { nextCursor }),
    ...(previousCursor === undefined ? {} : { previousCursor }),
    Resources: resources,
  };
}

import type { Json, JsonObject } from '../json.ts';

export const BULK_RESPONSE_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:BulkResponse';

/** What became of one operation; members that do not apply are undefined. */
export interface BulkResult {
  readonly index: number;
  readonly method: string | undefined;
  readonly bulkId: string | undefined;
  readonly location: string | undefined;
  readonly version: string | undefined;
  readonly status: number;
  /** The error body; needless after a success. */
  readonly response: Json | undefined;
}

/** The body of a bulk response (RFC 7644 §3.7.3): results in the order of the request, `status` as a string. */
export function bulkResponse(results: readonly BulkResult[]): JsonObject {
  const ordered = results.toSorted((a, b) => a.index - b.index);
  return { schemas: [BULK_RESPONSE_SCHEMA], Operations: ordered.map(asOperation) };
}

function asOperation({ method, bulkId, location, version, status, response }: BulkResult): JsonObject {
  return {
    ...(method === undefined ? {} : { method }),
    ...(bulkId === undefined ? {} : { bulkId }),
    ...(location === undefined ? {} : { location }),
    ...(version === undefined ? {} : { version }),
    status: String(status),
    ...(response === undefined ? {} : { response }),
  };
}

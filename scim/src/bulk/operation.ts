import type { ScimError } from '../error.ts';
import type { JsonObject } from '../json.ts';

export type BulkMethod = 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One operation of a bulk request (RFC 7644 §3.7). */
export interface BulkOperation {
  /** Its position in the request, which is also its place in the response. */
  readonly index: number;
  readonly method: BulkMethod;
  /** Always there for POST. */
  readonly bulkId: string | undefined;
  /** The version that the resource must have, as in `If-Match`. */
  readonly version: string | undefined;
  /** Relative to the base and with a leading slash: `/Users`, `/Users/42`, `/Users/bulkId:u1`. */
  readonly path: string;
  /** The body of the single request; undefined for DELETE. */
  readonly data: JsonObject | undefined;
}

/** An entry that is no operation; only it fails, not the job (RFC 7644 §3.7.3). */
export interface MalformedOperation {
  readonly index: number;
  /** What could be read of it, to be repeated in the response. */
  readonly method: string | undefined;
  readonly bulkId: string | undefined;
  readonly error: ScimError;
}

/** A bulk request as parsed; each entry is in one of the two lists. */
export interface BulkRequest {
  /** How many errors end the job; undefined when none do. */
  readonly failOnErrors: number | undefined;
  readonly operations: readonly BulkOperation[];
  readonly malformed: readonly MalformedOperation[];
}

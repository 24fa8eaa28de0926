import { invalidSyntax, invalidValue, tooLarge } from '../error.ts';
import { isArray, isObject, type Json } from '../json.ts';
import { namesSchema, readFields } from '../message/fields.ts';
import type { BulkOperation, BulkRequest, MalformedOperation } from './operation.ts';
import { parseBulkOperation } from './parse-operation.ts';

export const BULK_REQUEST_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';

export interface BulkLimits {
  readonly maxOperations: number;
  /** The URL that absolute paths may begin with; without it they are refused. */
  readonly baseUrl?: string;
}

/**
 * Reads the body of a bulk request (RFC 7644 §3.7). An entry that is no operation fails by itself; the job goes on.
 *
 * @throws invalidSyntax for what is no bulk request, invalidValue for a bad `failOnErrors`, 413 naming `maxOperations`
 * when there are more.
 */
export function parseBulk(body: Json, limits: BulkLimits): BulkRequest {
  if (!isObject(body)) throw invalidSyntax('The body of a bulk request must be a JSON object.');
  const fields = readFields(body);
  if (!namesSchema(fields, BULK_REQUEST_SCHEMA)) {
    throw invalidSyntax(`schemas must be an array that holds '${BULK_REQUEST_SCHEMA}'.`);
  }
  const entries = fields.get('operations');
  if (!isArray(entries)) throw invalidSyntax('Operations must be an array.');
  if (entries.length > limits.maxOperations) {
    throw tooLarge(`${entries.length} operations exceed maxOperations (${limits.maxOperations}).`);
  }
  const failOnErrors = readFailOnErrors(fields.get('failonerrors'));
  const operations: BulkOperation[] = [];
  const malformed: MalformedOperation[] = [];
  const bulkIds = new Set<string>();
  for (const [index, entry] of entries.entries()) {
    const parsed = parseBulkOperation(entry, index, bulkIds, limits.baseUrl);
    if ('error' in parsed) malformed.push(parsed);
    else operations.push(parsed);
  }
  return { failOnErrors, operations, malformed };
}

/** Whether a job goes on after so many errors (RFC 7644 §3.7.3 `failOnErrors`). */
export function goesOn(request: BulkRequest, errors: number): boolean {
  return request.failOnErrors === undefined || errors < request.failOnErrors;
}

function readFailOnErrors(value: Json | undefined): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 1) return value;
  throw invalidValue('failOnErrors must be a whole number of at least 1.');
}

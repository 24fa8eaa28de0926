import { internal, invalidSyntax, ScimError, tooLarge, unavailable, unsupportedMediaType } from '@rollcall/scim';
import { duplicate } from '../provider/create.ts';
import { CommitFailed, StoreUnavailable, UniqueConflict } from '../store/contract.ts';
import type { ScimResponse } from './exchange.ts';

/**
 * The one place that makes a SCIM error of whatever was thrown. What is nobody's mistake but ours becomes a 500 that
 * tells the client no more than the request's id; the caller logs the cause.
 */
export function toScimError(error: unknown, requestId: string, maxBody: number): ScimError {
  if (error instanceof ScimError) return error;
  if (error instanceof UniqueConflict) return duplicate(error);
  if (error instanceof CommitFailed) {
    return error.mayBeStored
      ? unavailable(
          'The database was lost meanwhile: whether the change was stored is not known. Read it, or try again.',
          5,
        )
      : unavailable('The change could not be stored. Nothing was changed; try again.', 5);
  }
  if (error instanceof StoreUnavailable) {
    return unavailable('The database does not answer at the moment. Nothing was changed; try again.', 5);
  }
  switch (codeOf(error)) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return tooLarge(`The body is longer than ${maxBody} bytes (maxPayloadSize). Send less at a time.`);
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      return invalidSyntax('The body does not have the length that Content-Length says.');
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return unsupportedMediaType('Content-Type cannot be read; send application/scim+json.');
    case 'ECONNRESET':
      return invalidSyntax('The connection ended before the body did.');
    case 'FST_ERR_BAD_URL':
      return invalidSyntax('The URL is not well encoded.');
    default:
      return internal(`Something went wrong here; the server's log has it under request ${requestId}.`);
  }
}

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;

/** An error as an answer (RFC 7644 §3.12). */
export const errorResponse = (error: ScimError): ScimResponse => ({
  status: error.status,
  headers: error.headers,
  body: JSON.stringify(error),
});

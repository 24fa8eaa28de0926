import { readAddress } from '../http/address.ts';
import type { StoredLogEntry } from '../request-log/contract.ts';
import { REMOVED } from '../request-log/redact-text.ts';
import type { ScimCall } from './context.ts';
import { Problem } from './problem.ts';

const WITH_BODY = new Set(['POST', 'PUT', 'PATCH']);
const METHODS = new Set([...WITH_BODY, 'GET', 'HEAD', 'DELETE']);

/** A logged request as a call that can be made again. Errors: `not-usable` when the log does not have all of it. */
export function replayable(entry: StoredLogEntry): ScimCall {
  const { n, method, url, requestHeaders, requestBody, requestBodyCut } = entry;
  const refuse = (why: string) => new Problem('not-usable', `Request ${n} cannot be replayed: ${why}`);
  const address = readAddress(url);
  if (address === undefined || !METHODS.has(method)) throw refuse('it is no SCIM request.');
  if (requestBodyCut > 0) {
    throw refuse(
      `the last ${requestBodyCut} bytes of its body were not kept. Let the identity provider send it again.`,
    );
  }
  if ((url + (requestBody ?? '')).includes(REMOVED)) {
    throw refuse('it held a secret, which is not kept. Let the identity provider send it again.');
  }
  if (WITH_BODY.has(method) && requestBody === null) {
    throw refuse('it was refused before its body was read. Let the identity provider send it again.');
  }
  return {
    method: method === 'HEAD' ? 'GET' : method,
    path: `/${address.segments.join('/')}`,
    query: address.query,
    ...(requestBody === null ? {} : { body: requestBody }),
    headers: { 'if-match': requestHeaders['if-match'], 'if-none-match': requestHeaders['if-none-match'] },
  };
}

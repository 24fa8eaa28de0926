import { preconditionFailed } from '@rollcall/scim';
import type { ScimRequest } from '../http/exchange.ts';
import type { StoredResource } from '../store/contract.ts';
import { etagOf } from './represent.ts';

const opaque = (tag: string): string => tag.trim().replace(/^W\//, '');

/** Whether a list of entity tags holds the resource's. Weak marks are ignored: RFC 7644 §3.14 uses `W/` with If-Match. */
function names(header: string, stored: StoredResource): boolean {
  if (header.trim() === '*') return true;
  const current = opaque(etagOf(stored));
  return header.split(',').some((tag) => opaque(tag) === current);
}

/** If-Match and If-None-Match of a write (RFC 9110 §13.2.2), evaluated in its transaction. Errors: 412. */
export function checkPreconditions(request: Pick<ScimRequest, 'header'>, stored: StoredResource): void {
  const ifMatch = request.header('if-match');
  if (ifMatch !== undefined && !names(ifMatch, stored)) {
    throw preconditionFailed(`The resource has changed: its version is now ${etagOf(stored)}. Read it again first.`);
  }
  const ifNoneMatch = request.header('if-none-match');
  if (ifMatch === undefined && ifNoneMatch !== undefined && names(ifNoneMatch, stored)) {
    throw preconditionFailed(`If-None-Match names the current version ${etagOf(stored)}.`);
  }
}

/** Whether a GET can be answered with 304 (RFC 9110 §13.1.2). */
export const isNotModified = (request: ScimRequest, stored: StoredResource): boolean => {
  const ifNoneMatch = request.header('if-none-match');
  return ifNoneMatch !== undefined && names(ifNoneMatch, stored);
};

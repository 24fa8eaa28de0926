import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { ApiToken } from '../store/contract.ts';
import type { Authentication } from './authentication.ts';
import { tokenInUrl, tokenInvalid, tooManyFailures, unauthenticated } from './authentication-failed.ts';
import { readCredentials } from './credentials.ts';
import type { AuthenticationRequest } from './principal.ts';

const MARK = 'rollcall_';
const PREFIX_LENGTH = MARK.length + 8;
const CHALLENGE = 'Bearer realm="rollcall"';

/** A new API token: 256 random bits behind a mark that secret scanners can look for. Only the last two are stored. */
export function newApiToken(): { readonly token: string; readonly prefix: string; readonly sha256: string } {
  const token = MARK + randomBytes(32).toString('base64url');
  return { token, prefix: token.slice(0, PREFIX_LENGTH), sha256: hash('sha256', token, 'hex') };
}

/** The API token that a request to the admin API carries. Throws AuthenticationFailed as `authenticate` does. */
export function authenticateApi(context: Authentication, request: AuthenticationRequest): ApiToken {
  const refuse = (reason: string) => {
    context.failures.failed(request.address, request.now);
    return tokenInvalid(reason, CHALLENGE);
  };
  if (/(?:^|&)access_token=/i.test(request.query ?? '')) throw tokenInUrl(CHALLENGE);
  const credentials = readCredentials(request.authorization);
  if (credentials.kind === 'absent') throw unauthenticated('no credentials', CHALLENGE);
  const found = credentials.kind === 'bearer' ? find(context.registry.apiTokens(), credentials.token) : undefined;
  // Nobody guesses 256 random bits: others' failures from the same address (a proxy's) keep no holder of a token out.
  const wait = found === undefined ? context.failures.waitSeconds(request.address, request.now) : 0;
  if (wait > 0) throw tooManyFailures(wait);
  if (credentials.kind !== 'bearer') throw refuse('credentials that are no API token');
  if (found === undefined) throw refuse('unknown API token');
  if (found.revoked !== null) throw refuse(`API token "${found.name}" was revoked`);
  if (found.expires <= request.now) throw refuse(`API token "${found.name}" has expired`);
  context.lastUse.note('apiToken', found.id, request.now, request.address);
  return found;
}

function find(tokens: readonly ApiToken[], presented: string): ApiToken | undefined {
  const prefix = presented.slice(0, PREFIX_LENGTH);
  const digest = hash('sha256', presented, 'buffer');
  return tokens.find((token) => {
    if (token.prefix !== prefix) return false;
    const expected = Buffer.from(token.sha256, 'hex');
    return expected.length === digest.length && timingSafeEqual(expected, digest);
  });
}

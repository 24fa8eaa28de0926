import { hash, timingSafeEqual } from 'node:crypto';
import type { IdentityServer } from '../store/contract.ts';
import type { Authentication } from './authentication.ts';
import { type AuthenticationFailed, tooManyFailures, unauthenticated } from './authentication-failed.ts';
import { readCredentials } from './credentials.ts';
import { verifyPassword } from './password.ts';
import type { AuthenticationRequest, Principal } from './principal.ts';
import { FULL_SCOPE } from './scope.ts';

const CHALLENGE = 'Basic realm="scim", charset="UTF-8"';
/** A right password is hashed again after this time. */
const REMEMBER = 60_000;

/** User name and password (RFC 7617). The hash is computed off the main thread, and remembered for a minute. */
export function authenticateBasic(
  context: Authentication,
  server: IdentityServer,
  request: AuthenticationRequest,
): Principal | Promise<Principal> {
  const refuse = (reason: string): AuthenticationFailed => {
    context.failures.failed(request.address, request.now);
    return unauthenticated(reason, CHALLENGE);
  };
  const credentials = readCredentials(request.authorization);
  if (credentials.kind === 'absent') throw unauthenticated('no credentials', CHALLENGE);
  if (credentials.kind === 'malformed' && credentials.scheme === 'basic') throw refuse('malformed Basic credentials');
  if (credentials.kind !== 'basic') {
    const scheme = credentials.kind === 'bearer' ? 'bearer' : credentials.scheme;
    throw unauthenticated(`credentials of the scheme ${scheme} where basic is asked for`, CHALLENGE);
  }
  const { basic } = server;
  if (basic === null) throw refuse(`no password yet: run rollcall identity-server credentials ${server.slug}`);

  const { userName, password } = credentials;
  const principal: Principal = {
    kind: 'basic',
    tokenId: undefined,
    tokenName: basic.userName,
    userName: basic.userName,
    scope: FULL_SCOPE,
    notes: [],
  };
  // The stored hash is part of the key: a new password makes what was remembered of the old one worthless.
  const digest = hash('sha256', JSON.stringify([server.id, basic.hash, userName, password]), 'base64url');
  const until = context.checkedPasswords.get(digest) ?? 0;
  if (request.now < until && until - request.now <= REMEMBER) return principal;

  const wait = context.failures.waitSeconds(request.address, request.now);
  if (wait > 0) throw tooManyFailures(wait);
  return checkOnce(context, digest, password, basic.hash).then((passwordRight) => {
    // The password is hashed for a wrong user name too: both take the same time.
    if (!equal(userName, basic.userName)) throw refuse('wrong user name');
    if (!passwordRight) throw refuse('wrong password');
    context.checkedPasswords.set(digest, request.now + REMEMBER);
    return principal;
  });
}

function checkOnce(context: Authentication, digest: string, password: string, stored: string): Promise<boolean> {
  const running = context.passwordChecks.get(digest);
  if (running !== undefined) return running;
  const check = verifyPassword(password, stored).finally(() => context.passwordChecks.delete(digest));
  context.passwordChecks.set(digest, check);
  return check;
}

function equal(given: string, expected: string): boolean {
  const digest = (text: string) => hash('sha256', text, 'buffer');
  return timingSafeEqual(digest(given), digest(expected));
}

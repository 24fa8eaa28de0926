import { hash } from 'node:crypto';
import type { Note } from '@rollcall/scim';
import type { IdentityServer, Token } from '../store/contract.ts';
import type { Authentication, CheckedToken } from './authentication.ts';
import {
  type AuthenticationFailed,
  tokenInUrl,
  tokenInvalid,
  tooManyFailures,
  unauthenticated,
} from './authentication-failed.ts';
import { readCredentials } from './credentials.ts';
import { networkList } from './network.ts';
import type { AuthenticationRequest, Principal } from './principal.ts';
import { type TokenFault, verifyToken } from './scim-token.ts';

const CHALLENGE = 'Bearer realm="scim"';

const FAULTS: Readonly<Record<TokenFault, string>> = {
  malformed: 'malformed token',
  'wrong key': 'token signed with another key: of another installation, or from before the keys file was replaced',
  'wrong signature': 'token with a wrong signature',
  'wrong type': 'a JWT that is no access token',
  'wrong issuer': 'token of another installation',
  expired: 'expired token',
};

const DOUBLED: readonly Note[] = [{ quirk: 'bearer-twice', detail: 'Authorization: Bearer Bearer ...' }];

/** One request that wants in. */
interface Attempt {
  readonly context: Authentication;
  readonly server: IdentityServer;
  readonly request: AuthenticationRequest;
  readonly notes: readonly Note[];
}

/**
 * A token of Rollcall's own (RFC 6750). Its signature is checked once (114-288 µs); until it expires it is then found
 * by its SHA-256. Whether it is revoked is looked up every time, so that a revocation counts at once.
 */
export function authenticateBearer(
  context: Authentication,
  server: IdentityServer,
  request: AuthenticationRequest,
): Principal | Promise<Principal> {
  if (/(?:^|&)access_token=/i.test(request.query ?? '')) throw tokenInUrl(CHALLENGE);
  const attempt: Attempt = { context, server, request, notes: [] };
  const { token, doubled } = readToken(attempt);
  if (!doubled) return signIn(attempt, token);
  if (server.settings.compatibility === 'tolerant') return signIn({ ...attempt, notes: DOUBLED }, token);
  throw refuse(attempt, "the word Bearer twice: put the token alone into the identity provider's secret field");
}

function readToken(attempt: Attempt): { readonly token: string; readonly doubled: boolean } {
  const credentials = readCredentials(attempt.request.authorization);
  if (credentials.kind === 'bearer') return credentials;
  if (credentials.kind === 'absent') throw unauthenticated('no credentials', CHALLENGE);
  if (credentials.kind === 'malformed' && credentials.scheme === 'bearer') throw refuse(attempt, FAULTS.malformed);
  const scheme = credentials.kind === 'basic' ? 'basic' : credentials.scheme;
  throw unauthenticated(`credentials of the scheme ${scheme} where bearer is asked for`, CHALLENGE);
}

function signIn(attempt: Attempt, token: string): Principal | Promise<Principal> {
  const { context, request } = attempt;
  const digest = hash('sha256', token, 'base64url');
  const checked = context.checkedTokens.get(digest);
  if (checked !== undefined) return admitKnown(attempt, digest, checked);

  const wait = context.failures.waitSeconds(request.address, request.now);
  if (wait > 0) throw tooManyFailures(wait);
  const expected = { installation: context.registry.installation, now: request.now };
  return verifyToken(context.keys, token, expected).then((verified) => {
    if (!verified.ok) throw refuse(attempt, FAULTS[verified.fault]);
    context.checkedTokens.set(digest, verified);
    return admitKnown(attempt, digest, verified);
  });
}

/** A token with the right signature that is not known here may have been issued by another process a moment ago. */
function admitKnown(attempt: Attempt, digest: string, checked: CheckedToken): Principal | Promise<Principal> {
  const { registry } = attempt.context;
  if (registry.token(checked.tokenId) !== undefined) return admit(attempt, digest, checked);
  return registry.catchUp().then(() => admit(attempt, digest, checked));
}

function admit(attempt: Attempt, digest: string, checked: CheckedToken): Principal {
  const { context, server, request, notes } = attempt;
  const token = context.registry.token(checked.tokenId);
  // One that is sent to the wrong place is still known to be right in its own: whatever else its address sends.
  if (token === undefined || isOver(token, checked, request.now)) context.checkedTokens.delete(digest);
  const objection = objectionTo(token, checked, server, request);
  if (objection !== undefined || token === undefined) throw refuse(attempt, objection ?? FAULTS.malformed);
  context.lastUse.note('token', token.id, request.now, request.address);
  const { id, name, scope } = token;
  return { kind: 'token', tokenId: id, tokenName: name, userName: undefined, scope, notes };
}

function refuse({ context, request }: Attempt, reason: string): AuthenticationFailed {
  context.failures.failed(request.address, request.now);
  return tokenInvalid(reason, CHALLENGE);
}

// A rotation shortens the life that the token itself tells of.
const endOf = (token: Token, checked: CheckedToken): number => Math.min(checked.expires, token.expires);

const isOver = (token: Token, checked: CheckedToken, now: number): boolean =>
  token.revoked !== null || endOf(token, checked) <= now;

function objectionTo(
  token: Token | undefined,
  checked: CheckedToken,
  server: IdentityServer,
  request: AuthenticationRequest,
): string | undefined {
  if (token === undefined) return `unknown token (id ${checked.tokenId}): this database has no record of it`;
  const name = `token "${token.name}" (id ${token.id})`;
  if (checked.serverId !== server.id || token.server !== server.key) return `${name} is for another identity server`;
  if (token.revoked !== null) return `${name} was revoked on ${iso(token.revoked)}`;
  const end = endOf(token, checked);
  if (end <= request.now) {
    const replacement = token.replacedBy === null ? '' : `; token ${token.replacedBy} has replaced it`;
    return `${name} expired on ${iso(end)}${replacement}`;
  }
  if (!mayUse(token, request.address)) return `${name} may not be used from the network of ${request.address}`;
  return undefined;
}

const networks = new WeakMap<Token, (address: string) => boolean>();

function mayUse(token: Token, address: string): boolean {
  if (token.networks.length === 0) return true;
  const known = networks.get(token);
  if (known !== undefined) return known(address);
  const list = networkList(token.networks);
  networks.set(token, list);
  return list(address);
}

const iso = (time: number): string => new Date(time).toISOString();

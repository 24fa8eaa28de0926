import { errors, jwtVerify, SignJWT } from 'jose';
import type { Keys } from './keys.ts';

const ALGORITHM = 'ES256';
/** Explicit typing (RFC 8725 §3.11, RFC 9068 §2.1): no other JWT of this installation is taken for an access token. */
const TYPE = 'at+jwt';
/** Nobody's token is longer; anything beyond is refused before it is looked at. */
export const MAX_TOKEN_LENGTH = 600;

export interface TokenClaims {
  /** The installation's id: the issuer. */
  readonly installation: string;
  /** The identity server's id: the audience. Never its slug or URL, which may change. */
  readonly serverId: string;
  readonly tokenId: string;
  /** Milliseconds; a JWT counts in whole seconds. */
  readonly issued: number;
  readonly expires: number;
}

/** What is wrong with a token; for the request log only. */
export type TokenFault = 'malformed' | 'wrong key' | 'wrong signature' | 'wrong type' | 'wrong issuer' | 'expired';

export type VerifiedToken =
  | { readonly ok: true; readonly serverId: string; readonly tokenId: string; readonly expires: number }
  | { readonly ok: false; readonly fault: TokenFault };

/** A SCIM token: a JWT (RFC 9068 shape) of about 400 characters, signed with ES256. */
export function issueToken(keys: Keys, claims: TokenClaims): Promise<string> {
  return new SignJWT()
    .setProtectedHeader({ alg: ALGORITHM, typ: TYPE, kid: keys.signing.id })
    .setIssuer(claims.installation)
    .setAudience(claims.serverId)
    .setJti(claims.tokenId)
    .setIssuedAt(Math.floor(claims.issued / 1000))
    .setExpirationTime(Math.floor(claims.expires / 1000))
    .sign(keys.signing.privateKey);
}

/**
 * Checks signature, type, issuer and time (RFC 8725 §3, RFC 7519 §4.1.4). Whether the token is for the identity
 * server that was asked, and not revoked, is the caller's to see: the answer is kept for as long as the token lives.
 */
export async function verifyToken(
  keys: Keys,
  token: string,
  expected: { readonly installation: string; readonly now: number },
): Promise<VerifiedToken> {
  if (token.length > MAX_TOKEN_LENGTH) return { ok: false, fault: 'malformed' };
  try {
    const { payload } = await jwtVerify(token, keys.signing.publicKey, {
      algorithms: [ALGORITHM],
      typ: TYPE,
      issuer: expected.installation,
      currentDate: new Date(expected.now),
      requiredClaims: ['aud', 'jti', 'exp', 'iat'],
    });
    const { aud, jti, exp } = payload;
    // A security event token is no access token, whoever signed it (RFC 8417 §4.7).
    if ('events' in payload) return { ok: false, fault: 'wrong type' };
    if (typeof aud !== 'string' || jti === undefined || exp === undefined) return { ok: false, fault: 'malformed' };
    return { ok: true, serverId: aud, tokenId: jti, expires: exp * 1000 };
  } catch (error) {
    if (!(error instanceof errors.JOSEError)) throw error;
    return { ok: false, fault: faultOf(error, token, keys) };
  }
}

function faultOf(error: errors.JOSEError, token: string, keys: Keys): TokenFault {
  if (error instanceof errors.JWTExpired) return 'expired';
  if (error instanceof errors.JWSSignatureVerificationFailed) {
    return keyIdOf(token) === keys.signing.id ? 'wrong signature' : 'wrong key';
  }
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === 'iss') return 'wrong issuer';
    if (error.claim === 'typ') return 'wrong type';
  }
  return 'malformed';
}

function keyIdOf(token: string): unknown {
  const header: unknown = JSON.parse(Buffer.from(token.slice(0, token.indexOf('.')), 'base64url').toString());
  return typeof header === 'object' && header !== null && 'kid' in header ? header.kid : undefined;
}

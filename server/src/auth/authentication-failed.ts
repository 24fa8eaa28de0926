import { ScimError } from '@rollcall/scim';

/** What the client learns: the same words for every wrong credential, so that none can be told from another. */
const PUBLIC = 'Authentication failed.';

/** Credentials that were refused: a SCIM error for the client, and the exact reason for the request log alone. */
export class AuthenticationFailed extends ScimError {
  readonly reason: string;
  /** The value of `WWW-Authenticate`; undefined when asking again with other credentials is not the answer (429). */
  readonly challenge: string | undefined;

  constructor(status: 400 | 401 | 429, reason: string, detail: string, headers: Record<string, string>) {
    super(status, undefined, detail, headers);
    this.name = 'AuthenticationFailed';
    this.reason = reason;
    this.challenge = headers['www-authenticate'];
  }
}

/** A challenge without an error code: no credentials, those of another scheme (RFC 6750 §3.1), any Basic failure. */
export const unauthenticated = (reason: string, challenge: string) =>
  new AuthenticationFailed(401, reason, PUBLIC, { 'www-authenticate': challenge });

/** Wrong, expired, revoked or foreign: `invalid_token` (RFC 6750 §3.1). */
export const tokenInvalid = (reason: string, realm: string) =>
  new AuthenticationFailed(401, reason, PUBLIC, { 'www-authenticate': `${realm}, error="invalid_token"` });

/** A token in the URL ends up in logs and histories on its way; RFC 6750 §2.3 advises against it. */
export const tokenInUrl = (challenge: string) =>
  new AuthenticationFailed(
    400,
    'a token in the URL',
    'A token in the URL is refused; send it in the Authorization header, and replace it: it may have been logged.',
    { 'www-authenticate': `${challenge}, error="invalid_request"` },
  );

/** Too many wrong credentials from one address. */
export const tooManyFailures = (seconds: number) =>
  new AuthenticationFailed(
    429,
    'too many failed sign-ins from this address',
    `Too many failed sign-ins; try again in ${seconds} seconds.`,
    { 'retry-after': String(seconds) },
  );

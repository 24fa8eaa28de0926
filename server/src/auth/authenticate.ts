import type { IdentityServer, SecurityMethod } from '../store/contract.ts';
import type { Authentication } from './authentication.ts';
import { authenticateBasic } from './basic.ts';
import { authenticateBearer } from './bearer.ts';
import { type AuthenticationMethod, type AuthenticationRequest, type Principal, unnamed } from './principal.ts';
import { FULL_SCOPE } from './scope.ts';

export type { AuthenticationRequest, Principal } from './principal.ts';

const ANYBODY = unnamed(FULL_SCOPE);

const METHODS: Readonly<Record<SecurityMethod, AuthenticationMethod>> = {
  none: () => ANYBODY,
  basic: authenticateBasic,
  bearer: authenticateBearer,
};

/**
 * Who sends a request, by the identity server's security method. Credentials that were checked before are answered at
 * once, others with a promise. Throws AuthenticationFailed: 401 with a challenge, 400 for a token in the URL, 429 when
 * the address has sent too many wrong ones (credentials known to be right still pass).
 */
export function authenticate(
  context: Authentication,
  server: IdentityServer,
  request: AuthenticationRequest,
): Principal | Promise<Principal> {
  return METHODS[server.settings.security](context, server, request);
}

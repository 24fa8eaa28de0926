import type { Note } from '@rollcall/scim';
import type { IdentityServer, TokenScope } from '../store/contract.ts';
import type { Authentication } from './authentication.ts';

/** Who sends a request, and what it may do. */
export interface Principal {
  readonly kind: 'token' | 'basic' | 'none';
  readonly tokenId: string | undefined;
  /** For the request log: the token's name, or the user name that was signed in with. */
  readonly tokenName: string | undefined;
  /** The user name that was signed in with; a token stands for no user. */
  readonly userName: string | undefined;
  readonly scope: TokenScope;
  /** What had to be straightened in the credentials. */
  readonly notes: readonly Note[];
}

/** Who has given no credentials, with what is allowed all the same. */
export const unnamed = (scope: TokenScope): Principal => ({
  kind: 'none',
  tokenId: undefined,
  tokenName: undefined,
  userName: undefined,
  scope,
  notes: [],
});

/** The part of a request that authentication looks at. */
export interface AuthenticationRequest {
  readonly authorization: string | undefined;
  /** The client's address, a trusted proxy's `X-Forwarded-For` already applied. */
  readonly address: string;
  /** The raw query string: a token in it is refused. */
  readonly query?: string | undefined;
  readonly now: number;
}

/** One way to authenticate. Throws AuthenticationFailed; answers at once when the credentials are known already. */
export type AuthenticationMethod = (
  context: Authentication,
  server: IdentityServer,
  request: AuthenticationRequest,
) => Principal | Promise<Principal>;

import type { ApiTokenView } from '../contract/api-token.ts';
import type { TokenView } from '../contract/token.ts';
import type { ApiToken, Token } from '../store/contract.ts';
import type { AdminContext } from './context.ts';
import { iso, isoOrNull } from './iso.ts';

/** A SCIM token as the admin API shows it: never the token itself. */
export function tokenView(context: AdminContext, token: Token): TokenView {
  return {
    id: token.id,
    identityServer: context.registry.byKey(token.server)?.slug ?? '',
    name: token.name,
    ...dates(context, token),
    scope: { ...token.scope },
    networks: [...token.networks],
    replacedBy: token.replacedBy,
  };
}

/** An API token as the admin API shows it. */
export function apiTokenView(context: AdminContext, token: ApiToken): ApiTokenView {
  const { id, name, prefix, access } = token;
  return { id, name, prefix, access, ...dates(context, token) };
}

function dates(context: AdminContext, token: Token | ApiToken) {
  const use = context.authentication.lastUse.of(token.id);
  return {
    state: stateOf(token, context.now()),
    createdAt: iso(token.created),
    expiresAt: iso(token.expires),
    revokedAt: isoOrNull(token.revoked),
    lastUsedAt: isoOrNull(use?.at ?? token.lastUsed),
    lastUsedFrom: use?.from ?? token.lastUsedFrom,
  };
}

function stateOf(token: Token | ApiToken, now: number): TokenView['state'] {
  if (token.revoked !== null) return 'revoked';
  return token.expires <= now ? 'expired' : 'active';
}

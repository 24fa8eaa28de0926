import type { FastifyInstance } from 'fastify';
import { isNetwork } from '../auth/network.ts';
import { issueToken } from '../auth/scim-token.ts';
import { FULL_SCOPE } from '../auth/scope.ts';
import {
  DEFAULT_LIFETIME,
  DEFAULT_OVERLAP,
  type IssuedTokenView,
  newTokenSchema,
  rotationSchema,
} from '../contract/token.ts';
import type { IdentityServer, Token, TokenScope } from '../store/contract.ts';
import type { AdminContext } from './context.ts';
import { findIdentityServer } from './find-identity-server.ts';
import { iso } from './iso.ts';
import { Problem } from './problem.ts';
import { tokenView } from './token-view.ts';

interface ByServer {
  readonly Params: { readonly server: string };
}

interface ById {
  readonly Params: { readonly token: string };
}

/** SCIM tokens: issue (the answer alone holds the JWT), list, show, rotate with overlap, revoke. */
export async function tokens(api: FastifyInstance, context: AdminContext): Promise<void> {
  const { registry } = context;
  const list = (wanted: (token: Token) => boolean) => ({
    tokens: registry
      .tokens()
      .filter(wanted)
      .map((token) => tokenView(context, token)),
  });

  api.get('/tokens', async () => list((token) => registry.byKey(token.server)?.removing === false));

  api.get<ByServer>('/identity-servers/:server/tokens', async (request) => {
    const { key } = findIdentityServer(registry, request.params.server);
    return list((token) => token.server === key);
  });

  api.post<ByServer>('/identity-servers/:server/tokens', async (request, reply) => {
    const input = newTokenSchema.parse(request.body);
    const server = findIdentityServer(registry, request.params.server);
    const scope = input.scope ?? FULL_SCOPE;
    checkScope(context, server, scope);
    const networks = input.networks ?? [];
    checkNetworks(networks);
    const token = newToken(context, server, {
      name: input.name,
      scope,
      networks,
      lifetime: input.expiresIn ?? DEFAULT_LIFETIME,
    });
    const jwt = await sign(context, server, token);
    await registry.change((settings) => settings.saveToken(token));
    const issued: IssuedTokenView = { ...tokenView(context, token), token: jwt };
    return reply.code(201).header('location', `/api/tokens/${token.id}`).send(issued);
  });

  api.get<ById>('/tokens/:token', async (request) => tokenView(context, find(context, request.params.token)));

  api.post<ById>('/tokens/:token/rotate', async (request, reply) => {
    const input = rotationSchema.parse(request.body ?? {});
    const issued = await registry.change(async (settings) => {
      const old = rotatable(context, request.params.token);
      const server = findIdentityServer(registry, registry.byKey(old.server)?.id ?? '');
      const token = newToken(context, server, {
        name: input.name ?? old.name,
        scope: old.scope,
        networks: old.networks,
        lifetime: input.expiresIn ?? old.expires - old.created,
      });
      const jwt = await sign(context, server, token);
      const expires = Math.min(old.expires, context.now() + (input.overlap ?? DEFAULT_OVERLAP));
      // The new one first: whatever happens in between, one of the two works.
      await settings.saveToken(token);
      await settings.saveToken({ ...old, expires, replacedBy: token.id });
      const answer: IssuedTokenView = {
        ...tokenView(context, token),
        token: jwt,
        replaces: { id: old.id, expiresAt: iso(expires) },
      };
      return answer;
    });
    return reply.code(201).header('location', `/api/tokens/${issued.id}`).send(issued);
  });

  api.post<ById>('/tokens/:token/revoke', async (request) => {
    await registry.change(async (settings) => {
      const token = find(context, request.params.token);
      if (token.revoked === null) await settings.saveToken({ ...token, revoked: context.now() });
    });
    return tokenView(context, find(context, request.params.token));
  });
}

interface TokenInput {
  readonly name: string;
  readonly scope: TokenScope;
  readonly networks: readonly string[];
  readonly lifetime: number;
}

function newToken(context: AdminContext, server: IdentityServer, input: TokenInput): Token {
  // A JWT counts in whole seconds; the record says the same.
  const now = Math.floor(context.now() / 1000) * 1000;
  return {
    id: context.newId(),
    server: server.key,
    name: input.name,
    scope: input.scope,
    networks: input.networks,
    created: now,
    expires: now + Math.floor(input.lifetime / 1000) * 1000,
    revoked: null,
    replacedBy: null,
    lastUsed: null,
    lastUsedFrom: null,
  };
}

const sign = (context: AdminContext, server: IdentityServer, token: Token): Promise<string> =>
  issueToken(context.keys, {
    installation: context.registry.installation,
    serverId: server.id,
    tokenId: token.id,
    issued: token.created,
    expires: token.expires,
  });

function find(context: AdminContext, id: string): Token {
  const token = context.registry.token(id);
  if (token !== undefined && context.registry.byKey(token.server)?.removing === false) return token;
  throw new Problem('not-found', `There is no token ${id}; rollcall token list shows them.`);
}

function rotatable(context: AdminContext, id: string): Token {
  const token = find(context, id);
  if (token.revoked !== null) {
    throw new Problem('not-usable', 'The token was revoked; issue a new one with rollcall token add.');
  }
  if (token.replacedBy !== null) {
    throw new Problem('not-usable', `The token was rotated already; rotate its successor ${token.replacedBy}.`);
  }
  return token;
}

function checkScope(context: AdminContext, server: IdentityServer, scope: TokenScope): void {
  const { resourceTypes } = context.registry.catalogue(server);
  const unknown = Object.keys(scope).find((type) => type !== '*' && !resourceTypes.has(type));
  if (unknown === undefined) return;
  const detail = `"${unknown}" is no resource type here; use ${[...resourceTypes.keys()].join(', ')} or *.`;
  throw new Problem('invalid-request', detail, { field: 'scope' });
}

function checkNetworks(networks: readonly string[]): void {
  const wrong = networks.find((network) => !isNetwork(network));
  if (wrong === undefined) return;
  const detail = `"${wrong}" is no network; write it as 192.0.2.0/24 or 2001:db8::/32.`;
  throw new Problem('invalid-request', detail, { field: 'networks' });
}

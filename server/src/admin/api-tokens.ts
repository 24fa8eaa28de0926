import type { FastifyInstance } from 'fastify';
import { newApiToken } from '../auth/api-token.ts';
import { type IssuedApiTokenView, newApiTokenSchema } from '../contract/api-token.ts';
import { DEFAULT_LIFETIME } from '../contract/token.ts';
import type { ApiToken } from '../store/contract.ts';
import type { AdminContext } from './context.ts';
import { Problem } from './problem.ts';
import { apiTokenView } from './token-view.ts';

interface ById {
  readonly Params: { readonly token: string };
}

/** `/api/api-tokens`: tokens for this API over TCP. The token itself is in the answer that makes it and nowhere else. */
export async function apiTokens(api: FastifyInstance, context: AdminContext): Promise<void> {
  const { registry } = context;

  api.get('/api-tokens', async () => ({
    apiTokens: registry.apiTokens().map((token) => apiTokenView(context, token)),
  }));

  api.post('/api-tokens', async (request, reply) => {
    const input = newApiTokenSchema.parse(request.body);
    const { token, prefix, sha256 } = newApiToken();
    const created = context.now();
    const record: ApiToken = {
      id: context.newId(),
      name: input.name,
      prefix,
      sha256,
      access: input.access ?? 'write',
      created,
      expires: created + (input.expiresIn ?? DEFAULT_LIFETIME),
      revoked: null,
      lastUsed: null,
      lastUsedFrom: null,
    };
    await registry.change((settings) => settings.saveApiToken(record));
    const issued: IssuedApiTokenView = { ...apiTokenView(context, record), token };
    return reply.code(201).send(issued);
  });

  api.post<ById>('/api-tokens/:token/revoke', async (request) => {
    const { token: id } = request.params;
    await registry.change(async (settings) => {
      const token = find(context, id);
      if (token.revoked === null) await settings.saveApiToken({ ...token, revoked: context.now() });
    });
    return apiTokenView(context, find(context, id));
  });
}

function find(context: AdminContext, id: string): ApiToken {
  const token = context.registry.apiToken(id);
  if (token !== undefined) return token;
  throw new Problem('not-found', `There is no API token ${id}; rollcall api-token list shows them.`);
}

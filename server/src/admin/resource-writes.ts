import type { FastifyInstance, FastifyRequest } from 'fastify';
import { scimBodySchema } from '../contract/resource.ts';
import type { AdminContext } from './context.ts';
import { findIdentityServer } from './find-identity-server.ts';
import { findResourceType } from './find-resource-type.ts';
import { relayScim } from './relay-scim.ts';

interface ByType {
  readonly Params: { readonly server: string; readonly type: string };
}

interface ById {
  readonly Params: { readonly server: string; readonly type: string; readonly id: string };
}

/** Users, groups and other resources, written by hand through the SCIM operations, with their rules and errors. */
export async function resourceWrites(api: FastifyInstance, context: AdminContext): Promise<void> {
  const options = { bodyLimit: context.config.maxBody, config: { role: 'administrator' } } as const;

  api.post<ByType>('/identity-servers/:server/resources/:type', options, async (request, reply) => {
    const body = JSON.stringify(scimBodySchema.parse(request.body));
    const server = findIdentityServer(context.registry, request.params.server);
    const { endpoint } = findResourceType(context, server, request.params.type);
    return relayScim(context, reply, server, { method: 'POST', path: endpoint, query: '', body });
  });

  api.route<ById>({
    ...options,
    method: ['PUT', 'PATCH'],
    url: '/identity-servers/:server/resources/:type/:id',
    handler: async (request, reply) => {
      const body = JSON.stringify(scimBodySchema.parse(request.body));
      const { server, path } = findResource(context, request);
      const { method } = request;
      return relayScim(context, reply, server, { method, path, query: '', body, headers: preconditions(request) });
    },
  });

  api.delete<ById>('/identity-servers/:server/resources/:type/:id', options, async (request, reply) => {
    const { server, path } = findResource(context, request);
    const call = { method: 'DELETE', path, query: '', headers: preconditions(request) };
    return relayScim(context, reply, server, call);
  });
}

function findResource(context: AdminContext, { params }: FastifyRequest<ById>) {
  const server = findIdentityServer(context.registry, params.server);
  const { endpoint } = findResourceType(context, server, params.type);
  return { server, path: `${endpoint}/${encodeURIComponent(params.id)}` };
}

const preconditions = ({ headers }: FastifyRequest<ById>) => ({
  'if-match': headers['if-match'],
  'if-none-match': headers['if-none-match'],
});

import type { FastifyInstance } from 'fastify';
import { resourceQuerySchema, resourceShapeSchema } from '../contract/resource.ts';
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

/** Users, groups and other resources, read through the SCIM operations. `{type}` is `User`, `users` or an endpoint. */
export async function resources(api: FastifyInstance, context: AdminContext): Promise<void> {
  const { registry } = context;

  api.get<ByType>('/identity-servers/:server/resources/:type', async (request, reply) => {
    const parameters = resourceQuerySchema.parse(request.query);
    const server = findIdentityServer(registry, request.params.server);
    const { endpoint } = findResourceType(context, server, request.params.type);
    return relayScim(context, reply, server, { method: 'GET', path: endpoint, query: queryText(parameters) });
  });

  api.get<ById>('/identity-servers/:server/resources/:type/:id', async (request, reply) => {
    const query = queryText(resourceShapeSchema.parse(request.query));
    const server = findIdentityServer(registry, request.params.server);
    const { endpoint } = findResourceType(context, server, request.params.type);
    const path = `${endpoint}/${encodeURIComponent(request.params.id)}`;
    return relayScim(context, reply, server, { method: 'GET', path, query });
  });
}

function queryText(parameters: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return new URLSearchParams(given).toString();
}

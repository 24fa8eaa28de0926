import type { ResourceType } from '@rollcall/scim';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { resourceQuerySchema } from '../contract/resource.ts';
import type { IdentityServer } from '../store/contract.ts';
import type { AdminContext, ScimCall } from './context.ts';
import { findIdentityServer } from './find-identity-server.ts';
import { Problem } from './problem.ts';

interface ByType {
  readonly Params: { readonly server: string; readonly type: string };
}

interface ById {
  readonly Params: { readonly server: string; readonly type: string; readonly id: string };
}

const errorBody = z.looseObject({ detail: z.string() });

/** Users, groups and other resources, read through the SCIM operations. `{type}` is `User`, `users` or an endpoint. */
export async function resources(api: FastifyInstance, context: AdminContext): Promise<void> {
  const { registry } = context;

  api.get<ByType>('/identity-servers/:server/resources/:type', async (request, reply) => {
    const parameters = resourceQuerySchema.parse(request.query);
    const server = findIdentityServer(registry, request.params.server);
    const { endpoint } = findType(context, server, request.params.type);
    const given = Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined);
    const query = new URLSearchParams(given).toString();
    return relay(context, reply, server, { method: 'GET', path: endpoint, query });
  });

  api.get<ById>('/identity-servers/:server/resources/:type/:id', async (request, reply) => {
    const server = findIdentityServer(registry, request.params.server);
    const { endpoint } = findType(context, server, request.params.type);
    const path = `${endpoint}/${encodeURIComponent(request.params.id)}`;
    return relay(context, reply, server, { method: 'GET', path, query: '' });
  });
}

async function relay(context: AdminContext, reply: FastifyReply, server: IdentityServer, call: ScimCall) {
  const answer = await context.scim(server, call);
  if (answer.status < 400) return reply.header('content-type', 'application/json').send(answer.body);
  const { detail } = errorBody.parse(JSON.parse(answer.body));
  throw new Problem('scim-error', detail, { status: answer.status });
}

function findType(context: AdminContext, server: IdentityServer, name: string): ResourceType {
  const wanted = name.toLowerCase();
  const types = [...context.registry.catalogue(server).resourceTypes.values()];
  const type = types.find((one) => one.name.toLowerCase() === wanted || one.endpoint.toLowerCase() === `/${wanted}`);
  if (type !== undefined) return type;
  const known = types.map((one) => one.name).join(', ');
  throw new Problem('not-found', `There is no resource type "${name}" here; there are ${known}.`);
}

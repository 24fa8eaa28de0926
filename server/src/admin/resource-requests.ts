import type { FastifyInstance } from 'fastify';
import type { LogView } from '../contract/log.ts';
import { resourceRequestQuerySchema } from '../contract/resource.ts';
import type { Mention } from '../request-log/contract.ts';
import type { AdminContext } from './context.ts';
import { findIdentityServer } from './find-identity-server.ts';
import { findResourceType } from './find-resource-type.ts';
import { logEntryView } from './log-entry-view.ts';

interface ById {
  readonly Params: { readonly server: string; readonly type: string; readonly id: string };
}

/**
 * `GET …/resources/{type}/{id}/requests`: the requests that touched a resource, newest first, without their bodies: its
 * id is in their path, body or answer, or they look for its user name.
 */
export async function resourceRequests(api: FastifyInstance, context: AdminContext): Promise<void> {
  const options = { config: { role: 'auditor' } } as const;

  api.get<ById>(
    '/identity-servers/:server/resources/:type/:id/requests',
    options,
    async ({ query, params }): Promise<LogView> => {
      const asked = resourceRequestQuerySchema.parse(query);
      const server = findIdentityServer(context.registry, params.server);
      const type = findResourceType(context, server, params.type);
      const stored = await context.store.byId(server.key, type.name, params.id);
      const of: Mention[] = [{ kind: 'id', value: params.id }];
      // The label of who has groups is the user name.
      if (type.hasGroups && stored !== undefined) of.push({ kind: 'userName', value: stored.label });
      const entries = await context.requestLog.about({ server: server.key, of, ...asked });
      const next = entries.length < asked.limit ? null : (entries.at(-1)?.n ?? null);
      return { entries: entries.map(logEntryView), next };
    },
  );
}

import type { FastifyInstance } from 'fastify';
import { type HistoryView, historyQuerySchema } from '../contract/change.ts';
import type { Change } from '../store/contract.ts';
import { changeView } from './changes.ts';
import type { AdminContext } from './context.ts';
import { findIdentityServer } from './find-identity-server.ts';
import { findResourceType } from './find-resource-type.ts';

interface ById {
  readonly Params: { readonly server: string; readonly type: string; readonly id: string };
}

/**
 * `GET …/resources/{type}/{id}/history`: what happened to a resource, newest first, with the groups that it joined and
 * left; as far back as changes are kept, and also when it is gone.
 */
export async function resourceHistory(api: FastifyInstance, context: AdminContext): Promise<void> {
  const options = { config: { role: 'auditor' } } as const;

  api.get<ById>(
    '/identity-servers/:server/resources/:type/:id/history',
    options,
    async ({ query, params }): Promise<HistoryView> => {
      const { before = Number.MAX_SAFE_INTEGER, limit } = historyQuerySchema.parse(query);
      const { key } = findIdentityServer(context.registry, params.server);
      const { name } = findResourceType(context, findIdentityServer(context.registry, params.server), params.type);
      const { changes } = context.store;
      const [own, memberships] = await Promise.all([
        changes.of(key, params.id, before, limit + 1),
        changes.memberships(key, params.id, before, limit + 1),
      ]);
      // What lies before the point up to which memberships were looked for is for the next page.
      const end = memberships.complete ? 0 : memberships.lookedBackTo;
      const found = [
        ...own.filter(({ type, n }) => type === name && n >= end),
        ...memberships.changes.filter(({ id }) => id !== params.id),
      ].sort((a, b) => b.n - a.n);
      const page = found.slice(0, limit);
      const next = found.length > limit ? (page.at(-1)?.n ?? null) : end > 0 ? end : null;
      return { changes: page.map((change) => viewOf(change, params.id)), next };
    },
  );
}

const viewOf = (change: Change, id: string) =>
  change.id === id ? changeView(change) : { ...changeView(change), group: { id: change.id, label: change.label } };

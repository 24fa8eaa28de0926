import { GROUP_SCHEMA, USER_SCHEMA } from '@rollcall/scim';
import type { FastifyInstance } from 'fastify';
import type { IdentityServerStatistics } from '../contract/statistics.ts';
import type { IdentityServer } from '../store/contract.ts';
import type { AdminContext } from './context.ts';
import { findIdentityServer } from './find-identity-server.ts';
import { isoOrNull } from './iso.ts';

interface ByServer {
  readonly Params: { readonly server: string };
}

const DAY = 24 * 60 * 60_000;
const READ = { config: { role: 'auditor' } } as const;

/** `GET /api/identity-servers/{server}/statistics` */
export async function identityServerStatistics(api: FastifyInstance, context: AdminContext): Promise<void> {
  api.get<ByServer>('/identity-servers/:server/statistics', READ, async ({ params }) =>
    statisticsOf(context, findIdentityServer(context.registry, params.server)),
  );
}

/** Counted while it is written, in both databases: asking costs the same however much there is. */
export async function statisticsOf(
  { store, registry, requestLog, now }: AdminContext,
  server: IdentityServer,
): Promise<IdentityServerStatistics> {
  const counts = { users: 0, groups: 0, others: 0 };
  for (const { name, schema } of registry.catalogue(server).resourceTypes.values()) {
    const kind = schema.id === USER_SCHEMA ? 'users' : schema.id === GROUP_SCHEMA ? 'groups' : 'others';
    counts[kind] += await store.count(server.key, name);
  }
  const [hours, lastAt, logEntries] = await Promise.all([
    requestLog.statisticsByTime({ server: server.key, since: now() - DAY, bucketMs: DAY }),
    requestLog.lastAt(server.key),
    requestLog.count(server.key),
  ]);
  return {
    ...counts,
    requests24h: hours.reduce((sum, { total }) => sum + total, 0),
    errors24h: hours.reduce((sum, { clientErrors, serverErrors }) => sum + clientErrors + serverErrors, 0),
    lastRequestAt: isoOrNull(lastAt),
    logEntries,
  };
}

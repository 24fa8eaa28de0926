import type { FastifyInstance } from 'fastify';
import type { StatusView } from '../contract/status.ts';
import type { AdminContext } from './context.ts';
import { iso } from './iso.ts';

/** `GET /api/status`: what runs here, and how busy it is. */
export async function status(api: FastifyInstance, context: AdminContext): Promise<void> {
  const startedAt = iso(context.now());
  api.get('/status', async (): Promise<StatusView> => {
    return {
      version: context.version,
      installation: context.registry.installation,
      publicUrl: context.publicUrl(),
      startedAt,
      identityServers: context.registry.identityServers().length,
      store: { ...context.store.statistics() },
      requestLog: { ...context.requestLog.statistics() },
    };
  });
}

import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';

/** `/healthz`: the process answers. `/readyz`: it can also read its database and is not stopping. */
export async function healthEndpoints(app: FastifyInstance, context: Context): Promise<void> {
  let stopping = false;
  app.addHook('preClose', async () => {
    stopping = true;
  });
  app.get('/healthz', { exposeHeadRoute: true }, async () => ({ status: 'ok' }));
  app.get('/readyz', { exposeHeadRoute: true }, async (_request, reply) => {
    if (stopping) return reply.code(503).send({ status: 'stopping' });
    try {
      await context.store.settings.identityServers();
    } catch (error) {
      context.log.error({ error }, 'The database cannot be read');
      return reply.code(503).send({ status: 'database unavailable' });
    }
    return { status: 'ready' };
  });
}

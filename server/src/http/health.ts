import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';
import { StoreUnavailable } from '../store/contract.ts';

/** Milliseconds after which a database that has not answered counts as away: monitoring does not wait for long. */
const PATIENCE = 3000;

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
      await inTime(context.store.settings.version());
    } catch (error) {
      context.log.error({ error }, 'The database cannot be read');
      return reply
        .code(503)
        .header('retry-after', '5')
        .send({ status: 'database unavailable', reason: reasonOf(error) });
    }
    return { status: 'ready' };
  });
}

async function inTime(read: Promise<unknown>): Promise<void> {
  const timer = new AbortController();
  const late = pause(PATIENCE, undefined, { signal: timer.signal, ref: false }).then(() => {
    throw new StoreUnavailable(`It has not answered for ${PATIENCE / 1000} seconds`);
  });
  // Whichever comes second is not waited for.
  late.catch(() => undefined);
  read.catch(() => undefined);
  try {
    await Promise.race([read, late]);
  } finally {
    timer.abort();
  }
}

/** Anybody may read it: no more than our own words, and the code that the system or PostgreSQL gave. */
function reasonOf(error: unknown): string | undefined {
  if (!(error instanceof StoreUnavailable)) return undefined;
  const { cause } = error;
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' && /^[\w-]{1,40}$/.test(code) ? `${error.message} (${code})` : error.message;
}

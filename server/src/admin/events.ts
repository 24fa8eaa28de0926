import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { streamEvents } from '../events/event-stream.ts';
import { isStillAllowed } from './access.ts';
import type { AdminContext } from './context.ts';
import { Problem } from './problem.ts';

/** A browser opens six connections at most to one server: enough for a team that watches. */
const MOST_STREAMS = 100;

const named = z.looseObject({ application: z.string().optional() });

/** `GET /api/events`: says as it happens that something may have changed; and what this API itself changes is said. */
export async function events(api: FastifyInstance, context: AdminContext): Promise<void> {
  const stopping = new AbortController();
  api.addHook('preClose', async () => stopping.abort());
  api.addHook('onResponse', async (request, reply) => {
    const reads = request.method === 'GET' || request.method === 'HEAD';
    if (!reads && reply.statusCode < 400 && context.events.isHeard()) await announceChange(context, request);
  });

  // A HEAD would stay open and say nothing.
  api.get('/events', { exposeHeadRoute: false, config: { role: 'auditor' } }, async (request, reply) => {
    if (context.events.listeners() >= MOST_STREAMS) {
      const detail = `${MOST_STREAMS} readers watch already; close some, or ask again now and then instead.`;
      throw new Problem('too-many-requests', detail, { headers: { 'retry-after': '60' } });
    }
    reply.hijack();
    reply.raw.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      // nginx would gather the hints otherwise.
      'x-accel-buffering': 'no',
    });
    // Credentials may have been taken back since, or a session ended.
    streamEvents(reply.raw, context.events, stopping.signal, () => isStillAllowed(context, request));
  });
}

async function announceChange({ events, store }: AdminContext, request: FastifyRequest): Promise<void> {
  const { application: name } = named.parse(request.params);
  const all = name === undefined ? [] : await store.applications.list();
  const found = all.find(({ slug, id }) => slug === name || id === name);
  events.publish(found === undefined ? { event: 'overview' } : { event: 'application', application: found.slug });
}

import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { timeOf } from '../contract/duration.ts';
import { type LogQueryInput, type LogView, logQuerySchema } from '../contract/log.ts';
import type { LogQuery } from '../request-log/contract.ts';
import type { AdminContext } from './context.ts';
import { findIdentityServer } from './find-identity-server.ts';
import { logEntryView } from './log-entry-view.ts';

interface ByServer {
  readonly Params: { readonly server: string };
}

const EXPORT_PAGE = 500;
const READ = { config: { role: 'auditor' } } as const;

/** The request log of an identity server: search, count, export as JSON lines, clear. */
export async function log(api: FastifyInstance, context: AdminContext): Promise<void> {
  const { registry, requestLog } = context;

  api.get<ByServer>('/identity-servers/:server/log', async (request): Promise<LogView> => {
    const input = logQuerySchema.parse(request.query);
    const { key } = findIdentityServer(registry, request.params.server);
    const { entries, next } = await requestLog.page(queryOf(key, input, context.now()));
    return { entries: entries.map(logEntryView), next };
  });

  api.get<ByServer>('/identity-servers/:server/log/count', READ, async (request) => {
    const { key } = findIdentityServer(registry, request.params.server);
    return { count: await requestLog.count(key) };
  });

  api.get<ByServer>('/identity-servers/:server/log/export', async (request, reply) => {
    const input = logQuerySchema.omit({ limit: true, before: true, bodies: true }).parse(request.query);
    const { key } = findIdentityServer(registry, request.params.server);
    const query = queryOf(key, { ...input, limit: EXPORT_PAGE, bodies: true }, context.now());
    return reply.header('content-type', 'application/x-ndjson').send(Readable.from(lines(context, query)));
  });

  api.delete<ByServer>('/identity-servers/:server/log', async (request) => {
    const { key } = findIdentityServer(registry, request.params.server);
    return { cleared: await requestLog.clear(key) };
  });
}

// Oldest first, a page at a time: an export is as long as the log.
async function* lines(context: AdminContext, query: LogQuery): AsyncGenerator<string> {
  let after = query.after ?? 0;
  for (;;) {
    const { entries, next } = await context.requestLog.page({ ...query, after });
    if (entries.length > 0) yield entries.map((entry) => `${JSON.stringify(logEntryView(entry))}\n`).join('');
    if (next === null) return;
    after = next;
  }
}

function queryOf(server: number, input: LogQueryInput, now: number): LogQuery {
  const { since, until, ...rest } = input;
  return {
    ...rest,
    server,
    since: since === undefined ? undefined : timeOf(since, now),
    until: until === undefined ? undefined : timeOf(until, now),
  };
}

import type { FastifyInstance } from 'fastify';
import type { CurlView, LogEntryView } from '../contract/log.ts';
import type { AdminContext } from './context.ts';
import { curlOf } from './curl.ts';
import { findIdentityServer } from './find-identity-server.ts';
import { findLogEntry } from './find-log-entry.ts';
import { logEntryView } from './log-entry-view.ts';

interface ByNumber {
  readonly Params: { readonly server: string; readonly n: string };
}

const READ = { config: { role: 'auditor' } } as const;

/** One request of the log: whole, and as a command that sends it again. */
export async function logEntry(api: FastifyInstance, context: AdminContext): Promise<void> {
  const { registry } = context;

  api.get<ByNumber>('/identity-servers/:server/log/:n', READ, async ({ params }): Promise<LogEntryView> => {
    return logEntryView(await findLogEntry(context, findIdentityServer(registry, params.server), params.n));
  });

  api.get<ByNumber>('/identity-servers/:server/log/:n/curl', READ, async ({ params }): Promise<CurlView> => {
    const server = findIdentityServer(registry, params.server);
    return curlOf(await findLogEntry(context, server, params.n), server, context.publicUrl());
  });
}

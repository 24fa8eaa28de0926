import type { FastifyInstance } from 'fastify';
import { type ReplayView, replayRequestSchema } from '../contract/replay.ts';
import type { AdminContext } from './context.ts';
import { findIdentityServer } from './find-identity-server.ts';
import { findLogEntry } from './find-log-entry.ts';
import { recordReplay } from './record-replay.ts';
import { readResource, rehearseReplay, resourcePath } from './rehearse-replay.ts';
import { replayable } from './replayable.ts';
import { fromOf, whoOf } from './who.ts';

interface ByNumber {
  readonly Params: { readonly server: string; readonly n: string };
}

/**
 * `POST …/log/{n}/replay`: does a logged request again, or says what it would change now. The real one is a new entry of
 * the log, marked as a replay. Errors: `not-usable` for a request that is not there in full.
 */
export async function replay(api: FastifyInstance, context: AdminContext): Promise<void> {
  const options = { config: { role: 'administrator' } } as const;

  api.post<ByNumber>('/identity-servers/:server/log/:n/replay', options, async (request): Promise<ReplayView> => {
    const { dryRun } = replayRequestSchema.parse(request.body);
    const server = findIdentityServer(context.registry, request.params.server);
    const entry = await findLogEntry(context, server, request.params.n);
    const call = replayable(entry);
    // Also before the real one: it says what the resource was, and what else changes.
    const { answer, ...effect } = await rehearseReplay(context, server, call);
    if (dryRun) {
      return { dryRun, status: answer.status, responseBody: answer.body || null, ...effect, entry: null };
    }
    const began = performance.now();
    const real = await context.scim(server, call);
    const number = await recordReplay(context, server, entry, {
      answer: real,
      durationMs: performance.now() - began,
      who: whoOf(request),
      from: fromOf(request),
    });
    // What the rehearsal made has another id than what is there now.
    const after = await readResource(context, server, resourcePath(call, real), context.store);
    return { dryRun, status: real.status, responseBody: real.body || null, ...effect, after, entry: number };
  });
}

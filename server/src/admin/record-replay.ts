import type { StoredLogEntry } from '../request-log/contract.ts';
import type { IdentityServer } from '../store/contract.ts';
import type { AdminContext, ScimAnswer } from './context.ts';

interface Replayed {
  readonly answer: ScimAnswer;
  readonly durationMs: number;
  readonly who: string;
  /** null: through the data directory. */
  readonly from: string | null;
}

/** Puts a replay into the request log, marked as one; its number, or null where requests are not kept. */
export async function recordReplay(
  { requestLog, now, newId }: AdminContext,
  server: IdentityServer,
  original: StoredLogEntry,
  { answer, durationMs, who, from }: Replayed,
): Promise<number | null> {
  if (!server.settings.saveRequests) return null;
  const [id, at] = [newId(), now()];
  const { method, url, requestHeaders, requestBody } = original;
  requestLog.record({
    id,
    at,
    server: server.key,
    address: from ?? 'local',
    method,
    url,
    status: answer.status,
    durationMs,
    token: null,
    requestHeaders,
    requestBody,
    responseHeaders: answer.headers,
    responseBody: answer.body === '' ? null : answer.body,
    notes: [{ quirk: 'replay', detail: `of ${original.n} by ${who}` }, ...answer.notes],
    membersSkipped: answer.membersSkipped,
    reason: null,
  });
  const [entry] = await requestLog.search({ server: server.key, since: at, search: id, limit: 1, bodies: false });
  return entry?.n ?? null;
}

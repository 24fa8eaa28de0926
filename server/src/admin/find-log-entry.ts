import { z } from 'zod';
import type { StoredLogEntry } from '../request-log/contract.ts';
import type { IdentityServer } from '../store/contract.ts';
import type { AdminContext } from './context.ts';
import { Problem } from './problem.ts';

const number = z.coerce.number().int().min(1);

/** The entry of an identity server's request log that has this number. Errors: `not-found`, also for another server's. */
export async function findLogEntry(
  { requestLog }: AdminContext,
  server: IdentityServer,
  text: string,
): Promise<StoredLogEntry> {
  const { data } = number.safeParse(text);
  const entry = data === undefined ? undefined : await requestLog.entry(server.key, data);
  if (entry !== undefined) return entry;
  throw new Problem('not-found', `There is no request ${text} in the log of ${server.slug}; the oldest are removed.`);
}

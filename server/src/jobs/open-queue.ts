import type { Logger } from 'pino';
import { createInProcessQueue } from './in-process-queue.ts';
import { openPgBossQueue } from './pg-boss-queue.ts';
import type { Queue } from './queue.ts';

/** The queue of the installation: in the database that its processes share, or in the one process that it has. */
export function openQueue(
  { databaseUrl, shutdownTimeout }: { readonly databaseUrl?: string | undefined; readonly shutdownTimeout: number },
  log: Logger,
): Promise<Queue> {
  if (databaseUrl === undefined) return Promise.resolve(createInProcessQueue(log, shutdownTimeout));
  return openPgBossQueue({ url: databaseUrl, log, closePatience: shutdownTimeout });
}

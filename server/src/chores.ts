import { SESSION_IDLE, SESSION_LIFE } from './auth/session.ts';
import type { Context } from './context.ts';
import type { Queue } from './jobs/queue.ts';
import { credentialsNotice } from './mail/credentials-notice.ts';
import type { Notifier } from './mail/notify.ts';

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;
const ROWS_AT_A_TIME = 1000;

export interface Chores {
  /** Ends them; a step that runs is finished. */
  stop(): void;
}

/** Milliseconds after which nobody waits for what one process asked of another. */
const FORGOTTEN_REQUEST = 2 * HOUR;

/**
 * What is done now and then, by one process each time: the change feed, the logs of provisioning and ended sessions are pruned, and it is told whose credentials
 * are about to expire. Removed identity servers and applications are emptied by the admin API.
 */
export async function startChores(context: Context, queue: Queue, notify: Notifier['notify']): Promise<Chores> {
  const { applications, work } = context.store;
  let stopped = false;
  const prune = async () => {
    const before = context.now() - context.config.changeDays * DAY;
    while (!stopped && (await context.store.changes.prune(before, ROWS_AT_A_TIME)) === ROWS_AT_A_TIME);
  };
  const pruneLogs = async () => {
    const before = context.now() - context.config.logDays * DAY;
    while (!stopped && (await applications.prune(before, ROWS_AT_A_TIME)) === ROWS_AT_A_TIME);
  };
  const pruneSessions = async () => {
    const now = context.now();
    await context.store.administrators.prune({ created: now - SESSION_LIFE, lastUsed: now - SESSION_IDLE, now });
  };
  const warn = async () => {
    for (const application of await applications.list()) {
      const notice = credentialsNotice(application.connection?.expires ?? null, context.now());
      if (notice !== undefined && !application.removing) await notify(application, notice);
    }
  };
  const pruneRequests = () => work.requests.prune(FORGOTTEN_REQUEST);
  await queue.work('chores', async () => {
    for (const chore of [prune, pruneLogs, pruneSessions, pruneRequests, warn]) {
      await chore().catch((error: unknown) => context.log.error({ error }, 'A chore failed'));
    }
  });
  queue.every('chores', HOUR);
  return {
    stop() {
      stopped = true;
    },
  };
}

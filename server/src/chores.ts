import { SESSION_IDLE, SESSION_LIFE } from './auth/session.ts';
import type { Context } from './context.ts';
import { credentialsNotice } from './mail/credentials-notice.ts';
import type { Notifier } from './mail/notify.ts';

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;
const ROWS_AT_A_TIME = 1000;

export interface Chores {
  /** Ends them; a step that runs is finished. */
  stop(): Promise<void>;
}

/**
 * What is done now and then: the change feed, the logs of provisioning and ended sessions are pruned, and it is told whose credentials
 * are about to expire. Removed identity servers and applications are emptied by the admin API.
 */
export function startChores(context: Context, notify: Notifier['notify']): Chores {
  const { applications } = context.store;
  let running: Promise<void> = Promise.resolve();
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
      if (notice !== undefined && !application.removing) notify(application, notice);
    }
  };
  const timer = setInterval(() => {
    for (const chore of [prune, pruneLogs, pruneSessions, warn]) {
      running = running.then(chore).catch((error) => context.log.error({ error }, 'A chore failed'));
    }
  }, HOUR);
  timer.unref();
  return {
    async stop() {
      stopped = true;
      clearInterval(timer);
      await running;
    },
  };
}

import type { Context } from './context.ts';

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;
const ROWS_AT_A_TIME = 1000;

export interface Chores {
  /** Ends them; a step that runs is finished. */
  stop(): Promise<void>;
}

/** What is done now and then: the change feed is pruned. Removed identity servers are emptied by the admin API. */
export function startChores(context: Context): Chores {
  let running: Promise<void> = Promise.resolve();
  let stopped = false;
  const prune = async () => {
    const before = context.now() - context.config.changeDays * DAY;
    while (!stopped && (await context.store.changes.prune(before, ROWS_AT_A_TIME)) === ROWS_AT_A_TIME);
  };
  const timer = setInterval(() => {
    running = running.then(prune).catch((error) => context.log.error({ error }, 'The change feed could not be pruned'));
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

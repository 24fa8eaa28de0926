import { setTimeout as wait } from 'node:timers/promises';
import type { AdminContext } from './context.ts';

const ROWS_AT_A_TIME = 500;
/** Between two steps, so that other writers take turns. */
const PAUSE = 5;

/** Deletes what is kept of removed applications, in the background and in steps. Their targets stay as they are. */
export interface ApplicationRemoval {
  /** Begins with one, or with all that were left over from an earlier run. */
  begin(key: number): void;
  beginAll(): Promise<void>;
  /** Ends after the step that runs; the rest is done after the next start. */
  stop(): Promise<void>;
}

export function createApplicationRemoval(context: AdminContext): ApplicationRemoval {
  const running = new Map<number, Promise<void>>();
  let stopped = false;

  async function purge(key: number): Promise<void> {
    while (!stopped) {
      if (await context.store.applications.purge(key, ROWS_AT_A_TIME)) return;
      await wait(PAUSE);
    }
  }

  function begin(key: number): void {
    if (running.has(key) || stopped) return;
    const work = purge(key)
      .catch((error) => context.log.error({ error, application: key }, 'The removal of an application stopped'))
      .finally(() => running.delete(key));
    running.set(key, work);
  }

  return {
    begin,
    async beginAll() {
      for (const { key, removing } of await context.store.applications.list()) if (removing) begin(key);
    },
    async stop() {
      stopped = true;
      await Promise.all(running.values());
    },
  };
}

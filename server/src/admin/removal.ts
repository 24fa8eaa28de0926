import { setTimeout as wait } from 'node:timers/promises';
import type { AdminContext } from './context.ts';

const ROWS_AT_A_TIME = 500;
/** Between two steps, so that other writers take turns. */
const PAUSE = 5;

/** Deletes what removed identity servers held, in the background and in steps. */
export interface Removal {
  /** Begins with one, or with all that were left over from an earlier run. */
  begin(key: number): void;
  beginAll(): void;
  /** Ends after the step that runs; the rest is done after the next start. */
  stop(): Promise<void>;
}

export function createRemoval(context: AdminContext): Removal {
  const running = new Map<number, Promise<void>>();
  let stopped = false;

  async function purge(key: number): Promise<void> {
    await context.requestLog.clear(key);
    // One step at least, also of a command that ends before the log has answered: they get there together.
    do {
      if (await context.store.settings.purgeIdentityServer(key, ROWS_AT_A_TIME)) {
        await context.registry.refresh();
        return;
      }
      await wait(PAUSE);
    } while (!stopped);
  }

  function begin(key: number): void {
    if (running.has(key) || stopped) return;
    const work = purge(key)
      .catch((error) => context.log.error({ error, identityServer: key }, 'The removal of an identity server stopped'))
      .finally(() => running.delete(key));
    running.set(key, work);
  }

  return {
    begin,
    beginAll() {
      for (const server of context.registry.identityServers()) if (server.removing) begin(server.key);
    },
    async stop() {
      stopped = true;
      await Promise.all(running.values());
    },
  };
}

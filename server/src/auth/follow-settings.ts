import type { Signals } from '../store/signals.ts';
import type { Registry } from './registry.ts';

/** Milliseconds between two looks, for hints that did not come: a token that was revoked elsewhere lives no longer. */
const LOOK_EVERY = 500;
/** Last uses of tokens are written without a hint. */
const REFRESH_EVERY = 60_000;

/**
 * Keeps the registry up to date with what other processes write: at each hint, and by looking now and then. While the
 * database is away, it stays as it is. Returns what ends it.
 */
export function followSettings(registry: Registry, signals: Signals): () => Promise<void> {
  let running: Promise<void> | undefined;
  let again = false;

  async function look(): Promise<void> {
    do {
      again = false;
      await registry.catchUp().catch(() => undefined);
    } while (again);
    running = undefined;
  }
  function see(): void {
    if (running === undefined) running = look();
    else again = true;
  }

  const unsubscribe = signals.subscribe('settings', see);
  const looking = setInterval(() => {
    if (running === undefined) see();
  }, LOOK_EVERY);
  const refreshing = setInterval(() => void registry.refresh().catch(() => undefined), REFRESH_EVERY);
  looking.unref();
  refreshing.unref();
  return async () => {
    unsubscribe();
    clearInterval(looking);
    clearInterval(refreshing);
    await running;
  };
}

import { SIGN_IN_WINDOW } from '../config.ts';
import type { SharedLimits } from '../store/contract.ts';
import type { FailureLimit } from './failure-limit.ts';
import type { RateLimit } from './rate-limit.ts';

/** Milliseconds between two times; within one, each process takes what it believes to be left. */
const EVERY = 200;
/** Others' failures are asked for at least this often, also by a process that has none to tell of. */
const ASK_EVERY = 1000;
const PRUNE_EVERY = 60_000;
/** Windows that changed since the last time were told of late when a transaction was slow. */
const OVERLAP = 2000;

/**
 * Makes rate limits and sign-in failures count for all processes of a database: what this one has used goes up, what
 * all have used comes down, beside the requests. While the database is away each counts for itself. Returns what ends it.
 */
export function shareLimits(
  shared: SharedLimits,
  rateLimit: RateLimit,
  failures: FailureLimit,
  now: () => number,
): () => Promise<void> {
  let running: Promise<void> | undefined;
  let asked = -Infinity;
  let pruned = now();

  async function shareRates(): Promise<void> {
    const uses = rateLimit.taken();
    if (uses.length === 0) return;
    try {
      rateLimit.learn(uses, await shared.take(uses), now());
    } catch {
      rateLimit.untold(uses);
    }
  }

  async function shareFailures(): Promise<void> {
    const fresh = failures.untold();
    const at = now();
    if (fresh.length === 0 && Math.abs(at - asked) < ASK_EVERY) return;
    try {
      const since = Math.min(SIGN_IN_WINDOW, Math.abs(at - asked) + OVERLAP);
      failures.learn(await shared.fail(fresh, SIGN_IN_WINDOW, since), now());
      asked = at;
    } catch {
      failures.tellAgain(fresh);
    }
  }

  async function prune(): Promise<void> {
    if (Math.abs(now() - pruned) < PRUNE_EVERY) return;
    pruned = now();
    // What is left stays until the next time.
    await shared.prune().catch(() => undefined);
  }

  const timer = setInterval(() => {
    running ??= Promise.all([shareRates(), shareFailures(), prune()]).then(() => {
      running = undefined;
    });
  }, EVERY);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await running;
  };
}

import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { type ChangeWaiters, createChangeWaiters } from '../change-waiters.ts';
import type { Signals } from '../signals.ts';
import type { PostgresConnection } from './connection.ts';
import { prepared } from './prepared.ts';

const FIRST_LOOK = 10;
const LONGEST_PAUSE = 1000;

/** Every transaction below `ended` has ended, and none from `next` on has begun. */
const transactions = prepared((db, _: Record<never, never>) =>
  sql<{ ended: number; next: number }>`
    SELECT CAST(CAST(pg_snapshot_xmin(snapshot) AS text) AS bigint) AS ended,
      CAST(CAST(pg_snapshot_xmax(snapshot) AS text) AS bigint) AS next
    FROM pg_current_snapshot() AS snapshot`.compile(db),
);

export interface FeedWatch extends Pick<ChangeWaiters, 'wait' | 'watch'> {
  close(): void;
}

/**
 * Tells of changes when a hint comes, and once more when every transaction that ran at that time has ended: only then
 * does the feed show all of what was hinted at.
 */
export function createFeedWatch(connection: PostgresConnection, signals: Signals): FeedWatch {
  const waiters = createChangeWaiters();
  const closing = new AbortController();
  const hinted = new Set<number>();
  let following = false;

  async function follow(): Promise<void> {
    following = true;
    while (hinted.size > 0 && !closing.signal.aborted) {
      const servers = [...hinted];
      hinted.clear();
      const { next, ended } = await look();
      for (const server of servers) waiters.tell(server);
      if (ended >= next) continue;
      let wait = FIRST_LOOK;
      while (!closing.signal.aborted && (await look()).ended < next) {
        await pause(wait, undefined, { ref: false });
        wait = Math.min(wait * 2, LONGEST_PAUSE);
      }
      for (const server of servers) waiters.tell(server);
    }
    following = false;
  }

  /** While the database is away there is nothing to tell either. */
  async function look(): Promise<{ ended: number; next: number }> {
    while (!closing.signal.aborted) {
      const seen = await transactions.first(connection, {}).catch(() => undefined);
      if (seen !== undefined) return seen;
      await pause(LONGEST_PAUSE, undefined, { ref: false });
    }
    return { ended: 0, next: 0 };
  }

  const unsubscribe = signals.subscribe('changes', (subject) => {
    for (const server of subject === '' ? waiters.waited() : [Number(subject)]) hinted.add(server);
    if (!following) void follow();
  });

  return {
    wait: waiters.wait,
    watch: waiters.watch,
    close() {
      unsubscribe();
      closing.abort();
    },
  };
}

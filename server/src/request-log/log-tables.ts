import { setTimeout as pause } from 'node:timers/promises';
import { openPostgresLog } from '../store/postgres/log/postgres-log.ts';
import { keepable } from './keepable.ts';
import type { LogKeeper } from './keeper.ts';
import type { LogThreadOptions } from './message.ts';

/** Entries that one step removes: while it does, no process can store any. */
const STEP = 500;
/** Milliseconds between two looks of this process for what is too old or too much. */
const TRIM_INTERVAL = 1000;
/** And for counted minutes that are too old. */
const COUNTS_INTERVAL = 60 * 60_000;

/** Where, and how much is kept. */
export interface LogTablesOptions extends Omit<LogThreadOptions, 'place'> {
  readonly databaseUrl: string;
}

/** Keeps the log in a PostgreSQL database, which other processes write to as well. */
export function logTables({ databaseUrl, retention, bodyBytes }: LogTablesOptions): LogKeeper {
  const database = openPostgresLog(databaseUrl);
  const closing = new AbortController();
  let trimmedAt = Number.NEGATIVE_INFINITY;
  let countsTrimmedAt = Number.NEGATIVE_INFINITY;

  return {
    ...database,
    store: (entries, tallied) =>
      database.insert(
        entries.map((entry) => keepable(entry, bodyBytes)),
        tallied,
      ),
    async clear(server) {
      let cleared = 0;
      for (;;) {
        const removed = await database.removeOf(server, STEP);
        if (removed === 0 && !(await database.hasAny(server))) return cleared;
        cleared += removed;
      }
    },
    async trim() {
      const rest = trimmedAt + TRIM_INTERVAL - performance.now();
      if (rest > 0) await pause(rest, undefined, { signal: closing.signal });
      trimmedAt = performance.now();
      const before = Date.now() - retention.maxAgeMs;
      if (trimmedAt - countsTrimmedAt > COUNTS_INTERVAL) {
        await database.removeMinutes(before);
        countsTrimmedAt = trimmedAt;
      }
      while (!closing.signal.aborted && (await database.removeExcess(retention, STEP)) > 0);
      while (!closing.signal.aborted && (await database.removeBefore(before, STEP)) > 0);
    },
    async close() {
      closing.abort();
      await database.close();
    },
  };
}

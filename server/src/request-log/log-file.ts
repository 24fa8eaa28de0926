import { setImmediate as nextTurn } from 'node:timers/promises';
import { isDamaged, type LogDatabase, openLogDatabase, setAside } from '../store/log/log-database.ts';
import { keepable } from './keepable.ts';
import type { LogKeeper } from './keeper.ts';
import type { LogThreadOptions } from './message.ts';

/** Where, and how much is kept. */
export interface LogFileOptions extends Omit<LogThreadOptions, 'place'> {
  readonly file: string;
}

/** Entries that one step removes: a few milliseconds of work. */
const STEP = 500;
/** Pages that one step gives back to the file system. */
const PAGES = 1000;
/** Milliseconds between two looks for counted minutes that are too old. */
const COUNTS_INTERVAL = 60 * 60_000;
/** Milliseconds before a file that could not be opened is tried again. */
const RETRY = 1000;

interface OpenFile {
  readonly database: LogDatabase;
  /** Kept by counting along: a count over a million entries takes a moment. */
  rows: number;
  /** When counted minutes were last removed. */
  countsTrimmedAt: number;
}

/** Keeps the log in a file, which is opened when it is needed and opened again after a failure. */
export function logFile(options: LogFileOptions): LogKeeper {
  let current: OpenFile | undefined;
  let retryAt = 0;
  let isClosed = false;

  const opened = (): OpenFile => {
    if (current !== undefined) return current;
    if (isClosed || Date.now() < retryAt) throw new Error('its file is not open');
    retryAt = Date.now() + RETRY;
    const database = openLogDatabase(options.file);
    current = { database, rows: database.contents.rows(), countsTrimmedAt: 0 };
    return current;
  };

  const release = (): void => {
    current?.database.close();
    current = undefined;
  };

  /** After a failure the file is opened anew: it may have been moved, replaced or damaged. */
  const guarded = <T>(action: (file: OpenFile) => T): T => {
    const file = opened();
    try {
      return action(file);
    } catch (error) {
      release();
      if (isDamaged(error)) setAside(options.file);
      throw error;
    }
  };

  const remove = (file: OpenFile, removed: number): number => {
    file.rows -= removed;
    return removed;
  };

  const trimStep = (now: number): boolean =>
    guarded((file) => {
      const { contents, counts } = file.database;
      const { maxRows, maxBytes, maxAgeMs } = options.retention;
      if (now - file.countsTrimmedAt > COUNTS_INTERVAL) {
        counts.removeBefore(now - maxAgeMs);
        file.countsTrimmedAt = now;
      }
      const bytes = contents.bytes();
      // Entries are of about one size: of what is too much in bytes the same share is too much in rows.
      const tooBig = bytes > maxBytes ? Math.ceil((file.rows * (bytes - maxBytes)) / bytes) : 0;
      const excess = Math.max(file.rows - maxRows, tooBig);
      if (excess > 0 && remove(file, contents.removeOldest(Math.min(excess, STEP))) > 0) return true;
      return remove(file, contents.removeBefore(now - maxAgeMs, STEP)) > 0 || contents.shrink(PAGES);
    });

  const trim = async (): Promise<void> => {
    while (trimStep(Date.now())) await nextTurn();
  };

  return {
    store: async (entries, tallied) =>
      guarded((file) => {
        const stored = file.database.insert(
          entries.map((entry) => keepable(entry, options.bodyBytes)),
          tallied,
        );
        file.rows += stored;
        return stored;
      }),
    search: async (query, budget) => walk(opened().database.search(query), budget),
    about: async (query, budget) => walk(opened().database.entries.about(query), budget),
    entry: async (server, n) => guarded((file) => file.database.entries.byNumber(server, n)),
    lastAt: async (server) => guarded((file) => file.database.counts.lastAt(server)),
    count: async (server) => guarded((file) => file.database.contents.count(server)),
    statisticsByTime: async (query) => guarded((file) => file.database.counts.byTime(query)),
    async clear(server) {
      let cleared = 0;
      for (;;) {
        const removed = guarded((file) => remove(file, file.database.contents.removeOf(server, STEP)));
        if (removed === 0) break;
        cleared += removed;
        await nextTurn();
      }
      await trim();
      return cleared;
    },
    trim,
    async close() {
      isClosed = true;
      release();
    },
  };
}

/** What a search finds in its time, with a turn for others after each of its steps. */
async function walk<Found>(steps: Generator<Found, Found>, budget: number): Promise<Found> {
  const end = performance.now() + budget;
  for (;;) {
    const { done, value } = steps.next();
    if (done || performance.now() > end) return value;
    await nextTurn();
  }
}

import { isDamaged, type LogDatabase, openLogDatabase, setAside } from '../store/log/log-database.ts';
import { cap } from './cap.ts';
import type {
  LogPage,
  LogQuery,
  MentionQuery,
  StoredLogEntry,
  TalliedRequest,
  TimeBucket,
  TimeQuery,
} from './contract.ts';
import type { HandedEntry, LogThreadOptions } from './message.ts';
import { redact } from './redact.ts';

/** Entries that one step removes: a few milliseconds of work. */
const STEP = 500;
/** Pages that one step gives back to the file system. */
const PAGES = 1000;
/** Milliseconds between two looks for counted minutes that are too old. */
const COUNTS_INTERVAL = 60 * 60_000;
/** Milliseconds before a file that could not be opened is tried again. */
const RETRY = 1000;

/** The log's file, opened when it is needed and opened again after a failure. */
export interface LogFile {
  /** Redacts, caps and stores, and counts those that are not kept; says how many were stored. Throws when the file cannot be written. */
  store(entries: readonly HandedEntry[], tallied: readonly TalliedRequest[]): number;
  search(query: LogQuery): Generator<LogPage, LogPage>;
  entry(server: number, n: number): StoredLogEntry | undefined;
  about(query: MentionQuery): Generator<StoredLogEntry[], StoredLogEntry[]>;
  lastAt(server: number): number | null;
  count(server: number): number;
  statisticsByTime(query: TimeQuery): TimeBucket[];
  /** One step of removing a server's entries: how many it removed. */
  clear(server: number): number;
  /** One step of retention; whether there is more to do. */
  trim(now: number): boolean;
  close(): void;
}

interface OpenFile {
  readonly database: LogDatabase;
  /** Kept by counting along: a count over a million entries takes a moment. */
  rows: number;
  /** When counted minutes were last removed. */
  countsTrimmedAt: number;
}

/** Holds the file of these options; nothing is opened before the first use. */
export function logFile(options: LogThreadOptions): LogFile {
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

  return {
    store: (entries, tallied) =>
      guarded((file) => {
        const stored = file.database.insert(
          entries.map((entry) => keepable(entry, options.bodyBytes)),
          tallied,
        );
        file.rows += stored;
        return stored;
      }),
    search: (query) => opened().database.search(query),
    entry: (server, n) => guarded((file) => file.database.entries.byNumber(server, n)),
    about: (query) => opened().database.entries.about(query),
    lastAt: (server) => guarded((file) => file.database.counts.lastAt(server)),
    count: (server) => guarded((file) => file.database.contents.count(server)),
    statisticsByTime: (query) => guarded((file) => file.database.counts.byTime(query)),
    clear: (server) => guarded((file) => remove(file, file.database.contents.removeOf(server, STEP))),
    trim: (now) =>
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
      }),
    close: () => {
      isClosed = true;
      release();
    },
  };
}

/** What may stand on disk: no secrets, and of each body as much as is kept. Redacted first: a cut could hide a secret's name. */
function keepable(entry: HandedEntry, bodyBytes: number): HandedEntry {
  const redacted = redact(entry);
  const request = cap(redacted.requestBody ?? '', bodyBytes);
  const response = cap(redacted.responseBody ?? '', bodyBytes);
  return {
    ...redacted,
    requestBody: redacted.requestBody === null ? null : request.text,
    requestBodyCut: entry.requestBodyCut + request.cut,
    responseBody: redacted.responseBody === null ? null : response.text,
    responseBodyCut: entry.responseBodyCut + response.cut,
  };
}

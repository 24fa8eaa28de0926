import type {
  LogPage,
  LogQuery,
  MentionQuery,
  StoredLogEntry,
  TalliedRequest,
  TimeBucket,
  TimeQuery,
} from '../../../request-log/contract.ts';
import type { NewLogEntry } from '../../log/row.ts';
import { openPool } from '../pool.ts';
import { byTime, count, lastAt, removeMinutes } from './counts.ts';
import { about, byNumber } from './entries.ts';
import { insertBatch } from './insert.ts';
import { hasAny, type Most, removeBefore, removeExcess, removeOf } from './retention.ts';
import { search } from './search.ts';

/** Milliseconds until what is to be stored is dropped: until there is a connection, until it is stored, until it is known. */
const WRITING = { connections: 1, patience: 5000, statementTimeout: 5000, answerTimeout: 7000 };
/** Searches have connections of their own: nothing is stored later because somebody looks for something. */
const READING = { connections: 2, patience: 10_000, statementTimeout: 3000, answerTimeout: 5000 };

/** The request log's tables in PostgreSQL. Errors of all: StoreUnavailable. */
export interface PostgresLog {
  insert(entries: readonly NewLogEntry[], tallied: readonly TalliedRequest[]): Promise<number>;
  search(query: LogQuery, budget: number): Promise<LogPage>;
  about(query: MentionQuery, budget: number): Promise<StoredLogEntry[]>;
  entry(server: number, n: number): Promise<StoredLogEntry | undefined>;
  count(server: number): Promise<number>;
  lastAt(server: number): Promise<number | null>;
  statisticsByTime(query: TimeQuery): Promise<TimeBucket[]>;
  removeExcess(most: Most, limit: number): Promise<number>;
  removeBefore(at: number, limit: number): Promise<number>;
  removeOf(server: number, limit: number): Promise<number>;
  hasAny(server: number): Promise<boolean>;
  removeMinutes(before: number): Promise<void>;
  close(): Promise<void>;
}

/** Nothing is connected before it is needed, and again after a connection was lost. */
export function openPostgresLog(url: string): PostgresLog {
  const writing = openPool({ url, ...WRITING });
  const reading = openPool({ url, ...READING });
  const { read: writer } = writing;
  const { read: reader } = reading;
  return {
    insert: (entries, tallied) => insertBatch(writer, entries, tallied),
    search: (query, budget) => search(reader, query, budget),
    about: (query, budget) => about(reader, query, budget),
    entry: (server, n) => byNumber(reader, server, n),
    count: (server) => count(reader, server),
    lastAt: (server) => lastAt(reader, server),
    statisticsByTime: (query) => byTime(reader, query),
    removeExcess: (most, limit) => removeExcess(writer, most, limit),
    removeBefore: (at, limit) => removeBefore(writer, at, limit),
    removeOf: (server, limit) => removeOf(writer, server, limit),
    hasAny: (server) => hasAny(writer, server),
    removeMinutes: (before) => removeMinutes(writer, before),
    async close() {
      await Promise.all([writing.close(), reading.close()]);
    },
  };
}

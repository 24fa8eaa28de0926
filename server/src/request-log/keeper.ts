import type {
  LogPage,
  LogQuery,
  MentionQuery,
  StoredLogEntry,
  TalliedRequest,
  TimeBucket,
  TimeQuery,
} from './contract.ts';
import type { HandedEntry } from './message.ts';

/** What the log's thread stores entries in. All of it throws when the place cannot be reached or written. */
export interface LogKeeper {
  /** Redacts, caps and stores, and counts those that are not kept; says how many were stored. */
  store(entries: readonly HandedEntry[], tallied: readonly TalliedRequest[]): Promise<number>;
  /** What a search finds in so many milliseconds. */
  search(query: LogQuery, budget: number): Promise<LogPage>;
  about(query: MentionQuery, budget: number): Promise<StoredLogEntry[]>;
  entry(server: number, n: number): Promise<StoredLogEntry | undefined>;
  lastAt(server: number): Promise<number | null>;
  count(server: number): Promise<number>;
  statisticsByTime(query: TimeQuery): Promise<TimeBucket[]>;
  /** Removes a server's entries, in steps between which others are stored; how many there were. */
  clear(server: number): Promise<number>;
  /** Removes what is too old or too much, in such steps. */
  trim(): Promise<void>;
  close(): Promise<void>;
}

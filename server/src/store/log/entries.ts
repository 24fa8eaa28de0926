import type { DatabaseSync } from 'node:sqlite';
import type { MentionQuery, StoredLogEntry } from '../../request-log/contract.ts';
import type { Mentions } from './mentions.ts';
import { type EntryRow, fromRow, selectEntries } from './row.ts';

/** Entries that are looked up rather than searched for. */
export interface Entries {
  byNumber(server: number, n: number): StoredLogEntry | undefined;
  /** Without bodies, newest first; what it has found so far after each step. */
  about(query: MentionQuery): Generator<StoredLogEntry[], StoredLogEntry[]>;
}

/** Statements are prepared once for a connection. */
export function logEntries(database: DatabaseSync, mentions: Mentions): Entries {
  const whole = database.prepare(selectEntries(true).where('n', '=', 0).where('server', '=', 0).compile().sql);
  const slim = database.prepare(selectEntries(false).where('n', '=', 0).compile().sql);
  return {
    byNumber(server, n) {
      const row = rowOf(whole.get(n, server));
      return row === undefined ? undefined : fromRow(row);
    },
    *about(query) {
      const found: StoredLogEntry[] = [];
      for (const numbers of mentions.find(query)) {
        for (const n of numbers.slice(found.length)) {
          const row = rowOf(slim.get(n));
          if (row !== undefined) found.push(fromRow(row));
        }
        yield found;
      }
      return found;
    },
  };
}

// The columns are those that the statements above select.
const rowOf = (row: unknown): EntryRow | undefined => row as EntryRow | undefined;

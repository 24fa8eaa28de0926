import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { queryBuilder } from '../query-builder.ts';
import { type NewLogEntry, toRow } from './row.ts';
import type { LogTables } from './tables.ts';

const SQLITE_TOOBIG = 18;
const SQLITE_CONSTRAINT = 19;
const SQLITE_MISMATCH = 20;

/** Writes batches of entries, each batch in one transaction. */
export type InsertEntries = (entries: readonly NewLogEntry[]) => number;

/** Made once for a connection. `count` is told in the same transaction what was stored. The result says how many of the entries were stored; throws when none was. */
export function insertEntries(database: DatabaseSync, count: (entries: readonly NewLogEntry[]) => void): InsertEntries {
  let statement: StatementSync | undefined;

  const insert = (entry: NewLogEntry): boolean => {
    const row = toRow(entry);
    statement ??= database.prepare(queryBuilder<LogTables>().insertInto('entry').values(row).compile().sql);
    try {
      // The statement was compiled of such a row: its placeholders stand in the order of the row's members.
      statement.run(...Object.values(row));
      return true;
    } catch (error) {
      if (isFaultOfEntry(error)) return false;
      throw error;
    }
  };

  return (entries) => {
    database.exec('BEGIN IMMEDIATE');
    try {
      const stored = entries.filter(insert);
      count(stored);
      database.exec('COMMIT');
      return stored.length;
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      throw error;
    }
  };
}

/** One entry that cannot be stored must not take its batch with it; a full disk or a broken file concerns them all. */
function isFaultOfEntry(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('errcode' in error && typeof error.errcode === 'number') {
    return [SQLITE_TOOBIG, SQLITE_CONSTRAINT, SQLITE_MISMATCH].includes(error.errcode & 0xff);
  }
  return 'code' in error && error.code === 'ERR_INVALID_ARG_TYPE';
}

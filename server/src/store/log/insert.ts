import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { TalliedRequest } from '../../request-log/contract.ts';
import { queryBuilder } from '../query-builder.ts';
import { type NewLogEntry, toRow } from './row.ts';
import type { LogTables } from './tables.ts';

const SQLITE_TOOBIG = 18;
const SQLITE_CONSTRAINT = 19;
const SQLITE_MISMATCH = 20;

/** Writes batches of entries, each batch in one transaction. */
export type InsertEntries = (entries: readonly NewLogEntry[], tallied: readonly TalliedRequest[]) => number;

/** A stored entry with the number that it was given. */
export interface Numbered {
  readonly n: number;
  readonly entry: NewLogEntry;
}

/** Made once for a connection. `note` is told in the same transaction what was stored. The result says how many of the entries were stored; throws when none was. */
export function insertEntries(
  database: DatabaseSync,
  note: (stored: readonly Numbered[], tallied: readonly TalliedRequest[]) => void,
): InsertEntries {
  let statement: StatementSync | undefined;

  const insert = (entry: NewLogEntry): Numbered | undefined => {
    const row = toRow(entry);
    statement ??= database.prepare(queryBuilder<LogTables>().insertInto('entry').values(row).compile().sql);
    try {
      // The statement was compiled of such a row: its placeholders stand in the order of the row's members.
      const { lastInsertRowid } = statement.run(...Object.values(row));
      return { n: Number(lastInsertRowid), entry };
    } catch (error) {
      if (isFaultOfEntry(error)) return undefined;
      throw error;
    }
  };

  return (entries, tallied) => {
    database.exec('BEGIN IMMEDIATE');
    try {
      const stored = entries.map(insert).filter((one) => one !== undefined);
      note(stored, tallied);
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

import { type RawBuilder, sql } from 'kysely';
import { limitTo, type SqlFor } from './statement.ts';
import type { Database } from './tables.ts';

interface Some {
  readonly table: keyof Database;
  /** What names a row in SQLite: its key, or `rowid` where it has row ids. */
  readonly key: string;
  readonly where: RawBuilder<unknown>;
  /** Columns that say which rows go first. */
  readonly orderBy?: string;
  readonly limit: number;
  /** Whether rows that another process is at are left to it; otherwise they are waited for. */
  readonly skipLocked?: boolean;
}

/**
 * A DELETE of at most `limit` rows. PostgreSQL goes to the rows by their places: where it joined by key, it would read
 * whole tables whenever it guessed the limit wrong.
 */
export function deleteSome(
  sqlFor: SqlFor,
  { table, key, where, orderBy, limit, skipLocked }: Some,
): RawBuilder<unknown> {
  const order = orderBy === undefined ? sql`` : sql`ORDER BY ${sql.raw(orderBy)}`;
  if (sqlFor.dialect === 'sqlite') {
    const columns = sql.raw(key);
    return sql`
      DELETE FROM ${sql.table(table)} WHERE (${columns}) IN (
        SELECT ${columns} FROM ${sql.table(table)} WHERE ${where} ${order} LIMIT ${limitTo(limit)}
      )`;
  }
  const lock = skipLocked === true ? sqlFor.skipLocked : sqlFor.forUpdate;
  return sql`
    DELETE FROM ${sql.table(table)} WHERE ctid = ANY (ARRAY (
      SELECT ctid FROM ${sql.table(table)} WHERE ${where} ${order} LIMIT ${limitTo(limit)} ${lock}
    ))`;
}

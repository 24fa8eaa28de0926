import { sql } from 'kysely';
import { deleteSome } from '../delete-some.ts';
import { statement } from '../statement.ts';
import type { Statements } from '../statements.ts';

interface Old {
  readonly before: number;
  readonly limit: number;
}

/** Each deletes rows of one table that are older than a moment, the oldest first; what another process is at is its. */
const STEPS = [
  statement((db, { before, limit }: Old, sqlFor) =>
    deleteSome(sqlFor, {
      table: 'provisioning_log',
      key: 'n',
      where: sql`at < ${before}`,
      orderBy: 'at',
      limit,
      skipLocked: true,
    }).compile(db),
  ),
  statement((db, { before, limit }: Old, sqlFor) =>
    deleteSome(sqlFor, {
      table: 'cycle',
      key: 'rowid',
      where: sql`ended IS NOT NULL AND ended < ${before}`,
      orderBy: 'ended',
      limit,
      skipLocked: true,
    }).compile(db),
  ),
  statement((db, { before, limit }: Old, sqlFor) =>
    deleteSome(sqlFor, {
      table: 'audit_log',
      key: 'n',
      where: sql`at < ${before}`,
      orderBy: 'at',
      limit,
      skipLocked: true,
    }).compile(db),
  ),
];

/** What the windows have counted is small, and the oldest window ends long after. */
const COUNTED = [
  statement((db, { before, limit }: Old, sqlFor) =>
    deleteSome(sqlFor, {
      table: 'removal',
      key: 'application, at, type, id',
      where: sql`at < ${before}`,
      limit,
      skipLocked: true,
    }).compile(db),
  ),
  statement((db, { before, limit }: Old, sqlFor) =>
    deleteSome(sqlFor, {
      table: 'outcome',
      key: 'application, minute',
      where: sql`minute < CAST(${before} AS bigint) / 60000 - 1`,
      limit,
      skipLocked: true,
    }).compile(db),
  ),
];

/**
 * Deletes records, ended cycles and audit entries older than `before` (milliseconds), at most `limit`; how many. What
 * was counted for windows that are over goes with them and does not count.
 */
export async function prune(statements: Statements, before: number, limit: number): Promise<number> {
  let left = limit;
  for (const step of STEPS) if (left > 0) left -= await step.run(statements, { before, limit: left });
  for (const step of COUNTED) await step.run(statements, { before, limit });
  return limit - left;
}

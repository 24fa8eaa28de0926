import { type RawBuilder, sql } from 'kysely';
import { deleteSome } from '../delete-some.ts';
import { statement } from '../statement.ts';
import type { Statements } from '../statements.ts';
import type { Database } from '../tables.ts';

interface Old {
  readonly before: number;
  readonly limit: number;
}

/** Deletes rows of one table that are older than a moment; what another process is at is its. */
const older = (table: keyof Database, key: string, where: (before: number) => RawBuilder<unknown>, orderBy?: string) =>
  statement((db, { before, limit }: Old, sqlFor) =>
    deleteSome(sqlFor, {
      table,
      key,
      where: where(before),
      ...(orderBy === undefined ? {} : { orderBy }),
      limit,
      skipLocked: true,
    }).compile(db),
  );

/** The oldest first. */
const STEPS = [
  older('provisioning_log', 'n', (before) => sql`at < ${before}`, 'at'),
  older('cycle', 'rowid', (before) => sql`ended IS NOT NULL AND ended < ${before}`, 'ended'),
  older('audit_log', 'n', (before) => sql`at < ${before}`, 'at'),
];

/** What the windows have counted is small, and the oldest window ends long after. */
const COUNTED = [
  older('removal', 'application, at, type, id', (before) => sql`at < ${before}`),
  older('outcome', 'application, minute', (before) => sql`minute < CAST(${before} AS bigint) / 60000 - 1`),
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

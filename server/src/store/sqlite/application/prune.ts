import { sql } from 'kysely';
import { compiled, limitTo } from '../compiled.ts';
import type { Connection } from '../connection.ts';

interface Old {
  readonly before: number;
  readonly limit: number;
}

/** Each deletes rows of one table that are older than a moment, the oldest first. */
const STEPS = [
  compiled((db, { before, limit }: Old) =>
    sql`
      DELETE FROM provisioning_log WHERE n IN (
        SELECT n FROM provisioning_log WHERE at < ${before} ORDER BY at LIMIT ${limitTo(limit)}
      )`.compile(db),
  ),
  compiled((db, { before, limit }: Old) =>
    sql`
      DELETE FROM cycle WHERE rowid IN (
        SELECT rowid FROM cycle WHERE ended IS NOT NULL AND ended < ${before} ORDER BY ended LIMIT ${limitTo(limit)}
      )`.compile(db),
  ),
  compiled((db, { before, limit }: Old) =>
    sql`
      DELETE FROM audit_log WHERE n IN (
        SELECT n FROM audit_log WHERE at < ${before} ORDER BY at LIMIT ${limitTo(limit)}
      )`.compile(db),
  ),
];

/** What the windows have counted is small, and the oldest window ends long after. */
const deleteRemovals = compiled((db, { before, limit }: Old) =>
  sql`
    DELETE FROM removal WHERE (application, at, type, id) IN (
      SELECT application, at, type, id FROM removal WHERE at < ${before} LIMIT ${limitTo(limit)}
    )`.compile(db),
);

const deleteOutcomes = compiled((db, { before, limit }: Old) =>
  sql`
    DELETE FROM outcome WHERE (application, minute) IN (
      SELECT application, minute FROM outcome WHERE minute < ${before} / 60000 - 1 LIMIT ${limitTo(limit)}
    )`.compile(db),
);

/**
 * Deletes records, ended cycles and audit entries older than `before` (milliseconds), at most `limit`; how many. What
 * was counted for windows that are over goes with them and does not count.
 */
export function prune(connection: Connection, before: number, limit: number): number {
  let left = limit;
  for (const step of STEPS) if (left > 0) left -= step.run(connection, { before, limit: left }).changes;
  for (const step of [deleteRemovals, deleteOutcomes]) step.run(connection, { before, limit });
  return limit - left;
}

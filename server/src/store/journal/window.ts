import type { ObjectKey, Settlement, WindowCounts } from '@rollcall/provisioning';
import { sql } from 'kysely';
import { rowStatement } from '../row-statement.ts';
import { statement } from '../statement.ts';
import type { Statements } from '../statements.ts';

const MINUTE = 60_000;

interface Removal extends ObjectKey {
  readonly application: number;
  readonly at: number;
}

const insertRemovals = rowStatement<Removal>(
  { application: 'bigint', at: 'bigint', type: 'text', id: 'text' },
  (db, { application, at, type, id }, { values }) =>
    sql`
      INSERT INTO removal (application, at, type, id, count) ${values(application, at, type, id, sql.lit(1))}
      ON CONFLICT (application, at, type, id) DO UPDATE SET count = removal.count + 1`.compile(db),
);

interface Outcome {
  readonly application: number;
  readonly minute: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly references: number;
}

const addOutcomes = rowStatement<Outcome>(
  { application: 'bigint', minute: 'bigint', succeeded: 'bigint', failed: 'bigint', references: 'bigint' },
  (db, { application, minute, succeeded, failed, references }, { values, dialect }) =>
    sql`
      INSERT INTO outcome (application, minute, succeeded, failed, failed_references)
      ${values(application, minute, succeeded, failed, references)}
      ON CONFLICT (${sql.raw(dialect === 'sqlite' ? 'application, minute' : 'application, minute, slot')})
      DO UPDATE SET succeeded = outcome.succeeded + excluded.succeeded, failed = outcome.failed + excluded.failed,
        failed_references = outcome.failed_references + excluded.failed_references`.compile(db),
);

const sumOfRemovals = statement((db, { application, since }: { application: number; since: number }) =>
  sql<{ n: number | null }>`
    SELECT sum(count) AS n FROM removal WHERE application = ${application} AND at >= ${since}`.compile(db),
);

const sumOfOutcomes = statement((db, { application, since }: { application: number; since: number }) =>
  sql<{ succeeded: number | null; failed: number | null; failed_references: number | null }>`
    SELECT sum(succeeded) AS succeeded, sum(failed) AS failed, sum(failed_references) AS failed_references
    FROM outcome WHERE application = ${application} AND minute >= ${since}`.compile(db),
);

/** Counts a removal of each object at its moment (milliseconds). */
export function noteRemovals(
  statements: Statements,
  application: number,
  removals: readonly (ObjectKey & { readonly at: number })[],
) {
  return insertRemovals.run(
    statements,
    removals.map(({ at, type, id }) => ({ application, at, type, id })),
  );
}

/**
 * Counts what settlements tell of calls. What was skipped made none; a failure is of one kind, never of both. In
 * PostgreSQL a minute has a row for each connection that counts: one row for all would make them wait for each other.
 */
export function noteOutcomes(statements: Statements, application: number, settlements: readonly Settlement[]) {
  const minutes = new Map<number, { succeeded: number; failed: number; references: number }>();
  for (const { record, entryEscrow, referenceEscrow } of settlements) {
    if (record === undefined || record.status === 'skipped') continue;
    const minute = Math.floor(record.at / MINUTE);
    const counts = minutes.get(minute) ?? { succeeded: 0, failed: 0, references: 0 };
    minutes.set(minute, counts);
    const isReference = referenceEscrow != null && entryEscrow == null;
    const isFailure = record.status === 'failure';
    if (!isFailure) counts.succeeded++;
    if (isFailure && !isReference) counts.failed++;
    if (isReference) counts.references++;
  }
  return addOutcomes.run(
    statements,
    [...minutes].map(([minute, counts]) => ({ application, minute, ...counts })),
  );
}

/** Removals since `since` (milliseconds), and outcomes since the minute that it is in. */
export async function countWindow(statements: Statements, application: number, since: number): Promise<WindowCounts> {
  const [removals, outcomes] = await Promise.all([
    sumOfRemovals.first(statements, { application, since }),
    sumOfOutcomes.first(statements, { application, since: Math.floor(since / MINUTE) }),
  ]);
  return {
    removals: removals?.n ?? 0,
    succeeded: outcomes?.succeeded ?? 0,
    failed: outcomes?.failed ?? 0,
    failedReferences: outcomes?.failed_references ?? 0,
  };
}

import type { ObjectKey, Settlement, WindowCounts } from '@rollcall/provisioning';
import { sql } from 'kysely';
import { compiled } from '../compiled.ts';
import type { Connection } from '../connection.ts';

const MINUTE = 60_000;

interface Removal {
  readonly application: number;
  readonly at: number;
  readonly type: string;
  readonly id: string;
}

const insertRemoval = compiled((db, { application, at, type, id }: Removal) =>
  sql`
    INSERT INTO removal (application, at, type, id, count) VALUES (${application}, ${at}, ${type}, ${id}, 1)
    ON CONFLICT DO UPDATE SET count = count + 1`.compile(db),
);

interface Outcome {
  readonly application: number;
  readonly minute: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly references: number;
}

const addOutcome = compiled((db, { application, minute, succeeded, failed, references }: Outcome) =>
  sql`
    INSERT INTO outcome (application, minute, succeeded, failed, failed_references)
    VALUES (${application}, ${minute}, ${succeeded}, ${failed}, ${references})
    ON CONFLICT DO UPDATE SET succeeded = succeeded + excluded.succeeded, failed = failed + excluded.failed,
      failed_references = failed_references + excluded.failed_references`.compile(db),
);

const sumOfRemovals = compiled((db, { application, since }: { application: number; since: number }) =>
  sql<{ n: number | null }>`
    SELECT sum(count) AS n FROM removal WHERE application = ${application} AND at >= ${since}`.compile(db),
);

const sumOfOutcomes = compiled((db, { application, since }: { application: number; since: number }) =>
  sql<{ succeeded: number | null; failed: number | null; failedReferences: number | null }>`
    SELECT sum(succeeded) AS succeeded, sum(failed) AS failed, sum(failed_references) AS failedReferences
    FROM outcome WHERE application = ${application} AND minute >= ${since}`.compile(db),
);

/** Counts one removal at `at` (milliseconds). */
export function noteRemoval(connection: Connection, application: number, { type, id }: ObjectKey, at: number): void {
  insertRemoval.run(connection, { application, at, type, id });
}

/** Counts what a settlement tells of a call. What was skipped made none; a failure is of one kind, never of both. */
export function noteOutcome(connection: Connection, application: number, settlement: Settlement): void {
  const { record, entryEscrow, referenceEscrow } = settlement;
  if (record === undefined || record.status === 'skipped') return;
  const isReference = referenceEscrow != null && entryEscrow == null;
  const isFailure = record.status === 'failure';
  addOutcome.run(connection, {
    application,
    minute: Math.floor(record.at / MINUTE),
    succeeded: isFailure ? 0 : 1,
    failed: isFailure && !isReference ? 1 : 0,
    references: isReference ? 1 : 0,
  });
}

/** Removals since `since` (milliseconds), and outcomes since the minute that it is in. */
export function countWindow(connection: Connection, application: number, since: number): WindowCounts {
  const outcomes = sumOfOutcomes.first(connection, { application, since: Math.floor(since / MINUTE) });
  return {
    removals: sumOfRemovals.first(connection, { application, since })?.n ?? 0,
    succeeded: outcomes?.succeeded ?? 0,
    failed: outcomes?.failed ?? 0,
    failedReferences: outcomes?.failedReferences ?? 0,
  };
}

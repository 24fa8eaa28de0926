import type { Exchange, ModifiedAttribute, ProvisioningRecord, Step } from '@rollcall/provisioning';
import { type Selectable, sql } from 'kysely';
import type { StoredProvisioningRecord } from '../application-contract.ts';
import type { ProvisioningLogTable } from '../application-tables.ts';
import { rowStatement } from '../row-statement.ts';
import type { Statements } from '../statements.ts';

type Row = Selectable<ProvisioningLogTable>;

const insertRecords = rowStatement<Omit<Row, 'n'>>(
  {
    application: 'bigint',
    at: 'bigint',
    cycle: 'text',
    type: 'text',
    id: 'text',
    target_id: 'text',
    label: 'text',
    folded_label: 'text',
    action: 'text',
    status: 'text',
    code: 'text',
    message: 'text',
    duration_ms: 'double precision',
    attempts: 'bigint',
    next_at: 'bigint',
    reason: 'text',
    steps: 'text',
    modified: 'text',
    exchanges: 'text',
  },
  (db, row, { values }) =>
    sql`
      INSERT INTO provisioning_log (
        application, at, cycle, type, id, target_id, label, folded_label, action, status, code, message, duration_ms,
        attempts, next_at, reason, steps, modified, exchanges
      ) ${values(
        ...[row.application, row.at, row.cycle, row.type, row.id, row.target_id, row.label, row.folded_label],
        ...[row.action, row.status, row.code, row.message, row.duration_ms, row.attempts, row.next_at, row.reason],
        ...[row.steps, row.modified, row.exchanges],
      )}`.compile(db),
);

/** Appends records, in their order. */
export function appendRecords(statements: Statements, application: number, records: readonly ProvisioningRecord[]) {
  return insertRecords.run(
    statements,
    records.map((record) => rowOf(application, record)),
  );
}

function rowOf(application: number, record: ProvisioningRecord): Omit<Row, 'n'> {
  return {
    application,
    at: record.at,
    cycle: record.cycle,
    type: record.type,
    id: record.id,
    target_id: record.targetId ?? null,
    label: record.label,
    folded_label: foldLabel(record.label),
    action: record.action,
    status: record.status,
    code: record.error?.code ?? null,
    message: record.error?.message ?? null,
    duration_ms: record.durationMs,
    attempts: record.attempts,
    next_at: record.nextAt ?? null,
    reason: record.reason,
    steps: JSON.stringify(record.steps),
    modified: JSON.stringify(record.modified),
    exchanges: JSON.stringify(record.exchanges),
  };
}

/** A label, or a part of one, as the log's search compares it. */
export const foldLabel = (label: string): string => label.toLowerCase();

export function recordOf(row: Row): StoredProvisioningRecord {
  // Only `appendRecords` writes these texts. JSON leaves out what is undefined, which reads the same.
  const steps: Step[] = JSON.parse(row.steps);
  // As above.
  const modified: ModifiedAttribute[] = JSON.parse(row.modified);
  const exchanges: Exchange[] = JSON.parse(row.exchanges);
  return {
    n: row.n,
    cycle: row.cycle,
    at: row.at,
    durationMs: row.duration_ms,
    type: row.type,
    id: row.id,
    label: row.label,
    targetId: row.target_id ?? undefined,
    action: row.action,
    status: row.status,
    reason: row.reason,
    steps,
    modified,
    error: row.code === null ? undefined : { code: row.code, message: row.message ?? '' },
    exchanges,
    attempts: row.attempts,
    nextAt: row.next_at ?? undefined,
  };
}

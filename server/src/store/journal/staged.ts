import type { ObjectKey, StagedRemoval } from '@rollcall/provisioning';
import { sql } from 'kysely';
import { rowStatement } from '../row-statement.ts';
import { limitTo, statement } from '../statement.ts';
import type { Statements } from '../statements.ts';

const COLUMNS = sql.raw(
  ['type', 'id', 'action', 'label', 'reason', 'at', 'state'].map((name) => `staged.${name}`).join(', '),
);

const stagedOfKeys = statement(
  (db, { application, keys }: { application: number; keys: string }, { elements, field }) =>
    sql<StagedRemoval>`
      SELECT ${COLUMNS} FROM ${elements(keys, 'asked')} CROSS JOIN staged
      WHERE application = ${application} AND staged.type = ${field('asked.value', 0)}
        AND staged.id = ${field('asked.value', 1)}`.compile(db),
);

const stagedByState = statement(
  (db, { application, state, limit }: { application: number; state: string; limit: number }) =>
    sql<StagedRemoval>`
      SELECT ${COLUMNS} FROM staged WHERE application = ${application} AND state = ${state}
      ORDER BY at LIMIT ${limitTo(limit)}`.compile(db),
);

const countWaiting = statement((db, { application }: { application: number }) =>
  sql<{ n: number }>`
    SELECT count(*) AS n FROM staged WHERE application = ${application} AND state = 'waiting'`.compile(db),
);

const upsertStaged = rowStatement<StagedRemoval & { readonly application: number }>(
  {
    application: 'bigint',
    type: 'text',
    id: 'text',
    action: 'text',
    label: 'text',
    reason: 'text',
    at: 'bigint',
    state: 'text',
  },
  (db, row, { values }) =>
    sql`
      INSERT INTO staged (application, type, id, action, label, reason, at, state)
      ${values(row.application, row.type, row.id, row.action, row.label, row.reason, row.at, row.state)}
      ON CONFLICT (application, type, id) DO UPDATE SET action = excluded.action, label = excluded.label,
        reason = excluded.reason, at = excluded.at, state = excluded.state`.compile(db),
);

const deleteStaged = rowStatement<ObjectKey & { readonly application: number }>(
  { application: 'bigint', type: 'text', id: 'text' },
  (db, { application, type, id }, { using }) =>
    sql`
      DELETE FROM staged ${using}
      WHERE staged.application = ${application} AND staged.type = ${type} AND staged.id = ${id}`.compile(db),
);

export function findStaged(
  statements: Statements,
  application: number,
  keys: readonly ObjectKey[],
): Promise<StagedRemoval[]> {
  return stagedOfKeys.all(statements, { application, keys: JSON.stringify(keys.map(({ type, id }) => [type, id])) });
}

/** Oldest first. */
export function listStaged(
  statements: Statements,
  application: number,
  state: StagedRemoval['state'],
  limit: number,
): Promise<StagedRemoval[]> {
  return stagedByState.all(statements, { application, state, limit });
}

/** How many wait for a decision. */
export async function countStaged(statements: Statements, application: number): Promise<number> {
  return (await countWaiting.first(statements, { application }))?.n ?? 0;
}

/** Stores staged removals. */
export function writeStaged(statements: Statements, application: number, staged: readonly StagedRemoval[]) {
  const rows = staged.map(({ type, id, action, label, reason, at, state }) => ({
    ...{ application, type, id, action, label, reason, at, state },
  }));
  return upsertStaged.run(statements, rows);
}

export function forgetStaged(statements: Statements, application: number, keys: readonly ObjectKey[]) {
  return deleteStaged.run(
    statements,
    keys.map(({ type, id }) => ({ application, type, id })),
  );
}

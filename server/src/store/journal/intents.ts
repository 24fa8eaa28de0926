import { type Intent, keyText, type ObjectKey } from '@rollcall/provisioning';
import { sql } from 'kysely';
import { rowStatement } from '../row-statement.ts';
import { limitTo, statement } from '../statement.ts';
import type { Statements } from '../statements.ts';

type Row = Intent & { readonly application: number };

const upsertIntents = rowStatement<Row>(
  { application: 'bigint', type: 'text', id: 'text', verb: 'text', at: 'bigint' },
  (db, row, { values }) =>
    sql`
      INSERT INTO intent (application, type, id, verb, at)
      ${values(row.application, row.type, row.id, row.verb, row.at)}
      ON CONFLICT (application, type, id) DO UPDATE SET verb = excluded.verb, at = excluded.at`.compile(db),
);

const oldestIntents = statement((db, { application, limit }: { application: number; limit: number }) =>
  sql<Intent>`
    SELECT type, id, verb, at FROM intent WHERE application = ${application}
    ORDER BY at, type, id LIMIT ${limitTo(limit)}`.compile(db),
);

const deleteIntents = rowStatement<ObjectKey & { readonly application: number }>(
  { application: 'bigint', type: 'text', id: 'text' },
  (db, { application, type, id }, { using }) =>
    sql`
      DELETE FROM intent ${using}
      WHERE intent.application = ${application} AND intent.type = ${type} AND intent.id = ${id}`.compile(db),
);

/** Writes intents; of two for one object the last. */
export function writeIntents(statements: Statements, application: number, intents: readonly Intent[]) {
  const last = new Map(intents.map(({ type, id, verb, at }) => [keyText({ type, id }), { type, id, verb, at }]));
  // Sorted, as everything that two processes may write at once.
  const rows = [...last].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => ({ ...row, application }));
  return upsertIntents.run(statements, rows);
}

/** Oldest first. */
export function listIntents(statements: Statements, application: number, limit: number): Promise<Intent[]> {
  return oldestIntents.all(statements, { application, limit });
}

export function endIntents(statements: Statements, application: number, keys: readonly ObjectKey[]) {
  return deleteIntents.run(
    statements,
    keys.map(({ type, id }) => ({ application, type, id })),
  );
}

import type { Escrow, ObjectKey } from '@rollcall/provisioning';
import { type Selectable, sql } from 'kysely';
import type { EscrowTable } from '../application-tables.ts';
import { rowStatement } from '../row-statement.ts';
import { limitTo, statement } from '../statement.ts';
import type { Statements } from '../statements.ts';

type Row = Selectable<EscrowTable>;
type Key = Pick<Row, 'application' | 'type' | 'id' | 'kind'>;

const escrowsOfKeys = statement(
  (db, { application, keys }: { application: number; keys: string }, { elements, field }) =>
    sql<Row>`
      SELECT escrow.* FROM ${elements(keys, 'asked')} CROSS JOIN escrow
      WHERE application = ${application} AND escrow.type = ${field('asked.value', 0)}
        AND escrow.id = ${field('asked.value', 1)}`.compile(db),
);

const dueRows = statement(
  (db, { application, now, limit }: { application: number; now: number; limit: number }, { indexedBy }) =>
    sql<Row>`
      SELECT * FROM escrow ${indexedBy('escrow_next_at')} WHERE application = ${application} AND next_at <= ${now}
      ORDER BY next_at LIMIT ${limitTo(limit)}`.compile(db),
);

const countByKind = statement((db, { application }: { application: number }, { indexedBy }) =>
  sql<{ kind: string; n: number; next: number }>`
    SELECT kind, count(*) AS n, min(next_at) AS next FROM escrow ${indexedBy('escrow_next_at')}
    WHERE application = ${application} GROUP BY kind`.compile(db),
);

const upsertEscrows = rowStatement<Row>(
  {
    application: 'bigint',
    type: 'text',
    id: 'text',
    kind: 'text',
    code: 'text',
    message: 'text',
    attempts: 'bigint',
    first_at: 'bigint',
    next_at: 'bigint',
  },
  (db, row, { values }) =>
    sql`
      INSERT INTO escrow (application, type, id, kind, code, message, attempts, first_at, next_at)
      ${values(row.application, row.type, row.id, row.kind, row.code, row.message, row.attempts, row.first_at, row.next_at)}
      ON CONFLICT (application, type, id, kind) DO UPDATE SET code = excluded.code, message = excluded.message,
        attempts = excluded.attempts, first_at = excluded.first_at, next_at = excluded.next_at`.compile(db),
);

const deleteEscrows = rowStatement<Key>(
  { application: 'bigint', type: 'text', id: 'text', kind: 'text' },
  (db, row, { using }) =>
    sql`
      DELETE FROM escrow ${using}
      WHERE escrow.application = ${row.application} AND escrow.type = ${row.type} AND escrow.id = ${row.id}
        AND escrow.kind = ${row.kind}`.compile(db),
);

const deleteOld = statement((db, { application, before }: { application: number; before: number }) =>
  sql`DELETE FROM escrow WHERE application = ${application} AND first_at < ${before}`.compile(db),
);

export async function findEscrows(
  statements: Statements,
  application: number,
  keys: readonly ObjectKey[],
): Promise<Escrow[]> {
  const asked = JSON.stringify(keys.map(({ type, id }) => [type, id]));
  return (await escrowsOfKeys.all(statements, { application, keys: asked })).map(escrowOf);
}

/** The longest due first. */
export async function dueEscrows(
  statements: Statements,
  application: number,
  now: number,
  limit: number,
): Promise<Escrow[]> {
  return (await dueRows.all(statements, { application, now, limit })).map(escrowOf);
}

export async function countEscrows(statements: Statements, application: number) {
  const rows = await countByKind.all(statements, { application });
  const count = (kind: Escrow['kind']) => rows.find((row) => row.kind === kind)?.n ?? 0;
  return {
    entry: count('entry'),
    reference: count('reference'),
    nextAt: rows.length === 0 ? undefined : Math.min(...rows.map(({ next }) => next)),
  };
}

/** What becomes of an object's escrow: it is stored, or (null) forgotten. */
export interface EscrowChange extends ObjectKey {
  readonly kind: Escrow['kind'];
  readonly escrow: Escrow | null;
}

/** Stores and forgets escrows, at most one of each kind for an object. */
export function writeEscrows(statements: Statements, application: number, changes: readonly EscrowChange[]) {
  const kept: Row[] = [];
  const gone: Key[] = [];
  for (const { type, id, kind, escrow } of changes) {
    const key = { application, type, id, kind };
    if (escrow === null) gone.push(key);
    else kept.push({ ...key, ...columnsOf(escrow) });
  }
  const sent = [deleteEscrows.run(statements, gone), upsertEscrows.run(statements, kept)];
  return sent.some((answer) => answer !== undefined) ? Promise.all(sent) : undefined;
}

const columnsOf = ({ code, message, attempts, firstAt, nextAt }: Escrow) => ({
  ...{ code, message, attempts },
  first_at: firstAt,
  next_at: nextAt,
});

/** Forgets escrows whose first failure is older; how many. */
export function dropEscrows(statements: Statements, application: number, before: number): Promise<number> {
  return deleteOld.run(statements, { application, before });
}

function escrowOf(row: Row): Escrow {
  return {
    type: row.type,
    id: row.id,
    kind: row.kind,
    code: row.code,
    message: row.message,
    attempts: row.attempts,
    firstAt: row.first_at,
    nextAt: row.next_at,
  };
}

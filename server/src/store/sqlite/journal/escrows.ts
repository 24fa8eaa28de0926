import type { Escrow, ObjectKey } from '@rollcall/provisioning';
import { type Selectable, sql } from 'kysely';
import type { EscrowTable } from '../../application-tables.ts';
import { compiled, limitTo } from '../compiled.ts';
import type { Connection } from '../connection.ts';

type Row = Selectable<EscrowTable>;

const escrowsOfKeys = compiled((db, { application, keys }: { application: number; keys: string }) =>
  sql<Row>`
    SELECT escrow.* FROM json_each(${keys}) AS asked CROSS JOIN escrow
    WHERE application = ${application} AND escrow.type = asked.value ->> 0 AND escrow.id = asked.value ->> 1`.compile(
    db,
  ),
);

const dueRows = compiled((db, { application, now, limit }: { application: number; now: number; limit: number }) =>
  sql<Row>`
    SELECT * FROM escrow INDEXED BY escrow_next_at WHERE application = ${application} AND next_at <= ${now}
    ORDER BY next_at LIMIT ${limitTo(limit)}`.compile(db),
);

const countByKind = compiled((db, { application }: { application: number }) =>
  sql<{ kind: string; n: number; next: number }>`
    SELECT kind, count(*) AS n, min(next_at) AS next FROM escrow INDEXED BY escrow_next_at
    WHERE application = ${application} GROUP BY kind`.compile(db),
);

const upsertEscrow = compiled((db, row: Row) =>
  sql`
    INSERT INTO escrow (application, type, id, kind, code, message, attempts, first_at, next_at)
    VALUES (${row.application}, ${row.type}, ${row.id}, ${row.kind}, ${row.code}, ${row.message}, ${row.attempts},
      ${row.first_at}, ${row.next_at})
    ON CONFLICT DO UPDATE SET code = excluded.code, message = excluded.message, attempts = excluded.attempts,
      first_at = excluded.first_at, next_at = excluded.next_at`.compile(db),
);

const deleteEscrow = compiled((db, row: Pick<Row, 'application' | 'type' | 'id' | 'kind'>) =>
  sql`
    DELETE FROM escrow
    WHERE application = ${row.application} AND type = ${row.type} AND id = ${row.id} AND kind = ${row.kind}`.compile(
    db,
  ),
);

const deleteOld = compiled((db, { application, before }: { application: number; before: number }) =>
  sql`DELETE FROM escrow WHERE application = ${application} AND first_at < ${before}`.compile(db),
);

export function findEscrows(connection: Connection, application: number, keys: readonly ObjectKey[]): Escrow[] {
  const asked = JSON.stringify(keys.map(({ type, id }) => [type, id]));
  return escrowsOfKeys.all(connection, { application, keys: asked }).map(escrowOf);
}

/** The longest due first. */
export function dueEscrows(connection: Connection, application: number, now: number, limit: number): Escrow[] {
  return dueRows.all(connection, { application, now, limit }).map(escrowOf);
}

export function countEscrows(connection: Connection, application: number) {
  const rows = countByKind.all(connection, { application });
  const count = (kind: Escrow['kind']) => rows.find((row) => row.kind === kind)?.n ?? 0;
  return {
    entry: count('entry'),
    reference: count('reference'),
    nextAt: rows.length === 0 ? undefined : Math.min(...rows.map(({ next }) => next)),
  };
}

/** Stores the escrow of an object, or (null) forgets it. */
export function writeEscrow(
  connection: Connection,
  application: number,
  { type, id }: ObjectKey,
  kind: Escrow['kind'],
  escrow: Escrow | null,
): void {
  if (escrow === null) {
    deleteEscrow.run(connection, { application, type, id, kind });
    return;
  }
  const { code, message, attempts, firstAt: first_at, nextAt: next_at } = escrow;
  upsertEscrow.run(connection, { application, type, id, kind, code, message, attempts, first_at, next_at });
}

/** Forgets escrows whose first failure is older; how many. */
export function dropEscrows(connection: Connection, application: number, before: number): number {
  return deleteOld.run(connection, { application, before }).changes;
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

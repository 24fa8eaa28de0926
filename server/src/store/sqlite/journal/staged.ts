import type { ObjectKey, StagedRemoval } from '@rollcall/provisioning';
import { sql } from 'kysely';
import { compiled, limitTo } from '../compiled.ts';
import type { Connection } from '../connection.ts';

const COLUMNS = sql.raw(
  ['type', 'id', 'action', 'label', 'reason', 'at', 'state'].map((name) => `staged.${name}`).join(', '),
);

const stagedOfKeys = compiled((db, { application, keys }: { application: number; keys: string }) =>
  sql<StagedRemoval>`
    SELECT ${COLUMNS} FROM json_each(${keys}) AS asked CROSS JOIN staged
    WHERE application = ${application} AND staged.type = asked.value ->> 0 AND staged.id = asked.value ->> 1`.compile(
    db,
  ),
);

const stagedByState = compiled(
  (db, { application, state, limit }: { application: number; state: string; limit: number }) =>
    sql<StagedRemoval>`
      SELECT ${COLUMNS} FROM staged WHERE application = ${application} AND state = ${state}
      ORDER BY at LIMIT ${limitTo(limit)}`.compile(db),
);

const countWaiting = compiled((db, { application }: { application: number }) =>
  sql<{ n: number }>`
    SELECT count(*) AS n FROM staged WHERE application = ${application} AND state = 'waiting'`.compile(db),
);

const upsertStaged = compiled((db, row: StagedRemoval & { application: number }) =>
  sql`
    INSERT INTO staged (application, type, id, action, label, reason, at, state)
    VALUES (${row.application}, ${row.type}, ${row.id}, ${row.action}, ${row.label}, ${row.reason}, ${row.at},
      ${row.state})
    ON CONFLICT DO UPDATE SET action = excluded.action, label = excluded.label, reason = excluded.reason,
      at = excluded.at, state = excluded.state`.compile(db),
);

const deleteStaged = compiled((db, { application, type, id }: { application: number; type: string; id: string }) =>
  sql`DELETE FROM staged WHERE application = ${application} AND type = ${type} AND id = ${id}`.compile(db),
);

export function findStaged(connection: Connection, application: number, keys: readonly ObjectKey[]): StagedRemoval[] {
  return stagedOfKeys.all(connection, { application, keys: JSON.stringify(keys.map(({ type, id }) => [type, id])) });
}

/** Oldest first. */
export function listStaged(
  connection: Connection,
  application: number,
  state: StagedRemoval['state'],
  limit: number,
): StagedRemoval[] {
  return stagedByState.all(connection, { application, state, limit });
}

/** How many wait for a decision. */
export function countStaged(connection: Connection, application: number): number {
  return countWaiting.first(connection, { application })?.n ?? 0;
}

/** Stores the staged removal of an object, or (null) forgets it. */
export function writeStaged(
  connection: Connection,
  application: number,
  { type, id }: ObjectKey,
  staged: StagedRemoval | null,
): void {
  if (staged === null) deleteStaged.run(connection, { application, type, id });
  else upsertStaged.run(connection, { ...staged, application, type, id });
}

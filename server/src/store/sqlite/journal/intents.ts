import type { Intent, ObjectKey } from '@rollcall/provisioning';
import { sql } from 'kysely';
import { compiled, limitTo } from '../compiled.ts';
import type { Connection } from '../connection.ts';

const upsertIntent = compiled((db, row: Intent & { application: number }) =>
  sql`
    INSERT INTO intent (application, type, id, verb, at)
    VALUES (${row.application}, ${row.type}, ${row.id}, ${row.verb}, ${row.at})
    ON CONFLICT DO UPDATE SET verb = excluded.verb, at = excluded.at`.compile(db),
);

const oldestIntents = compiled((db, { application, limit }: { application: number; limit: number }) =>
  sql<Intent>`
    SELECT type, id, verb, at FROM intent WHERE application = ${application}
    ORDER BY at, type, id LIMIT ${limitTo(limit)}`.compile(db),
);

const deleteIntent = compiled((db, { application, type, id }: { application: number; type: string; id: string }) =>
  sql`DELETE FROM intent WHERE application = ${application} AND type = ${type} AND id = ${id}`.compile(db),
);

export function writeIntent(connection: Connection, application: number, { type, id, verb, at }: Intent): void {
  upsertIntent.run(connection, { application, type, id, verb, at });
}

/** Oldest first. */
export function listIntents(connection: Connection, application: number, limit: number): Intent[] {
  return oldestIntents.all(connection, { application, limit });
}

export function endIntent(connection: Connection, application: number, { type, id }: ObjectKey): void {
  deleteIntent.run(connection, { application, type, id });
}

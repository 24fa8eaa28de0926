import { sql } from 'kysely';
import { statement } from '../statement.ts';
import type { Access } from '../statements.ts';
import type { ImportMarks } from '../work-contract.ts';
import { clock } from './clock.ts';

const mark = statement((db, { server, id, ms }: { server: number; id: string; ms: number }, { dialect }) =>
  sql<{ id: string }>`
    INSERT INTO import_mark AS known (server, id, expires)
    VALUES (${server}, ${id}, ${clock(dialect)} + CAST(${ms} AS bigint))
    ON CONFLICT (server) DO UPDATE SET id = excluded.id, expires = excluded.expires
    WHERE known.expires <= ${clock(dialect)}
    RETURNING id`.compile(db),
);

const renew = statement((db, { id, ms }: { id: string; ms: number }, { dialect }) =>
  sql`UPDATE import_mark SET expires = ${clock(dialect)} + CAST(${ms} AS bigint) WHERE id = ${id}`.compile(db),
);

const end = statement((db, { id }: { id: string }) => sql`DELETE FROM import_mark WHERE id = ${id}`.compile(db));

const running = statement((db, { server }: { server: number }, { dialect }) =>
  sql<{ id: string }>`
    SELECT id FROM import_mark WHERE server = ${server} AND expires > ${clock(dialect)}`.compile(db),
);

export function createImportMarks({ read, write }: Access): ImportMarks {
  return {
    begin: (server, id, ms) => write(async (db) => (await mark.first(db, { server, id, ms })) !== undefined),
    renew: (id, ms) => write(async (db) => void (await renew.run(db, { id, ms }))),
    end: (id) => write(async (db) => void (await end.run(db, { id }))),
    isRunning: async (server) => (await running.first(read, { server })) !== undefined,
  };
}

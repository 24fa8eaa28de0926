import type { Json } from '@rollcall/scim';
import { sql } from 'kysely';
import { statement } from '../statement.ts';
import type { Access } from '../statements.ts';
import type { Leases } from '../work-contract.ts';
import { clock } from './clock.ts';

const sayAlive = statement((db, { id, roles, ms }: { id: string; roles: string; ms: number }, { dialect }) =>
  sql`
    INSERT INTO process (id, roles, expires) VALUES (${id}, ${roles}, ${clock(dialect)} + CAST(${ms} AS bigint))
    ON CONFLICT (id) DO UPDATE SET roles = excluded.roles, expires = excluded.expires`.compile(db),
);

const forgetDead = statement((db, { ms }: { ms: number }, { dialect }) =>
  sql`DELETE FROM process WHERE expires < ${clock(dialect)} - CAST(${ms} AS bigint)`.compile(db),
);

const heldBy = statement((db, { id }: { id: string }) =>
  sql<{ application: number; fence: number }>`
    SELECT application, fence FROM application_lease WHERE holder = ${id}`.compile(db),
);

const deleteProcess = statement((db, { id }: { id: string }) => sql`DELETE FROM process WHERE id = ${id}`.compile(db));

const releaseAll = statement((db, { id }: { id: string }) =>
  sql`UPDATE application_lease SET holder = NULL WHERE holder = ${id}`.compile(db),
);

const living = statement((db, _: Record<never, never>, { dialect }) =>
  sql<{ id: string; roles: string }>`
    SELECT id, roles FROM process WHERE expires > ${clock(dialect)} ORDER BY id`.compile(db),
);

// In an embedded store whoever held it before is a process that has ended.
const take = statement((db, { application, holder }: { application: number; holder: string }, { dialect }) =>
  sql<{ fence: number }>`
    INSERT INTO application_lease AS known (application, holder, fence) VALUES (${application}, ${holder}, 1)
    ON CONFLICT (application) DO UPDATE SET holder = excluded.holder, fence = known.fence + 1
    WHERE ${
      dialect === 'sqlite'
        ? sql`TRUE`
        : sql`(known.holder = excluded.holder OR NOT EXISTS (
            SELECT 1 FROM process WHERE process.id = known.holder AND process.expires > ${clock(dialect)}
          ))`
    }
    RETURNING fence`.compile(db),
);

const release = statement((db, { application, fence }: { application: number; fence: number }) =>
  sql`UPDATE application_lease SET holder = NULL WHERE application = ${application} AND fence = ${fence}`.compile(db),
);

const holder = statement((db, { application }: { application: number }, { dialect }) =>
  sql<{ id: string }>`
    SELECT process.id FROM application_lease JOIN process ON process.id = application_lease.holder
    WHERE application = ${application} AND process.expires > ${clock(dialect)}`.compile(db),
);

const orphans = statement((db, _: Record<never, never>, { dialect, field }) =>
  sql<{ key: number }>`
    SELECT key FROM application
    WHERE removing = 0
      AND (
        (connection IS NOT NULL AND ${field(dialect === 'sqlite' ? 'job' : 'CAST(job AS json)', 'status')} = 'active')
        OR EXISTS (
          SELECT 1 FROM application_request
          WHERE application_request.application = application.key AND application_request.outcome IS NULL
        )
      )
      AND NOT EXISTS (
        SELECT 1 FROM application_lease JOIN process ON process.id = application_lease.holder
        WHERE application_lease.application = application.key AND process.expires > ${clock(dialect)}
      )
    ORDER BY key`.compile(db),
);

const asked = statement((db, { id }: { id: string }) =>
  sql<{ application: number }>`
    SELECT DISTINCT application FROM application_request JOIN application_lease USING (application)
    WHERE holder = ${id} AND outcome IS NULL AND coalesce(application_request.fence, 0) < application_lease.fence
    ORDER BY application`.compile(db),
);

const saveProgress = statement(
  (db, { application, fence, progress }: { application: number; fence: number; progress: string }) =>
    sql`
      INSERT INTO application_progress AS known (application, fence, progress)
      VALUES (${application}, ${fence}, ${progress})
      ON CONFLICT (application) DO UPDATE SET fence = excluded.fence, progress = excluded.progress
      WHERE known.fence <= excluded.fence`.compile(db),
);

const progress = statement((db, { application }: { application: number }, { dialect }) =>
  sql<{ progress: string }>`
    SELECT progress FROM application_progress
    JOIN application_lease USING (application, fence)
    JOIN process ON process.id = application_lease.holder
    WHERE application = ${application} AND process.expires > ${clock(dialect)}`.compile(db),
);

/** Long after a process was taken for dead, nobody asks for it any more. */
const FORGOTTEN = 60 * 60_000;

export function createLeases({ read, write }: Access): Leases {
  return {
    async heartbeat({ id, roles }, ms) {
      await write(async (db) => {
        await sayAlive.run(db, { id, roles: roles.join(','), ms });
        await forgetDead.run(db, { ms: FORGOTTEN });
      });
      return new Map((await heldBy.all(read, { id })).map(({ application, fence }) => [application, fence]));
    },
    leave: (id) =>
      write(async (db) => {
        await releaseAll.run(db, { id });
        await deleteProcess.run(db, { id });
      }),
    async processes() {
      return (await living.all(read, {})).map(({ id, roles }) => ({ id, roles: roles.split(',').filter(Boolean) }));
    },
    acquire: (application, id) => write(async (db) => (await take.first(db, { application, holder: id }))?.fence),
    release: (application, fence) => write(async (db) => void (await release.run(db, { application, fence }))),
    holder: async (application) => (await holder.first(read, { application }))?.id,
    orphans: async () => (await orphans.all(read, {})).map(({ key }) => key),
    asked: async (id) => (await asked.all(read, { id })).map(({ application }) => application),
    saveProgress: (application, fence, value) =>
      write(async (db) => void (await saveProgress.run(db, { application, fence, progress: JSON.stringify(value) }))),
    async progress(application) {
      const row = await progress.first(read, { application });
      // Only `saveProgress` writes these.
      return row === undefined ? undefined : (JSON.parse(row.progress) as Json);
    },
  };
}

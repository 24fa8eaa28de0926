import type { Kysely } from 'kysely';
import type { Application, Applications, StoredAssignment } from '../application-contract.ts';
import { UniqueConflict } from '../contract.ts';
import { lockInstallation } from '../installation-lock.ts';
import { underFence } from '../jobs/fence.ts';
import { createDriftJournal } from '../journal/drift.ts';
import { createJournal } from '../journal/journal.ts';
import { kyselyOn } from '../kysely-on.ts';
import { statement } from '../statement.ts';
import type { Access, Statements } from '../statements.ts';
import type { Database } from '../tables.ts';
import { applicationOf, applicationRow, assignmentOf, assignmentRow, textOf } from './application-rows.ts';
import { createAuditLog } from './audit-log.ts';
import { createCycles } from './cycles.ts';
import { createPlans } from './plans.ts';
import { findRecord, lastRecordAt, searchRecords } from './provisioning-log.ts';
import { prune } from './prune.ts';
import { purgeApplication } from './purge-application.ts';
import { reset } from './reset.ts';

const COLUMNS = [
  'key',
  'id',
  'slug',
  'name',
  'directory',
  'connection',
  'settings',
  'mappings',
  'profile',
  'job',
  'created',
  'modified',
  'removing',
] as const;

/** Values that one INSERT binds at most are 32,766 in SQLite; this many rows of a dozen are well below. */
const ROWS_AT_A_TIME = 500;

/** Runs a body in a transaction. */
export type Write = <T>(body: (db: Kysely<Database>, statements: Statements) => Promise<T>) => Promise<T>;

const writeTo =
  (access: Access): Write =>
  (body) =>
    access.write((statements) => body(kyselyOn<Database>(statements), statements));

const applicationByKey = statement((db, { key }: { key: number }, sqlFor) =>
  db.selectFrom('application').select(COLUMNS).where('key', '=', key).modifyEnd(sqlFor.forUpdate).compile(),
);

/** Applications with their jobs. They are read seldom, so their queries are built each time. */
export function createApplications(access: Access): Applications {
  const read = kyselyOn<Database>(access.read);
  const write = writeTo(access);

  const update = (key: number, columns: { profile?: string | null; secret?: string | null }) =>
    write(async (db) => {
      await db.updateTable('application').set(columns).where('key', '=', key).execute();
    });

  return {
    async list() {
      return (await read.selectFrom('application').select(COLUMNS).orderBy('key').execute()).map(applicationOf);
    },
    add: (application) =>
      write(async (db, statements) => {
        await claimSlug(db, statements, application);
        const { job, profile } = application;
        const state = { job: JSON.stringify(job), profile: textOf(profile), removing: 0 } as const;
        const row = { ...applicationRow(application), ...state };
        return applicationOf(
          await db.insertInto('application').values(row).returning(COLUMNS).executeTakeFirstOrThrow(),
        );
      }),
    save: (application) =>
      write(async (db, statements) => {
        if (!application.removing) await claimSlug(db, statements, application);
        const row = { ...applicationRow(application), removing: application.removing ? 1 : 0 } as const;
        const save = db.updateTable('application').set(row).where('key', '=', application.key);
        const { numUpdatedRows } = await save.executeTakeFirstOrThrow();
        if (numUpdatedRows === 0n) throw new Error(`The application ${application.id} is not stored`);
      }),
    changeJob: (key, change, fence) =>
      writeTo(underFence(access, key, fence))(async (db, statements) => {
        const row = await applicationByKey.first(statements, { key });
        if (row === undefined) throw new Error(`There is no application ${key}`);
        const before = applicationOf(row).job;
        const after = change(before);
        if (after !== before) {
          const job = JSON.stringify(after);
          await db.updateTable('application').set({ job }).where('key', '=', key).execute();
        }
        return { before, after };
      }),
    saveProfile: (key, profile) => update(key, { profile: textOf(profile) }),
    async secret(key) {
      const row = await read.selectFrom('application').select('secret').where('key', '=', key).executeTakeFirst();
      return row?.secret ?? null;
    },
    saveSecret: (key, secret) => update(key, { secret }),
    purge: (key, limit) => access.write((statements) => purgeApplication(statements, key, limit)),

    async assignments(key) {
      const rows = read.selectFrom('assignment').selectAll().where('application', '=', key).orderBy('id');
      return (await rows.execute()).map(assignmentOf);
    },
    assign: (assignments) =>
      write(async (db) => {
        for (const rows of pieces(inOrder(assignments).map(assignmentRow))) {
          await db
            .insertInto('assignment')
            .values(rows)
            .onConflict((conflict) =>
              conflict.columns(['application', 'id']).doUpdateSet((column) => ({
                type: column.ref('excluded.type'),
                nested: column.ref('excluded.nested'),
              })),
            )
            .execute();
        }
      }),
    unassign: (key, ids) =>
      write(async (db) => {
        for (const some of pieces(ids.toSorted())) {
          await db.deleteFrom('assignment').where('application', '=', key).where('id', 'in', some).execute();
        }
      }),

    reset: (key, what, fence) => underFence(access, key, fence).write((statements) => reset(statements, key, what)),
    prune: (before, limit) => access.write((statements) => prune(statements, before, limit)),

    ...createCycles(read, (key, fence) => writeTo(underFence(access, key, fence))),
    ...createPlans(read, write),
    ...createAuditLog(read, write),
    journal: (key, fence) => createJournal(underFence(access, key, fence), key),
    drift: (key, fence) => createDriftJournal(underFence(access, key, fence), key),
    log: (query) => searchRecords(access.read, query),
    lastRecordAt: (key, id) => lastRecordAt(access.read, key, id),
    logEntry: (key, n) => findRecord(access.read, key, n),
  };
}

/** Throws UniqueConflict when another application has the slug; nobody else takes it until the transaction ends. */
async function claimSlug(
  db: Kysely<Database>,
  statements: Statements,
  { id, slug }: Pick<Application, 'id' | 'slug'>,
): Promise<void> {
  await lockInstallation(statements);
  const others = db.selectFrom('application').select('id').where('slug', '=', slug).where('id', '<>', id);
  const holder = await others.where('removing', '=', 0).executeTakeFirst();
  if (holder !== undefined) throw new UniqueConflict('slug', slug, holder.id);
}

/** Each once, as it was given last, in the order in which all writers lock them. */
function inOrder(assignments: readonly StoredAssignment[]): readonly StoredAssignment[] {
  const last = new Map(assignments.map((assignment) => [`${assignment.application} ${assignment.id}`, assignment]));
  return [...last].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, assignment]) => assignment);
}

/** Pieces of a list that one INSERT can take. */
export function* pieces<T>(list: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < list.length; from += ROWS_AT_A_TIME) yield list.slice(from, from + ROWS_AT_A_TIME);
}

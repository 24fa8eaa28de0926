import type { Kysely } from 'kysely';
import type { Application, Applications } from '../../application-contract.ts';
import { UniqueConflict } from '../../contract.ts';
import { kyselyOn } from '../../kysely-on.ts';
import type { Database } from '../../tables.ts';
import type { Connection } from '../connection.ts';
import { isConstraintFailure } from '../error.ts';
import type { GroupCommit } from '../group-commit.ts';
import { createDriftJournal } from '../journal/drift.ts';
import { createJournal } from '../journal/journal.ts';
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

/** Values that one INSERT binds at most are 32,766 in SQLite; this many rows of five are well below. */
const ROWS_AT_A_TIME = 500;

/** Applications with their jobs. They are read seldom, so their queries are built each time; journals keep theirs. */
export function createApplications(reader: Connection, writer: Connection, run: GroupCommit['run']): Applications {
  const read = kyselyOn<Database>(reader);
  const write = kyselyOn<Database>(writer);

  const update = (key: number, columns: { profile?: string | null; secret?: string | null }) =>
    run(async () => {
      await write.updateTable('application').set(columns).where('key', '=', key).execute();
    });

  return {
    async list() {
      return (await read.selectFrom('application').select(COLUMNS).orderBy('key').execute()).map(applicationOf);
    },
    add: (application) =>
      run(async () => {
        const { job, profile } = application;
        const state = { job: JSON.stringify(job), profile: textOf(profile), removing: 0 } as const;
        const row = { ...applicationRow(application), ...state };
        const insert = write.insertInto('application').values(row).returning(COLUMNS);
        return applicationOf(await claimSlug(write, application, insert.executeTakeFirstOrThrow()));
      }),
    save: (application) =>
      run(async () => {
        const row = { ...applicationRow(application), removing: application.removing ? 1 : 0 } as const;
        const save = write.updateTable('application').set(row).where('key', '=', application.key);
        const { numUpdatedRows } = await claimSlug(write, application, save.executeTakeFirstOrThrow());
        if (numUpdatedRows === 0n) throw new Error(`The application ${application.id} is not stored`);
      }),
    changeJob: (key, change) =>
      run(async () => {
        const row = await write.selectFrom('application').select(COLUMNS).where('key', '=', key).executeTakeFirst();
        if (row === undefined) throw new Error(`There is no application ${key}`);
        const before = applicationOf(row).job;
        const after = change(before);
        if (after !== before) {
          const job = JSON.stringify(after);
          await write.updateTable('application').set({ job }).where('key', '=', key).execute();
        }
        return { before, after };
      }),
    saveProfile: (key, profile) => update(key, { profile: textOf(profile) }),
    async secret(key) {
      const row = await read.selectFrom('application').select('secret').where('key', '=', key).executeTakeFirst();
      return row?.secret ?? null;
    },
    saveSecret: (key, secret) => update(key, { secret }),
    purge: (key, limit) => run(async () => purgeApplication(writer, key, limit)),

    async assignments(key) {
      const rows = read.selectFrom('assignment').selectAll().where('application', '=', key).orderBy('id');
      return (await rows.execute()).map(assignmentOf);
    },
    assign: (assignments) =>
      run(async () => {
        for (const rows of pieces(assignments.map(assignmentRow))) {
          await write
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
      run(async () => {
        for (const some of pieces(ids)) {
          await write.deleteFrom('assignment').where('application', '=', key).where('id', 'in', some).execute();
        }
      }),

    journal: (key) => createJournal(reader, writer, run, key),
    drift: (key) => createDriftJournal(reader, writer, run, key),
    reset: (key, what) => run(() => reset(writer, key, what)),

    ...createCycles(read, write, run),

    log: (query) => searchRecords(reader, query),
    lastRecordAt: async (key, id) => lastRecordAt(reader, key, id),
    logEntry: async (key, n) => findRecord(reader, key, n),
    prune: (before, limit) => run(async () => prune(writer, before, limit)),

    ...createPlans(read, write, run),
    ...createAuditLog(read, write, run),
  };
}

async function claimSlug<T>(
  write: Kysely<Database>,
  { slug }: Pick<Application, 'slug'>,
  written: Promise<T>,
): Promise<T> {
  try {
    return await written;
  } catch (error) {
    if (!isConstraintFailure(error)) throw error;
    const holder = await write
      .selectFrom('application')
      .select('id')
      .where('slug', '=', slug)
      .where('removing', '=', 0)
      .executeTakeFirst();
    if (holder === undefined) throw error;
    throw new UniqueConflict('slug', slug, holder.id);
  }
}

function* pieces<T>(list: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < list.length; from += ROWS_AT_A_TIME) yield list.slice(from, from + ROWS_AT_A_TIME);
}

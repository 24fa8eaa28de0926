import { setTimeout as pause } from 'node:timers/promises';
import { type Migration, type MigrationPlan, planFrom } from '../migration.ts';
import { connected } from './connected.ts';
import { type PostgresConnection, runCommand } from './connection.ts';
import { isLockTimeout } from './error.ts';
import { initial } from './migrations/0001-initial.ts';
import { applications } from './migrations/0002-applications.ts';
import { administrators } from './migrations/0003-administrators.ts';
import { work } from './migrations/0004-work.ts';

/** Forward only: the n-th brings a database of version n - 1 to version n. */
export const MIGRATIONS: readonly Migration[] = [
  { sql: initial, does: 'Identity servers, resources, the change feed and the request log' },
  { sql: applications, does: 'Applications, their journals and the audit log' },
  { sql: administrators, does: 'People who sign in' },
  { sql: work, does: 'Work that processes share' },
];

/** Any number that nothing else in the database locks. */
const MIGRATION_LOCK = 7_643_7644;
/** How long a change of a table waits for those who use it: as long as it does, whoever comes next waits behind it. */
const LOCK_TIMEOUT = '2s';
/** How often it is tried when somebody used a table for longer, and milliseconds between. */
const TRIES = 10;
const REST = 1000;

/** What migrating would do. Errors: a newer version that this program cannot work with. */
export async function planMigration(connection: PostgresConnection, migrations = MIGRATIONS): Promise<MigrationPlan> {
  const there = await runCommand(connection, `SELECT to_regclass('schema_version') IS NOT NULL AS there`);
  if (there.rows[0]?.there !== true) return planFrom(0, migrations);
  const { rows } = await runCommand(
    connection,
    'SELECT version, compatible_from FROM schema_version ORDER BY version DESC LIMIT 1',
  );
  const version = Number(rows[0]?.version ?? 0);
  const compatibleFrom = Number(rows[0]?.compatible_from ?? version);
  if (compatibleFrom > migrations.length) throw newer(version, migrations.length);
  return planFrom(version, migrations);
}

/** Brings the database at an address to this program's version if it is older, on a connection of its own. */
export async function migrateAt(url: string, migrations = MIGRATIONS): Promise<MigrationPlan> {
  return connected(url, 'migrate', (connection) => migrate(connection, migrations));
}

/**
 * Brings a database to the newest version, all of it or nothing; processes that start together take turns. What it did.
 * Errors: a newer version; a table that somebody keeps using all the time.
 */
export async function migrate(connection: PostgresConnection, migrations = MIGRATIONS): Promise<MigrationPlan> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(connection, migrations);
    } catch (error) {
      if (!isLockTimeout(error)) throw error;
      if (attempt === TRIES) throw busy(error);
      await pause(REST);
    }
  }
}

async function once(connection: PostgresConnection, migrations: readonly Migration[]): Promise<MigrationPlan> {
  await runCommand(connection, 'BEGIN');
  try {
    const done = await migrateWithin(connection, migrations);
    await runCommand(connection, 'COMMIT');
    return done;
  } catch (error) {
    await runCommand(connection, 'ROLLBACK').catch(() => undefined);
    throw error;
  }
}

/** The same in the transaction that the caller has begun. */
export async function migrateWithin(connection: PostgresConnection, migrations = MIGRATIONS): Promise<MigrationPlan> {
  // Another process may be at it for long, and is waited for.
  await runCommand(connection, 'SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0');
  await runCommand(connection, `SELECT pg_advisory_xact_lock(${MIGRATION_LOCK})`);
  const plan = await planMigration(connection, migrations);
  if (plan.steps.length === 0) return plan;
  await runCommand(connection, `SET LOCAL lock_timeout = '${LOCK_TIMEOUT}'`);
  if (plan.from === 0) {
    await runCommand(
      connection,
      `CREATE TABLE IF NOT EXISTS schema_version (
         version bigint PRIMARY KEY, compatible_from bigint NOT NULL, at timestamptz NOT NULL DEFAULT now())`,
    );
  }
  for (const [index, { sql, compatibleFrom }] of migrations.slice(plan.from).entries()) {
    await runCommand(connection, sql);
    const version = plan.from + index + 1;
    await runCommand(
      connection,
      `INSERT INTO schema_version (version, compatible_from) VALUES (${version}, ${compatibleFrom ?? version})`,
    );
  }
  return plan;
}

const newer = (version: number, known: number): Error =>
  new Error(
    `The database has version ${version} and this program knows versions up to ${known}: a newer Rollcall migrated ` +
      'it. Start that one.',
  );

const busy = (cause: unknown): Error =>
  new Error('The tables that must change are in use all the time. Try again later, or stop what uses them', { cause });

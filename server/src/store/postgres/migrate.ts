import type { PostgresConnection } from './connection.ts';
import { initial } from './migrations/0001-initial.ts';
import { applications } from './migrations/0002-applications.ts';
import { administrators } from './migrations/0003-administrators.ts';
import { work } from './migrations/0004-work.ts';

/** Forward only: the n-th brings a database of version n - 1 to version n. */
export const MIGRATIONS: readonly string[] = [initial, applications, administrators, work];

/** Any number that nothing else in the database locks. */
const MIGRATION_LOCK = 7_643_7644;

/** The version of the database: 0 when there is nothing of Rollcall in it. */
export async function versionOf(connection: PostgresConnection): Promise<number> {
  const { rows } = await connection.execute(`SELECT to_regclass('schema_version') IS NOT NULL AS there`, [], {
    prepare: false,
  });
  if (rows[0]?.there !== true) return 0;
  const version = await connection.execute('SELECT max(version) AS version FROM schema_version', [], {
    prepare: false,
  });
  return Number(version.rows[0]?.version ?? 0);
}

/** Brings a database to the newest version, all of it or nothing; processes that start together take turns. */
export async function migrate(connection: PostgresConnection, migrations = MIGRATIONS): Promise<void> {
  const run = (sql: string) => connection.execute(sql, [], { prepare: false });
  await run('BEGIN');
  try {
    await migrateWithin(connection, migrations);
    await run('COMMIT');
  } catch (error) {
    await run('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

/** The same in the transaction that the caller has begun. */
export async function migrateWithin(connection: PostgresConnection, migrations = MIGRATIONS): Promise<void> {
  const run = (sql: string) => connection.execute(sql, [], { prepare: false });
  await run(`SELECT pg_advisory_xact_lock(${MIGRATION_LOCK})`);
  const version = await versionOf(connection);
  if (version > migrations.length) throw newer(version, migrations.length);
  if (version === 0) {
    await run(
      'CREATE TABLE IF NOT EXISTS schema_version (version bigint PRIMARY KEY, at timestamptz NOT NULL DEFAULT now())',
    );
  }
  for (const [index, migration] of migrations.slice(version).entries()) {
    await run(migration);
    await run(`INSERT INTO schema_version (version) VALUES (${version + index + 1})`);
  }
}

const newer = (version: number, known: number): Error =>
  new Error(
    `The database has version ${version} and this program knows versions up to ${known}: a newer Rollcall migrated ` +
      'it. Start that one.',
  );

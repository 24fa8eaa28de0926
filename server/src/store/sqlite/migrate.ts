import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Migration, type MigrationPlan, planFrom } from '../migration.ts';
import { backupDatabase } from './backup.ts';
import { databaseFile } from './database-file.ts';
import { initial } from './migrations/0001-initial.ts';
import { applications } from './migrations/0002-applications.ts';
import { administrators } from './migrations/0003-administrators.ts';
import { changeHistory } from './migrations/0004-change-history.ts';
import { work } from './migrations/0005-work.ts';

/** Forward only: the n-th brings a database of version n - 1 (`PRAGMA user_version`) to version n. */
const MIGRATIONS: readonly Migration[] = [
  { sql: initial, does: 'Identity servers, resources and the change feed' },
  { sql: applications, does: 'Applications, their journals and the audit log' },
  { sql: administrators, does: 'People who sign in' },
  { sql: changeHistory, does: 'The history of one resource' },
  { sql: work, does: 'Work for applications' },
];

/**
 * What migrating a database file would do; undefined when there is none. Opens it read-only. Throws when a newer version
 * of the program wrote it, or when it is no database.
 */
export function planMigration(file: string, migrations = MIGRATIONS): MigrationPlan | undefined {
  const version = storedVersion(file, migrations);
  return version === undefined ? undefined : planFrom(version, migrations);
}

/**
 * How many migrations a database file still needs; undefined when there is no database yet. Opens it read-only.
 * Throws when the file was written by a newer version of the program, or is no database.
 */
export function pendingMigrations(file: string, migrations = MIGRATIONS): number | undefined {
  const version = storedVersion(file, migrations);
  return version === undefined ? undefined : migrations.length - version;
}

/**
 * Copies the database of a data directory when the program is about to migrate it; the name of the copy, or undefined
 * when there is nothing to migrate. Throws as `pendingMigrations` does.
 */
export async function backUpBeforeMigration(directory: string, migrations = MIGRATIONS): Promise<string | undefined> {
  const file = databaseFile(directory);
  const version = storedVersion(file, migrations);
  if (version === undefined || version === 0 || version === migrations.length) return undefined;
  const copy = join(directory, `before-migration-${version}.db`);
  await backupDatabase(file, copy);
  return copy;
}

/** Brings the database of a data directory that nobody uses to the newest version; the name of the copy that was made before. */
export async function migrateFile(directory: string): Promise<string | undefined> {
  const backup = await backUpBeforeMigration(directory);
  const database = new DatabaseSync(databaseFile(directory));
  try {
    migrate(database);
  } finally {
    database.close();
  }
  return backup;
}

/** Brings a database to the newest version: all of it or nothing. */
export function migrate(database: DatabaseSync, migrations = MIGRATIONS): void {
  const pending = migrations.slice(versionOf(database, migrations));
  if (pending.length === 0) return;
  database.exec('BEGIN IMMEDIATE');
  try {
    for (const { sql } of pending) database.exec(sql);
    database.exec(`PRAGMA user_version = ${migrations.length}`);
    database.exec('COMMIT');
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

function storedVersion(file: string, migrations: readonly Migration[]): number | undefined {
  if (!existsSync(file)) return undefined;
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    return versionOf(database, migrations);
  } finally {
    database.close();
  }
}

function versionOf(database: DatabaseSync, migrations: readonly Migration[]): number {
  const version = Number(database.prepare('PRAGMA user_version').get()?.user_version);
  if (version <= migrations.length) return version;
  throw new Error(
    `The database has version ${version} and this program knows versions up to ${migrations.length}: a newer ` +
      'Rollcall wrote it. Start that one, or restore the backup that was made before it migrated.',
  );
}

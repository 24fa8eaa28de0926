import { existsSync } from 'node:fs';
import { databaseAway } from './database-unusable.ts';
import { DirectoryInUse } from './directory-in-use.ts';
import { lockDirectory } from './store/lock.ts';
import type { MigrationPlan } from './store/migration.ts';
import { connected } from './store/postgres/connected.ts';
import { migrateAt, planMigration as planPostgres } from './store/postgres/migrate.ts';
import { databaseFile } from './store/sqlite/database-file.ts';
import { migrateFile, planMigration } from './store/sqlite/migrate.ts';

export type { MigrationPlan } from './store/migration.ts';

export interface MigrateRequest {
  /** Whose database it is, where no PostgreSQL database is named. */
  readonly directory: string;
  readonly databaseUrl: string | undefined;
  /** Only says what it would do. */
  readonly dryRun: boolean;
}

export interface Migrated extends MigrationPlan {
  /** The copy of a SQLite database that was made before. */
  readonly backup?: string;
}

/** Thrown when there is nothing to migrate. */
export class NoDatabase extends Error {
  override readonly name = 'NoDatabase';
}

/**
 * Brings a database to this program's version, as `rollcall serve` does when it starts. Errors: DirectoryInUse,
 * NoDatabase, DatabaseUnusable, a newer version.
 */
export async function migrateDatabase({ directory, databaseUrl, dryRun }: MigrateRequest): Promise<Migrated> {
  if (databaseUrl === undefined) return migrateDirectory(directory, dryRun);
  const migrated = dryRun ? connected(databaseUrl, 'migrate', (each) => planPostgres(each)) : migrateAt(databaseUrl);
  return migrated.catch((error: unknown) => Promise.reject(databaseAway(error)));
}

async function migrateDirectory(directory: string, dryRun: boolean): Promise<Migrated> {
  const file = databaseFile(directory);
  const plan = existsSync(file) ? planMigration(file) : undefined;
  if (plan === undefined) throw new NoDatabase(`There is no database in ${directory}. The first start makes it.`);
  if (dryRun || plan.steps.length === 0) return plan;
  const lock = lockDirectory(directory);
  if (lock === undefined) throw new DirectoryInUse(`A server uses ${directory}.`);
  try {
    const backup = await migrateFile(directory);
    return { ...plan, ...(backup !== undefined && { backup }) };
  } finally {
    lock.release();
  }
}

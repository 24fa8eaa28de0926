import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openKeys } from './auth/keys.ts';
import { databaseAway } from './database-unusable.ts';
import { DirectoryInUse } from './directory-in-use.ts';
import {
  type CopiedRows,
  CopyDiffers,
  type CopyProgress,
  copyToPostgres,
  TargetRefused,
} from './store/copy/copy-to-postgres.ts';
import { lockDirectory } from './store/lock.ts';
import { databaseFile } from './store/sqlite/database-file.ts';
import { pendingMigrations } from './store/sqlite/migrate.ts';

export type { CopiedRows, CopyProgress } from './store/copy/copy-to-postgres.ts';

export interface CopyRequest {
  readonly directory: string;
  /** `postgres://…` */
  readonly url: string;
  /** Where the installation's keys are. */
  readonly keysFile: string | undefined;
  readonly withLog: boolean;
  readonly progress: (progress: CopyProgress) => void;
}

export interface Copied {
  readonly tables: readonly CopiedRows[];
  /** The keys that go with the database; undefined when there are none. */
  readonly keysFile: string | undefined;
}

/** Thrown when a data directory cannot be copied; the message says what to do. Nothing has changed then. */
export class CopyFailed extends Error {
  override readonly name = 'CopyFailed';
}

/**
 * Copies the database of a data directory, and its request log, into an empty PostgreSQL database, and compares both.
 * The directory stays as it is. Errors: DirectoryInUse while a server holds it, CopyFailed, DatabaseUnusable.
 */
export async function copyDatabase(request: CopyRequest): Promise<Copied> {
  const { directory, url, withLog, progress } = request;
  const file = databaseFile(directory);
  if (!existsSync(file)) throw new CopyFailed(`There is no database in ${directory}. Name a data directory.`);
  const lock = lockDirectory(directory);
  if (lock === undefined) throw new DirectoryInUse(`A server uses ${directory}.`);
  try {
    if ((pendingMigrations(file) ?? 0) > 0) {
      throw new CopyFailed(`The database in ${directory} is of an earlier version. Run rollcall migrate first.`);
    }
    const keysFile = request.keysFile ?? join(directory, 'keys');
    const keys = existsSync(keysFile) ? await openKeys(keysFile) : undefined;
    const logFile = withLog ? join(directory, 'log.db') : undefined;
    const fingerprint = keys?.signing.fingerprint;
    const tables = await copyToPostgres({ file, logFile, url, fingerprint, progress }).catch(explain);
    return { tables, keysFile: keys?.file };
  } finally {
    lock.release();
  }
}

function explain(error: unknown): never {
  if (error instanceof TargetRefused) {
    throw new CopyFailed(`${error.message} Name an empty database, or drop and create this one.`, { cause: error });
  }
  if (error instanceof CopyDiffers) {
    throw new CopyFailed(`${error.message} Copy again; if it happens again, report it.`, { cause: error });
  }
  throw databaseAway(error);
}

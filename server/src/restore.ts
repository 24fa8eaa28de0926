import { existsSync, mkdirSync } from 'node:fs';
import { DirectoryInUse } from './directory-in-use.ts';
import { lockDirectory } from './store/lock.ts';
import { replaceDatabase } from './store/sqlite/replace-database.ts';

/** Thrown when a file is no backup that this version can use. */
export class BackupUnusable extends Error {
  override readonly name = 'BackupUnusable';
}

/**
 * Puts a backup in the place of a data directory's database. What it replaces stays beside it, under the name that is
 * returned. Errors: DirectoryInUse while a server holds the directory, BackupUnusable.
 */
export async function restoreDatabase(directory: string, backup: string): Promise<{ replaced: string | undefined }> {
  if (!existsSync(backup)) throw new BackupUnusable(`There is no file ${backup}.`);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const lock = lockDirectory(directory);
  if (lock === undefined) throw new DirectoryInUse(`A server uses ${directory}.`);
  try {
    return { replaced: await replaceDatabase(directory, backup, Date.now()) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new BackupUnusable(`${backup} cannot be restored: ${reason}`, { cause: error });
  } finally {
    lock.release();
  }
}

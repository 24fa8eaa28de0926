import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isBusy } from './sqlite/error.ts';

export interface DirectoryLock {
  release(): void;
}

/**
 * Holds a data directory for this process alone: undefined when another holds it. The lock is SQLite's on a file of its
 * own, kept in an open transaction: the kernel releases it when the process ends, however it ends. Throws the errors of
 * the file system.
 */
export function lockDirectory(directory: string): DirectoryLock | undefined {
  const file = join(directory, 'lock');
  // Opened by SQLite alone: closing any other handle on the file would release the lock (POSIX).
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
    chmodSync(file, 0o600);
  } catch (error) {
    database.close();
    if (isBusy(error)) return undefined;
    throw error;
  }
  return { release: () => database.close() };
}

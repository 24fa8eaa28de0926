import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { backup, DatabaseSync } from 'node:sqlite';

/** Pages copied at a time on the thread pool. */
const PAGES_AT_A_TIME = 500;

/**
 * Writes a consistent copy of a database, which may be in use, to `target`. A file of that name is replaced only when the
 * copy is whole and on disk. Throws the errors of the file system.
 */
export async function backupDatabase(file: string, target: string): Promise<void> {
  const partial = `${target}.partial`;
  rmSync(partial, { force: true });
  closeSync(openSync(partial, 'wx', 0o600));
  try {
    await copy(file, partial);
    syncFile(partial);
    renameSync(partial, target);
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
}

async function copy(file: string, target: string): Promise<void> {
  const source = new DatabaseSync(file, { readOnly: true });
  try {
    // A transaction that has read keeps its snapshot: without it, the copy would begin anew with each commit of a writer.
    source.exec('BEGIN; SELECT count(*) FROM sqlite_schema');
    await backup(source, target, { rate: PAGES_AT_A_TIME });
  } finally {
    source.close();
  }
}

function syncFile(file: string): void {
  const descriptor = openSync(file, 'r+');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

import { closeSync, openSync, renameSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { isDamaged } from '../sqlite/error.ts';
import { LOG_SCHEMA } from './tables.ts';

/** Longer than any statement of another connection (a backup, a person with the sqlite3 shell) should take. */
const BUSY_TIMEOUT = 1000;

/**
 * Opens the request log's database and makes it when there is none. A file that is broken is set aside under the name
 * `….broken`, in place of an earlier one, and a new one begun: a log must not stop because its past is unreadable.
 */
export function openLogFile(file: string): DatabaseSync {
  try {
    return open(file);
  } catch (error) {
    if (!isDamaged(error)) throw error;
    setAside(file);
    return open(file);
  }
}

function open(file: string): DatabaseSync {
  // Requests hold personal data: the file belongs to its owner alone, and so do the -wal and -shm beside it.
  closeSync(openSync(file, 'a', 0o600));
  const database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT });
  try {
    // Pages of 16 kB: an entry of 3 kB costs 9 µs and 2.6 kB of disk, on pages of 4 kB 18 µs and 4.1 kB.
    database.exec('PRAGMA page_size = 16384; PRAGMA auto_vacuum = INCREMENTAL');
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 250');
    database.exec(LOG_SCHEMA);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Moves a broken file out of the way. */
export function setAside(file: string): void {
  rmSync(`${file}-wal`, { force: true });
  rmSync(`${file}-shm`, { force: true });
  renameSync(file, `${file}.broken`);
}

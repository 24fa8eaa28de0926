import { close, fdatasync, fstatSync, openSync } from 'node:fs';
import { promisify } from 'node:util';

/** The file of the write-ahead log, beside SQLite's own handle on it. */
export interface WriteAheadLog {
  /** Brings what was committed to disk, on the thread pool: SQLite itself would stop the event loop for it. */
  sync(): Promise<void>;
  bytes(): number;
  close(): Promise<void>;
}

const syncData = promisify(fdatasync);
const closeFile = promisify(close);

/**
 * Opens the log of a database that is open in WAL mode. SQLite's locks are on the other two files, so closing this
 * handle releases none of them.
 */
export function openWriteAheadLog(databaseFile: string): WriteAheadLog {
  const descriptor = openSync(`${databaseFile}-wal`, 'r+');
  return {
    sync: () => syncData(descriptor),
    bytes: () => fstatSync(descriptor).size,
    close: () => closeFile(descriptor),
  };
}

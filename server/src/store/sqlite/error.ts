/** SQLite's primary result codes (https://sqlite.org/rescode.html). */
const BUSY = 5;
const LOCKED = 6;
const NOMEM = 7;
const READONLY = 8;
const INTERRUPT = 9;
const IOERR = 10;
const CORRUPT = 11;
const FULL = 13;
const CANTOPEN = 14;
const PROTOCOL = 15;
const CONSTRAINT = 19;
const NOTADB = 26;

const STORAGE = new Set([BUSY, LOCKED, NOMEM, READONLY, INTERRUPT, IOERR, CORRUPT, FULL, CANTOPEN, PROTOCOL, NOTADB]);

/** Whether the storage failed (a full disk, an I/O error ...), as opposed to one statement. */
export function isStorageFailure(error: unknown): boolean {
  const code = primaryCode(error);
  return code !== undefined && STORAGE.has(code);
}

/** Whether a file is no database, or no whole one. */
export function isDamaged(error: unknown): boolean {
  const code = primaryCode(error);
  return code === CORRUPT || code === NOTADB;
}

/** Whether a statement broke a constraint. */
export function isConstraintFailure(error: unknown): boolean {
  return primaryCode(error) === CONSTRAINT;
}

/** Whether another connection holds the lock. */
export function isBusy(error: unknown): boolean {
  return primaryCode(error) === BUSY;
}

function primaryCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return undefined;
  return error.errcode & 0xff;
}

import { DatabaseError } from 'pg';

/** Ended for another transaction's sake: it can be tried again as it is. */
const TRY_AGAIN = new Set(['40001', '40P01']);

/** Classes of errors that say nothing about the statement: the connection, resources, an operator, the system. */
const SERVER_CLASSES = new Set(['08', '53', '57', '58', 'XX']);

/** Whether PostgreSQL ended a transaction because of another one (deadlock, serialization). */
export function isTryAgain(error: unknown): boolean {
  return error instanceof DatabaseError && TRY_AGAIN.has(error.code ?? '');
}

/** Whether a statement violates a unique constraint. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof DatabaseError && error.code === '23505';
}

/** Whether a value cannot be stored: it has the wrong form, is out of range, or breaks a constraint. */
export function isFaultOfValue(error: unknown): boolean {
  return error instanceof DatabaseError && ['22', '23'].includes((error.code ?? '').slice(0, 2));
}

/** Whether a statement took longer than it may (`statement_timeout`), or was cancelled. */
export function isCancelled(error: unknown): boolean {
  return error instanceof DatabaseError && error.code === '57014';
}

/** Whether a statement waited too long for a lock (`lock_timeout`). */
export function isLockTimeout(error: unknown): boolean {
  return error instanceof DatabaseError && error.code === '55P03';
}

/** A statement that another one before it in the pipeline should have prepared, and could not. */
const UNPREPARED = '26000';

/** Whether the database, not the statement, is the trouble: it is away, ends, is full, has no connection left. */
export function isUnavailable(error: unknown): boolean {
  if (error instanceof DatabaseError) {
    return error.code === UNPREPARED || (SERVER_CLASSES.has((error.code ?? '').slice(0, 2)) && !isCancelled(error));
  }
  // Whatever else pg throws is about the connection: a socket that ended, a time that is over.
  return error instanceof Error && (CONNECTION.test(error.message) || ('code' in error && isSocketCode(error.code)));
}

/** pg's own messages have no codes. */
const CONNECTION =
  /^(Connection terminated|Client has encountered a connection error|timeout (exceeded|expired)|Query read timeout|Client was closed|Cannot use a pool after)|closed the connection|not queryable/i;

const isSocketCode = (code: unknown): boolean =>
  typeof code === 'string' && /^(ECONN|EPIPE|ETIMEDOUT|ENOENT|EHOST|ENET|EAI_|ENOTFOUND)/.test(code);

/** Thrown when the database is damaged; the message says what to do. */
export class DatabaseUnusable extends Error {
  override readonly name = 'DatabaseUnusable';

  constructor(file: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`${file} cannot be opened: ${reason}. Put a backup in its place: rollcall restore FILE`, { cause });
  }
}

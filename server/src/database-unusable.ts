/** Thrown when the database cannot be opened; the message says what to do. */
export class DatabaseUnusable extends Error {
  override readonly name = 'DatabaseUnusable';
}

/** A database file that is damaged. */
export const databaseDamaged = (file: string, cause: unknown): DatabaseUnusable =>
  new DatabaseUnusable(
    `${file} cannot be opened: ${reasonOf(cause)}. Put a backup in its place: rollcall restore FILE`,
    {
      cause,
    },
  );

/** A database server that does not answer as it should. Its address may hold a password, and is not repeated. */
export const databaseAway = (cause: unknown): DatabaseUnusable =>
  new DatabaseUnusable(
    `The PostgreSQL database cannot be opened: ${reasonOf(cause)}. See whether ROLLCALL_DATABASE_URL (or --to) names it, and whether it runs.`,
    { cause },
  );

/** What the driver said explains more than that the database was not reached. */
function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const inner = cause.cause ?? (cause instanceof AggregateError ? cause.errors[0] : undefined);
  const own = cause.message === '' ? cause.name : cause.message.replace(/\.$/, '');
  return inner instanceof Error ? `${own} (${reasonOf(inner)})` : own;
}

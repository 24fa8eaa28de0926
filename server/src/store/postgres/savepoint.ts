import type { PostgresConnection } from './connection.ts';
import { createPending, type Pending } from './transaction.ts';

const run = (connection: PostgresConnection, sql: string) => connection.execute(sql, [], { prepare: false });

/** Runs `body` as a part of the connection's transaction, which goes on without it when it throws. One at a time. */
export async function inSavepoint<T>(
  connection: PostgresConnection,
  body: (pending: Pending) => Promise<T>,
): Promise<T> {
  const begun = run(connection, 'SAVEPOINT part');
  begun.catch(() => undefined);
  const pending = createPending();
  try {
    const value = await body(pending);
    await pending.settled();
    await begun;
    await run(connection, 'RELEASE part');
    return value;
  } catch (error) {
    await run(connection, 'ROLLBACK TO part');
    await run(connection, 'RELEASE part');
    throw error;
  }
}

import type { NewChange, Rehearsal, Store } from '../contract.ts';
import type { Pipeline } from '../pipeline.ts';
import { type PostgresConnection, runCommand } from './connection.ts';
import type { Connections } from './pool.ts';
import { createReads } from './reads.ts';
import { inSavepoint } from './savepoint.ts';
import { createTransaction } from './transaction.ts';

/** Runs a body that writes in a transaction of its own, which is then rolled back (`Store.rehearse`). */
export function rehearse<T>(
  connections: Connections,
  base: number,
  store: Store,
  body: (rehearsal: Rehearsal) => Promise<T>,
): Promise<T> {
  return connections.use(async (connection) => {
    await runCommand(connection, 'BEGIN');
    try {
      return await body(rehearsalOn(connection, base, store));
    } finally {
      await runCommand(connection, 'ROLLBACK').catch(() => undefined);
    }
  });
}

function rehearsalOn(connection: PostgresConnection, base: number, store: Store): Rehearsal {
  const changes: NewChange[] = [];
  // One after another: savepoints are a stack, and the operations of a bulk request begin together.
  let last: Promise<unknown> = Promise.resolve();

  async function part<T>(body: (pipeline: Pipeline) => Promise<T>): Promise<T> {
    const recorded = changes.length;
    try {
      return await inSavepoint(connection, body);
    } catch (error) {
      changes.length = recorded;
      throw error;
    }
  }

  const rehearsed: Store = {
    ...store,
    ...createReads(connection),
    keepsOrder: true,
    transaction(body) {
      const turn = last.then(() =>
        part((pipeline) => body(createTransaction(connection, pipeline, base, (change) => changes.push(change)))),
      );
      last = turn.catch(() => undefined);
      return turn;
    },
    together: (parts) => parts(rehearsed),
    rehearse: () => Promise.reject(new Error('A rehearsal holds no other')),
  };
  return { store: rehearsed, changes };
}

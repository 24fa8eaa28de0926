import type { NewChange, Store } from '../contract.ts';
import { createRecorder } from './changes.ts';
import { isTryAgain, isUnavailable } from './error.ts';
import type { Connections } from './pool.ts';
import { createReads } from './reads.ts';
import { inSavepoint } from './savepoint.ts';
import { createTransaction, inTransaction } from './transaction.ts';

/**
 * Runs `body` with a store whose transactions are savepoints of one (`Store.together`). `begun` is called whenever that
 * one begins, `onChange` with each change of it.
 */
export function together<T>(
  connections: Connections,
  base: number,
  store: Store,
  begun: () => void,
  onChange: (change: NewChange) => void,
  body: (store: Store) => Promise<T>,
): Promise<T> {
  return inTransaction(connections, async (connection) => {
    begun();
    const append = createRecorder(connection, base);
    // What no savepoint helps against: the whole is tried again, or lost.
    let end: unknown;
    const inner: Store = {
      ...store,
      ...createReads(connection),
      keepsOrder: true,
      async transaction(part) {
        if (end !== undefined) throw end;
        try {
          return await inSavepoint(connection, (pipeline) =>
            part(createTransaction(connection, pipeline, base, onChange, append)),
          );
        } catch (error) {
          if (isTryAgain(error) || isUnavailable(error)) end = error;
          throw error;
        }
      },
      together: (parts) => parts(inner),
      rehearse: () => Promise.reject(new Error('Nothing is rehearsed among other writes')),
    };
    const value = await body(inner);
    if (end !== undefined) throw end;
    return value;
  });
}

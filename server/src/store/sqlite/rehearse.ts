import type { NewChange, Rehearsal, Store, Transaction } from '../contract.ts';
import type { Connection } from './connection.ts';
import type { GroupCommit } from './group-commit.ts';
import { createReads } from './reads.ts';
import { createTransaction } from './transaction.ts';

/** Makes a body of the group commit end without leaving anything. */
class Undone extends Error {
  override readonly name = 'Undone';
}

/** Runs a body that writes in a savepoint of its own, which is then rolled back (`Store.rehearse`). */
export async function rehearse<T>(
  connection: Connection,
  run: GroupCommit['run'],
  store: Store,
  body: (rehearsal: Rehearsal) => Promise<T>,
): Promise<T> {
  let outcome: { readonly value: T } | undefined;
  try {
    await run(async () => {
      outcome = { value: await body(rehearsalOn(connection, store)) };
      throw new Undone();
    });
  } catch (error) {
    if (!(error instanceof Undone)) throw error;
  }
  if (outcome === undefined) throw new Error('The rehearsal did not take place');
  return outcome.value;
}

function rehearsalOn(connection: Connection, store: Store): Rehearsal {
  const changes: NewChange[] = [];
  const transaction = createTransaction(connection, (change) => changes.push(change));
  // A body that fails takes back what it wrote and what it recorded, as it would by itself.
  const inSavepoint = async <T>(body: (transaction: Transaction) => Promise<T>): Promise<T> => {
    const recorded = changes.length;
    connection.run('SAVEPOINT rehearsed', []);
    try {
      const value = await body(transaction);
      connection.run('RELEASE rehearsed', []);
      return value;
    } catch (error) {
      changes.length = recorded;
      if (connection.database.isTransaction) {
        connection.run('ROLLBACK TO rehearsed', []);
        connection.run('RELEASE rehearsed', []);
      }
      throw error;
    }
  };
  // One after another, as in the group commit: the operations of a bulk request begin together.
  let last: Promise<unknown> = Promise.resolve();
  const rehearsed: Store = {
    ...store,
    ...createReads(connection),
    transaction(body) {
      const turn = last.then(() => inSavepoint(body));
      last = turn.catch(() => undefined);
      return turn;
    },
    rehearse: () => Promise.reject(new Error('A rehearsal holds no other')),
  };
  return { store: rehearsed, changes };
}

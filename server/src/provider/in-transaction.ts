import type { Exchange } from '../http/exchange.ts';
import type { Transaction } from '../store/contract.ts';

/**
 * Runs `body` as one transaction of the store. PostgreSQL may run it more than once: each time with an exchange whose
 * notes and skipped members are its own, and those of the last time count, also when it fails.
 */
export const inTransaction = <T>(
  exchange: Exchange,
  body: (exchange: Exchange, transaction: Transaction) => Promise<T>,
): Promise<T> =>
  inAttempts(exchange, (attempt) => exchange.store.transaction((transaction) => body(attempt(), transaction)));

/** Runs what may begin several times: `attempt` gives each of them an exchange to leave its notes in. */
export async function inAttempts<T>(exchange: Exchange, run: (attempt: () => Exchange) => Promise<T>): Promise<T> {
  let last: Exchange | undefined;
  try {
    return await run(() => {
      last = { ...exchange, rules: { ...exchange.rules, notes: [] }, skippedMembers: [] };
      return last;
    });
  } finally {
    if (last !== undefined) {
      // One by one: there may be more than a call takes arguments.
      for (const note of last.rules.notes) exchange.rules.notes.push(note);
      for (const id of last.skippedMembers) exchange.skippedMembers.push(id);
    }
  }
}

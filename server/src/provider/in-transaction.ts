import type { Exchange } from '../http/exchange.ts';
import type { Transaction } from '../store/contract.ts';

/**
 * Runs `body` as one transaction of the store. PostgreSQL may run it more than once: each time with an exchange whose
 * notes and skipped members are its own, and those of the last time count, also when it fails.
 */
export async function inTransaction<T>(
  exchange: Exchange,
  body: (exchange: Exchange, transaction: Transaction) => Promise<T>,
): Promise<T> {
  let last: Exchange | undefined;
  try {
    return await exchange.store.transaction((transaction) => {
      const attempt: Exchange = { ...exchange, rules: { ...exchange.rules, notes: [] }, skippedMembers: [] };
      last = attempt;
      return body(attempt, transaction);
    });
  } finally {
    if (last !== undefined) {
      // One by one: there may be more than a call takes arguments.
      for (const note of last.rules.notes) exchange.rules.notes.push(note);
      for (const id of last.skippedMembers) exchange.skippedMembers.push(id);
    }
  }
}

import { expect, it } from 'vitest';
import type { Exchange } from '../http/exchange.ts';
import type { Transaction } from '../store/contract.ts';
import { inTransaction } from './in-transaction.ts';

/** An exchange whose store runs each body several times, as PostgreSQL does after a deadlock. */
function exchangeThatRuns(times: number): Exchange {
  // Of an exchange, only these parts are used here.
  return {
    store: {
      async transaction<T>(body: (transaction: Transaction) => Promise<T>): Promise<T> {
        // The bodies of this test use no transaction.
        const run = () => body({} as Transaction);
        for (let n = 1; n < times; n++) await run().catch(() => undefined);
        return run();
      },
    },
    rules: { compatibility: 'tolerant', notes: [{ quirk: 'before' }] },
    skippedMembers: ['earlier'],
  } as unknown as Exchange;
}

it('leaves the notes and skipped members of the last attempt alone, also of one that fails', async () => {
  const exchange = exchangeThatRuns(3);
  await inTransaction(exchange, async (attempt) => {
    attempt.rules.notes.push({ quirk: 'dotted-keys' });
    attempt.skippedMembers.push('gone');
  });
  expect(exchange.rules.notes).toEqual([{ quirk: 'before' }, { quirk: 'dotted-keys' }]);
  expect(exchange.skippedMembers).toEqual(['earlier', 'gone']);

  const refused = inTransaction(exchange, async (attempt) => {
    attempt.rules.notes.push({ quirk: 'lone-value' });
    throw new Error('refused');
  });
  await expect(refused).rejects.toThrow('refused');
  expect(exchange.rules.notes.map(({ quirk }) => quirk)).toEqual(['before', 'dotted-keys', 'lone-value']);
});

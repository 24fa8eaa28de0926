import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Statements } from '../statements.ts';
import { deleteRows } from './delete-rows.ts';

/** In the order in which journals lock them. */
const STEPS = {
  links: [deleteRows('link'), deleteRows('reference'), deleteRows('membership'), deleteRows('drift')],
  escrows: [deleteRows('escrow')],
  staged: [deleteRows('staged')],
} as const;

/**
 * Rows that one statement deletes: of SQLite about 5 ms of work, after which the event loop gets its turn. PostgreSQL
 * comes across those that the transaction has deleted each time, so there are few times.
 */
const AT_A_TIME = { sqlite: 1000, postgres: 100_000 } as const;

/** Forgets links with references and memberships, escrows, or staged removals, in steps that let others have a turn. */
export async function reset(
  statements: Statements,
  application: number,
  what: readonly (keyof typeof STEPS)[],
): Promise<void> {
  const limit = AT_A_TIME[statements.dialect];
  for (const scope of what) {
    for (const step of STEPS[scope]) {
      while ((await step.run(statements, { application, limit })) >= limit) await nextTurn();
    }
  }
}

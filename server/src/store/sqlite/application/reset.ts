import type { Connection } from '../connection.ts';
import { STEP, untilDone } from '../steps.ts';
import { deleteRows } from './delete-rows.ts';

const STEPS = {
  links: [deleteRows('membership'), deleteRows('reference'), deleteRows('drift'), deleteRows('link')],
  escrows: [deleteRows('escrow')],
  staged: [deleteRows('staged')],
} as const;

/** Forgets links with references and memberships, escrows, or staged removals, in steps that let others have a turn. */
export async function reset(
  connection: Connection,
  application: number,
  what: readonly (keyof typeof STEPS)[],
): Promise<void> {
  for (const scope of what) {
    for (const step of STEPS[scope]) {
      await untilDone(() => step.run(connection, { application, limit: STEP }).changes);
    }
  }
}

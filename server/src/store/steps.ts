import { setImmediate as nextTurn } from 'node:timers/promises';

/** Rows that one statement touches at most: about 5 ms of work, after which the event loop gets its turn. */
export const STEP = 1000;

/** Runs `step` on a list piece by piece, with a turn of the event loop between the pieces. */
export async function inSteps<T>(list: readonly T[], step: (piece: readonly T[]) => void): Promise<void> {
  for (let from = 0; from < list.length; from += STEP) {
    if (from > 0) await nextTurn();
    step(from === 0 && list.length <= STEP ? list : list.slice(from, from + STEP));
  }
}

/** Runs `step` until it says that it has done less than a whole step, with a turn of the event loop between. */
export async function untilDone(step: () => number | Promise<number>): Promise<void> {
  while ((await step()) >= STEP) await nextTurn();
}

import { setImmediate as nextTurn } from 'node:timers/promises';

/** Items in slices of at most `size`, with a turn for others between two: an import must not hold up the server. */
export async function* inTurns<T>(items: readonly T[], size: number): AsyncGenerator<readonly T[]> {
  for (let at = 0; at < items.length; at += size) {
    if (at > 0) await nextTurn();
    yield items.slice(at, at + size);
  }
}

import { keyText } from '../journal.ts';
import { TargetError } from '../target.ts';
import { type ChunkKind, type Spread, typeOfChunk } from './chunk.ts';
import { TargetUnusable } from './target-unusable.ts';
import { underway } from './underway.ts';
import { goOn, type World } from './world.ts';

/** Hands out one phase of a cycle; returns the ids of what its chunks would take away. */
export type HandOut = (kind: ChunkKind, pages: AsyncIterable<readonly string[]>) => Promise<readonly string[]>;

/**
 * Hands out a cycle's objects in chunks, and resolves when all of a phase are done: the next one builds on what they
 * have linked. While a chunk is out its objects are lent: nobody touches them in this process. Errors: TargetUnusable,
 * Stopped, or what ended a chunk; all chunks are back then.
 */
export function createHandOut(world: World, spread: Spread): HandOut {
  let n = 0;

  return async (kind, pages) => {
    const type = typeOfChunk(kind);
    const removals: string[] = [];
    const failing = new AbortController();
    const stop = AbortSignal.any([world.stop, failing.signal]);

    async function handOut(ids: readonly string[]): Promise<void> {
      // Whoever has been taken away beside the cycle by now is left alone.
      const staying = ids.filter((id) => !world.left.has(keyText({ type, id })));
      if (!kind.startsWith('members')) world.tally.see(ids.length - staying.length);
      if (staying.length === 0 || stop.aborted) return;
      const { cycle, rules } = world;
      const outcome = await spread.run({ cycle, n: ++n, kind, ids: staying, mappings: rules.mappings.hash }, stop);
      if (outcome.kind === 'unusable') throw new TargetUnusable(new TargetError(outcome.code, outcome.message));
      if (outcome.kind === 'failed') throw new Error(outcome.message);
      world.tally.add(outcome.counts);
      for (const id of outcome.removals) removals.push(id);
    }

    await underway(
      spread.width,
      async (add) => {
        for await (const ids of pages) {
          goOn(world);
          const keys = ids.map((id) => keyText({ type, id }));
          if (ids.length > 0) await add(() => world.locks.lend(keys, () => handOut(ids)));
        }
      },
      () => failing.abort(),
    );
    goOn(world);
    return removals;
  };
}

import { keyText } from '../journal.ts';
import { createAssignments } from './assignments.ts';
import { type Chunk, type ChunkOutcome, typeOfChunk } from './chunk.ts';
import { createLocks } from './locks.ts';
import { readMemberships, sendMembershipsOf } from './members.ts';
import { processBatch } from './process-batch.ts';
import { recover } from './recover.ts';
import { createTally } from './tally.ts';
import { TargetUnusable } from './target-unusable.ts';
import type { Task } from './task.ts';
import { underway } from './underway.ts';
import { goOn, type World } from './world.ts';

const BATCH = 100;
const BATCHES = 3;

/**
 * Does one chunk of a cycle that another process coordinates. What somebody who died has left undone of it is recovered
 * first, so that a chunk may be begun any number of times, by one after the other. Of `world` it takes all but what
 * belongs to a cycle alone (its tally, its locks); `journal` must refuse writes when the chunk is not held any more.
 * Errors: Stopped where `world.stop` says so: then the chunk is to be done by somebody else; and what directory or
 * journal threw.
 */
export async function runChunk(world: World, chunk: Chunk): Promise<ChunkOutcome> {
  if (world.rules.mappings.hash !== chunk.mappings) {
    return { kind: 'failed', message: 'The mappings were changed while the cycle ran: it begins anew.' };
  }
  const tally = createTally();
  const own: World = {
    ...world,
    cycle: chunk.cycle,
    tally,
    locks: createLocks(),
    left: new Set(),
    doubtful: new Set(),
  };
  try {
    const removals = await work(own, chunk);
    const { expected: _, ...counts } = tally.counts;
    return { kind: 'done', counts, removals: [...new Set(removals.map(({ subject }) => subject.key.id))] };
  } catch (error) {
    if (!(error instanceof TargetUnusable)) throw error;
    const { code, message } = error.error;
    return { kind: 'unusable', code, message };
  }
}

async function work(world: World, { kind, ids }: Chunk): Promise<readonly Task[]> {
  const type = typeOfChunk(kind);
  const removals: Task[] = [];
  const keys = new Set(ids.map((id) => keyText({ type, id })));
  for (const key of await recover(world, keys)) world.doubtful.add(keyText(key));
  if (kind === 'membersAdded' || kind === 'membersRemoved') {
    await sendMembershipsOf(world, ids, kind === 'membersAdded' ? 'add' : 'remove');
    return removals;
  }
  const assignments = createAssignments(world.rules, world.source);
  await underway(
    () => BATCHES,
    async (add) => {
      for (let from = 0; from < ids.length; from += BATCH) {
        goOn(world);
        const part = ids.slice(from, from + BATCH);
        await add(async () => {
          await processBatch(world, assignments, { type, ids: part, removals, respectEscrow: kind === 'references' });
          if (kind === 'groups') await readMemberships(world, part);
        });
      }
    },
  );
  return removals;
}

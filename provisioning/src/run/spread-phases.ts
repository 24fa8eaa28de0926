import type { ObjectType, Page } from '../source.ts';
import type { Assignments } from './assignments.ts';
import type { Spread } from './chunk.ts';
import { createHandOut } from './hand-out.ts';
import { mappingOf } from './link-of.ts';
import { forgetSettledEscrows } from './members.ts';
import { processBatch } from './process-batch.ts';
import type { Task } from './task.ts';
import { goOn, type World } from './world.ts';

/** Some seconds of work: somebody who leaves may wait for it, and a worker that dies loses it. A group may have many members. */
const SIZE = { objects: 500, groups: 50 } as const;
const BATCH = 100;

/** The phases of an initial cycle up to the removals, done by workers; what they would take away joins `removals`. */
export async function spreadPhases(
  world: World,
  assignments: Assignments,
  removals: Task[],
  spread: Spread,
): Promise<void> {
  const { source, journal, tally } = world;
  const handOut = createHandOut(world, spread);
  const size = spread.size ?? SIZE;

  /** A worker has told ids alone, and only its chunk knew why: here they are decided about once more. */
  async function decide(type: ObjectType, ids: readonly string[]): Promise<void> {
    for (let from = 0; from < ids.length; from += BATCH) {
      goOn(world);
      await processBatch(world, assignments, { type, ids: ids.slice(from, from + BATCH), removals });
    }
  }

  for (const type of ['User', 'Group'] as const) {
    if (!mappingOf(world, type).source.enabled) continue;
    const phase = type === 'User' ? 'users' : 'groups';
    tally.begin(phase);
    const objects = pagesOf((after) => source.list(type, after, size.objects));
    await decide(
      type,
      await handOut(
        phase,
        mapped(objects, (page) => page.map(({ id }) => id)),
      ),
    );
  }
  tally.begin('references');
  const waiting = pagesOf((after) => journal.pendingReferences(after, size.objects));
  const users = mapped(waiting, (page) => page.filter(({ type }) => type === 'User').map(({ id }) => id));
  await decide('User', await handOut('references', users));
  if (!mappingOf(world, 'Group').source.enabled) return;
  tally.begin('members');
  for (const kind of ['membersAdded', 'membersRemoved'] as const) {
    await handOut(
      kind,
      pagesOf((after) => journal.groupsWithPendingMembers(after, size.groups)),
    );
  }
  await forgetSettledEscrows(world);
}

async function* pagesOf<T>(read: (after: string | undefined) => Promise<Page<T>>): AsyncIterable<readonly T[]> {
  for (let after: string | undefined, first = true; first || after !== undefined; first = false) {
    const page = await read(after);
    yield page.items;
    after = page.next;
  }
}

async function* mapped<T, U>(
  pages: AsyncIterable<readonly T[]>,
  map: (page: readonly T[]) => readonly U[],
): AsyncIterable<readonly U[]> {
  for await (const page of pages) yield map(page);
}

import { keyText } from '../journal.ts';
import type { ObjectKey } from '../source.ts';
import type { Assignments } from './assignments.ts';
import { byType } from './entering.ts';
import { processBatch } from './process-batch.ts';
import { carryOutRemovals } from './removals.ts';
import type { Task } from './task.ts';
import { goOn, Stopped, type World } from './world.ts';

const PAGE = 500;
const POLL = 1000;

/**
 * Runs beside an initial cycle, until the signal aborts: whoever the directory disables, deletes or takes out of a group
 * meanwhile leaves the target at once, and does not wait behind everybody else. It shares the guard's window, and moves
 * no watermark: the next incremental cycle sees the same changes again. Whoever is in a worker's hands at this moment is
 * decided about when he is back: until then nobody knows what the worker does to him.
 */
export async function leaverLane(
  world: World,
  assignments: () => Assignments,
  from: number,
  over: AbortSignal,
): Promise<void> {
  let position = from;
  let lent: readonly ObjectKey[] = [];
  while (!over.aborted) {
    const changes = await world.source.changes(position, PAGE);
    // The feed was cut: the cycle itself looks at everybody.
    if (changes === undefined) return;
    const leaving = changes.filter(
      ({ kind, membersRemoved }) => kind !== 'created' && (kind !== 'members' || membersRemoved.length > 0),
    );
    const keys = leaving.flatMap(({ type, id, membersRemoved }) => [
      { type, id },
      ...membersRemoved.map((member) => ({ type: 'User', id: member }) as const),
    ]);
    const isLent = (key: ObjectKey) => world.locks.isLent(keyText(key));
    const due = [...lent, ...keys].filter((key) => !isLent(key));
    lent = [...lent, ...keys].filter(isLent);
    await world.locks.apart(due.map(keyText), () => takeOut(world, assignments, due));
    position = changes.at(-1)?.n ?? position;
    if (changes.length < PAGE) await world.source.wait(position, POLL, over);
  }
}

async function takeOut(world: World, assignments: () => Assignments, keys: readonly ObjectKey[]): Promise<void> {
  const { users, groups } = byType(keys);
  const removals: Task[] = [];
  for (const [type, ids] of [
    ['User', users],
    ['Group', groups],
  ] as const) {
    const linked = [...(await world.journal.links(type, ids)).keys()];
    if (linked.length === 0) continue;
    await processBatch(world, assignments(), { type, ids: linked, removals, removalsOnly: true, lane: 'leaver' });
  }
  goOn(world);
  for (const { subject } of removals) world.left.add(keyText(subject.key));
  await carryOutRemovals(world, removals, 'leaver');
}

/** Runs `body` with the lane beside it. */
export async function besideLeavers(
  world: World,
  assignments: () => Assignments,
  from: number,
  body: () => Promise<void>,
): Promise<void> {
  const over = new AbortController();
  // What fails in the lane is met again by the incremental cycle that follows; a cycle's own end is thrown by its body.
  const lane = leaverLane(world, assignments, from, over.signal).catch((error: unknown) => {
    if (!(error instanceof Stopped)) world.laneFailed(error);
  });
  try {
    await body();
  } finally {
    over.abort();
    await lane;
  }
}

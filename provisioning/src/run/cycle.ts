import { keyText } from '../journal.ts';
import type { ObjectKey, ObjectType } from '../source.ts';
import { type Assignments, createAssignments } from './assignments.ts';
import type { Spread } from './chunk.ts';
import { byType, type Entering, enteringSince } from './entering.ts';
import { besideLeavers } from './leaver-lane.ts';
import { forgetSettledEscrows, noteMemberChanges, readMemberships, sendMemberships } from './members.ts';
import { processBatch } from './process-batch.ts';
import { recover } from './recover.ts';
import { carryOutRemovals } from './removals.ts';
import { spreadPhases } from './spread-phases.ts';
import { checkTarget } from './target-unusable.ts';
import type { Task } from './task.ts';
import { underway } from './underway.ts';
import { goOn, type World } from './world.ts';

const BATCH = 100;
const PAGE = 1000;
/** Batches on their way at once: while one waits for the target, the next is read and evaluated. */
const BATCHES = 3;

export type Start =
  /** Everything is looked at. */
  | { readonly kind: 'initial' }
  /** What changed after the watermark, and what is due. */
  | { readonly kind: 'incremental'; readonly watermark: number }
  /** These objects alone, and of the groups these members alone; with none, memberships are not looked at. */
  | {
      readonly kind: 'onDemand';
      readonly keys: readonly ObjectKey[];
      readonly expected?: ReadonlyMap<string, string>;
      readonly members?: ReadonlySet<string>;
    };

/**
 * One cycle: recover what is in doubt; users, groups, references, memberships; then what is taken away, judged
 * together. Returns the new watermark (undefined on demand). Errors: TargetUnusable, Stopped, or what the directory
 * threw; then the watermark stays, and what was done is found done by the next cycle. With `spread`, an initial cycle
 * hands its objects out to workers; no worker may be left from an earlier one when it begins.
 */
export async function runCycle(world: World, start: Start, spread?: Spread): Promise<number | undefined> {
  world.tally.begin('starting');
  if (start.kind !== 'incremental') await checkTarget(world);
  if (start.kind === 'onDemand') {
    // What a worker has in hand is waited for: only then is it clear what is in doubt.
    return world.locks.apart(start.keys.map(keyText), async () => {
      await inDoubt(world);
      return onDemand(world, start);
    });
  }
  const doubtful = await inDoubt(world);
  return start.kind === 'initial'
    ? everything(world, doubtful, spread)
    : changed(world, doubtful, start.watermark, spread);
}

async function inDoubt(world: World): Promise<readonly ObjectKey[]> {
  const doubtful = await recover(world);
  for (const key of doubtful) world.doubtful.add(keyText(key));
  return doubtful;
}

async function everything(world: World, doubtful: readonly ObjectKey[], spread: Spread | undefined): Promise<number> {
  const watermark = await world.source.newest();
  const assignments = createAssignments(world.rules, world.source);
  const removals: Task[] = [];
  const [users, groups] = await Promise.all([world.source.count('User'), world.source.count('Group')]);
  expectObjects(world, { User: users, Group: groups });
  await besideLeavers(
    world,
    () => createAssignments(world.rules, world.source),
    watermark,
    async () => {
      await enter(world, assignments, doubtful, removals);
      await (spread === undefined
        ? everyPhase(world, assignments, removals)
        : spreadPhases(world, assignments, removals, spread));
    },
  );
  // Only now is the directory read whole: what was not met is gone.
  await goneObjects(world, assignments, removals);
  await removeAll(world, removals);
  return watermark;
}

async function everyPhase(world: World, assignments: Assignments, removals: Task[]): Promise<void> {
  await everyObject(world, assignments, 'User', removals);
  await everyObject(world, assignments, 'Group', removals);
  await references(world, assignments, removals);
  await memberships(world);
}

async function changed(
  world: World,
  doubtful: readonly ObjectKey[],
  watermark: number,
  spread: Spread | undefined,
): Promise<number> {
  const assignments = createAssignments(world.rules, world.source);
  const entering = await enteringSince(world, assignments, watermark);
  if (entering === undefined) return everything(world, doubtful, spread);
  const removals: Task[] = [];
  const due = [...doubtful, ...(await dueKeys(world))];
  expectObjects(world, { User: entering.users.size, Group: entering.groups.size });
  await enter(world, assignments, due, removals);
  await objects(world, assignments, 'User', [...entering.users], removals);
  if (entering.everyLink) await everyLink(world, assignments, removals);
  await objects(world, assignments, 'Group', [...entering.groups], removals);
  await references(world, assignments, removals);
  if (isEnabled(world, 'Group')) await changedMembers(world, entering, byType(due).groups);
  await memberships(world);
  await removeAll(world, removals);
  return entering.through;
}

async function onDemand(
  world: World,
  { keys, expected, members }: Extract<Start, { kind: 'onDemand' }>,
): Promise<undefined> {
  const assignments = createAssignments(world.rules, world.source);
  const removals: Task[] = [];
  const { users, groups } = byType(keys);
  expectObjects(world, { User: users.length, Group: groups.length });
  const extra = { recordAll: true, ...(expected === undefined ? {} : { expected }) };
  await objects(world, assignments, 'User', users, removals, extra);
  await objects(world, assignments, 'Group', groups, removals, extra);
  await references(world, assignments, removals, new Set(users));
  if (groups.length > 0 && members?.size !== 0) {
    world.tally.begin('members');
    await readMemberships(world, groups);
    await sendMemberships(world, new Set(groups), members);
  }
  await removeAll(world, removals);
}

/** Reads a type whole, page by page; some batches are on their way while the next page is read. */
async function everyObject(world: World, assignments: Assignments, type: ObjectType, removals: Task[]): Promise<void> {
  if (!isEnabled(world, type)) return;
  world.tally.begin(type === 'User' ? 'users' : 'groups');
  await underway(
    () => BATCHES,
    async (add) => {
      for (let after: string | undefined, first = true; first || after !== undefined; first = false) {
        goOn(world);
        const page = await world.source.list(type, after, BATCH);
        const known = new Map(page.items.map((object) => [object.id, object]));
        await add(async () => {
          const ids = [...known.keys()];
          await processBatch(world, assignments, { type, ids, known, removals });
          if (type === 'Group') await readMemberships(world, ids);
        });
        after = page.next;
      }
    },
  );
}

async function objects(
  world: World,
  assignments: Assignments,
  type: ObjectType,
  ids: readonly string[],
  removals: Task[],
  extra: { recordAll?: boolean; respectEscrow?: boolean; expected?: ReadonlyMap<string, string> } = {},
): Promise<void> {
  if (!isEnabled(world, type) || ids.length === 0) return;
  world.tally.begin(type === 'User' ? 'users' : 'groups');
  await underway(
    () => BATCHES,
    async (add) => {
      for (let from = 0; from < ids.length; from += BATCH) {
        goOn(world);
        const part = ids.slice(from, from + BATCH);
        await add(() => processBatch(world, assignments, { type, ids: part, removals, ...extra }));
      }
    },
  );
}

async function enter(
  world: World,
  assignments: Assignments,
  keys: readonly ObjectKey[],
  removals: Task[],
): Promise<void> {
  const { users, groups } = byType(keys);
  expectObjects(world, { User: users.length, Group: groups.length });
  await objects(world, assignments, 'User', users, removals);
  await objects(world, assignments, 'Group', groups, removals);
}

/** Escrows whose time has come, disabled objects that are to be deleted, and removals that a person has allowed. */
async function dueKeys(world: World): Promise<readonly ObjectKey[]> {
  const { journal } = world;
  const now = world.now();
  const [escrows, deletions, allowed] = await Promise.all([
    journal.dueEscrows(now, PAGE),
    journal.dueDeletions(now, PAGE),
    journal.listStaged('allowed', PAGE),
  ]);
  const failed = allowed.length === 0 ? [] : await journal.escrows(allowed);
  const waiting = new Set(failed.filter(({ nextAt }) => nextAt > now).map(keyText));
  const entries = escrows.filter(({ kind }) => kind === 'entry');
  return [...entries, ...deletions, ...allowed.filter((removal) => !waiting.has(keyText(removal)))];
}

/** Objects that wait for another one to be linked go the way of all objects again: now the reference has a value. */
async function references(
  world: World,
  assignments: Assignments,
  removals: Task[],
  only?: ReadonlySet<string>,
): Promise<void> {
  world.tally.begin('references');
  for (let after: string | undefined, first = true; first || after !== undefined; first = false) {
    goOn(world);
    const page = await world.journal.pendingReferences(after, BATCH);
    const users = byType(page.items).users.filter((id) => only?.has(id) ?? true);
    if (users.length > 0) {
      await processBatch(world, assignments, { type: 'User', ids: users, removals, respectEscrow: true });
    }
    after = page.next;
  }
}

/** `retried` are groups that may be linked only now: what their members are was not read before. */
async function changedMembers(world: World, { groups, members }: Entering, retried: readonly string[]): Promise<void> {
  await noteMemberChanges(world, members);
  const links = await world.journal.links('Group', [...new Set([...groups, ...retried])]);
  const unread = [...links.values()].filter(({ membersVersion }) => membersVersion === 0).map(({ id }) => id);
  for (let from = 0; from < unread.length; from += BATCH)
    await readMemberships(world, unread.slice(from, from + BATCH));
}

async function memberships(world: World): Promise<void> {
  if (!isEnabled(world, 'Group')) return;
  world.tally.begin('members');
  await sendMemberships(world);
  await forgetSettledEscrows(world);
}

/** Links whose object the directory does not have any more. */
async function goneObjects(world: World, assignments: Assignments, removals: Task[]): Promise<void> {
  for (const type of ['User', 'Group'] as const) {
    if (!isEnabled(world, type)) continue;
    for await (const ids of linkedIds(world, type)) {
      const there = await world.source.read(type, ids);
      const gone = ids.filter((id) => !there.has(id));
      if (gone.length > 0) await processBatch(world, assignments, { type, ids: gone, known: new Map(), removals });
    }
  }
}

async function everyLink(world: World, assignments: Assignments, removals: Task[]): Promise<void> {
  for (const type of ['User', 'Group'] as const) {
    for await (const ids of linkedIds(world, type)) {
      expectObjects(world, { [type]: ids.length });
      await objects(world, assignments, type, ids, removals);
    }
  }
}

async function* linkedIds(world: World, type: ObjectType): AsyncIterable<string[]> {
  for (let after: string | undefined, first = true; first || after !== undefined; first = false) {
    goOn(world);
    const page = await world.journal.listLinks(type, after, PAGE);
    yield page.items.map(({ id }) => id);
    after = page.next;
  }
}

/** An object that entered twice is taken away once. */
async function removeAll(world: World, removals: readonly Task[]): Promise<void> {
  world.tally.begin('removals');
  const each = new Map(removals.map((task) => [`${task.subject.key.type} ${task.subject.key.id}`, task]));
  const left = [...each].filter(([key]) => !world.left.has(key)).map(([, task]) => task);
  world.tally.see(removals.length - left.length);
  await carryOutRemovals(world, left, 'normal', () => world.tally.see(1));
  world.tally.begin('done');
}

/** Before the first of them is met: a part that is said later would look like a way back. */
function expectObjects(world: World, counts: Partial<Record<ObjectType, number>>): void {
  for (const type of ['User', 'Group'] as const) {
    if (isEnabled(world, type)) world.tally.expect(counts[type] ?? 0);
  }
}

const isEnabled = (world: World, type: ObjectType): boolean =>
  (type === 'User' ? world.rules.mappings.users : world.rules.mappings.groups).source.enabled;

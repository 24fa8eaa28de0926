import type { Intent, Link, Settlement } from '../journal.ts';
import { keyText } from '../journal.ts';
import type { ObjectKey } from '../source.ts';
import { TargetError } from '../target.ts';
import { createAssignments } from './assignments.ts';
import { echoOf, newLink } from './link-of.ts';
import { loadSubjects } from './load-subjects.ts';
import { isProblem } from './mapper.ts';
import { match } from './match.ts';
import { everyOne } from './process-batch.ts';
import { confirmUsable } from './target-unusable.ts';
import { createTrail } from './trail.ts';
import { goOn, type World } from './world.ts';

const PAGE = 200;
const MEMBERS = 1000;

/**
 * Resolves what is in doubt: calls that were about to be made when a process died, or whose answer never came. Nothing
 * is replayed: the target is read, what it shows is noted, and the objects are decided about anew. Returns these. With
 * `only`, of these objects (`User id`) and no others.
 */
export async function recover(world: World, only?: ReadonlySet<string>): Promise<readonly ObjectKey[]> {
  const { locks } = world;
  // What another cycle of this process, or a worker, has under way has an intent too, and is in no doubt.
  const isUnderway = (key: string) => locks.isClaimed(key) || locks.isLent(key);
  const unsettled = await world.journal.unsettled(Number.MAX_SAFE_INTEGER);
  const intents = unsettled.filter((intent) => !isUnderway(keyText(intent)) && (only?.has(keyText(intent)) ?? true));
  const waiting = await notDue(world, intents);
  // Whoever left is not waited for: that he may have been created must not be forgotten.
  const due = intents.filter((intent) => intent.verb === 'create' || !waiting.has(keyText(intent)));
  for (let from = 0; from < due.length; from += PAGE) {
    goOn(world);
    await everyOne(due.slice(from, from + PAGE), async (intent) => {
      const key = keyText(intent);
      if (locks.isLent(key)) return;
      await locks.apart([key], () =>
        locks.hold(key, async () => {
          if (!locks.isClaimed(key)) await resolve(world, intent);
        }),
      );
    });
  }
  return due.filter((intent) => intent.verb !== 'members' && !waiting.has(keyText(intent)));
}

/** Objects whose last try failed wait for their next one. */
async function notDue(world: World, intents: readonly Intent[]): Promise<ReadonlySet<string>> {
  const escrows = intents.length === 0 ? [] : await world.journal.escrows(intents);
  return new Set(escrows.filter(({ nextAt }) => nextAt > world.now()).map(keyText));
}

async function resolve(world: World, intent: Intent): Promise<void> {
  const { type, id, verb } = intent;
  const link = (await world.journal.links(type, [id])).get(id);
  try {
    if (link === undefined) {
      // A creation is resolved by matching, before anything is created; the intent stays until then.
      if (verb === 'create') await linkLeaver(world, intent);
      else await world.journal.settle([{ type, id, done: true }]);
    } else if (verb === 'members') {
      await resolveMembers(world, link);
    } else {
      await world.journal.settle([await readBack(world, intent, link)]);
    }
  } catch (error) {
    // It stays in doubt, and is read again by the next cycle.
    if (!(error instanceof TargetError)) throw error;
    await confirmUsable(world, error);
  }
}

/**
 * Whoever left meanwhile will not be matched any more. Had the creation come to its end he would be linked, and would
 * be taken away now: so he is linked where the target has him, and decided about like everybody else.
 */
async function linkLeaver(world: World, { type, id }: Intent): Promise<void> {
  const [subject] = await loadSubjects(world, createAssignments(world.rules, world.source), type, [id]);
  const assessment = subject?.assessment;
  if (subject === undefined || assessment === undefined || isProblem(assessment) || assessment.inScope) return;
  const found = await match(world, subject.key, assessment, createTrail(world, subject, 'normal'));
  if (found === undefined) return;
  const link = { ...newLink(world, subject, found, new Map(), true), sourceVersion: 0 };
  await world.journal.settle([{ type, id, link, entryEscrow: null, done: true }]);
}

/** The link shows what the target holds, and nothing of what may have been sent. */
async function readBack(world: World, { type, id, verb }: Intent, link: Link): Promise<Settlement> {
  const read = await world.target.read(type, link.targetId, callOf(world));
  if (read === undefined) return { type, id, link: null, done: true, ...(verb === 'delete' ? { staged: null } : {}) };
  const echoed = echoOf(world, type, read.document);
  return { type, id, link: { ...link, sent: new Map(), echoed, sourceVersion: 0 }, done: true };
}

/** Which of the members that were to be added are there, and which of those to be removed are gone. */
async function resolveMembers(world: World, link: Link): Promise<void> {
  const { id } = link;
  const present = new Set(await world.target.members(link.targetId, callOf(world)));
  const membersAdded = await pending(world, id, 'add', (targetId) => present.has(targetId));
  const membersRemoved = await pending(world, id, 'remove', (targetId) => !present.has(targetId));
  await world.journal.settle([{ type: 'Group', id, membersAdded, membersRemoved, done: true }]);
}

async function pending(
  world: World,
  group: string,
  what: 'add' | 'remove',
  isDone: (targetId: string) => boolean,
): Promise<string[]> {
  const members: string[] = [];
  for (let after: string | undefined, first = true; first || after !== undefined; first = false) {
    const page = await world.journal.pendingMembers(group, what, after, MEMBERS);
    members.push(...page.items.filter(({ targetId }) => isDone(targetId)).map(({ member }) => member));
    after = page.next;
  }
  return members;
}

const callOf = (world: World) => ({ lane: 'normal', signal: world.abort, record() {} }) as const;

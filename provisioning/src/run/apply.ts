import { ERRORS } from '../error.ts';
import type { Link } from '../journal.ts';
import { keyText } from '../journal.ts';
import type { Assessment } from '../plan/assessment.ts';
import type { Decision } from '../plan/decision.ts';
import { diff } from '../plan/diff.ts';
import { escrowAfter } from '../plan/escrow.ts';
import { applyChanges } from '../plan/known.ts';
import { type AttributeChange, type Attributes, type Call, TargetError, type TargetObject } from '../target.ts';
import { describe } from './describe.ts';
import {
  comparedReferences,
  diffOptions,
  echoOf,
  mappingOf,
  newLink,
  resolvedReferences,
  wholeOf,
  withSent,
} from './link-of.ts';
import { isProblem } from './mapper.ts';
import { match } from './match.ts';
import { soughtBy } from './sought-by.ts';
import type { Subject } from './subject.ts';
import { deleteAtOf, disable, remove } from './take-away.ts';
import { confirmUsable } from './target-unusable.ts';
import type { Done, Task } from './task.ts';
import { asChanges, createTrail, type Trail } from './trail.ts';
import type { World } from './world.ts';

/**
 * Carries a decision out and stores what came of it. An object's failure goes into escrow; TargetUnusable is thrown
 * when the failure turns out to be the target's as a whole.
 */
export async function apply(world: World, task: Task, lane: Call['lane']): Promise<void> {
  const { key } = task.subject;
  const body = () => carryOutAndStore(world, task, lane);
  // Two objects that look for the same one do so one after the other: the second sees that it is linked.
  const sought = soughtBy(task);
  await world.locks.hold(keyText(key), () => (sought === undefined ? body() : world.locks.hold(sought, body)));
}

async function carryOutAndStore(world: World, task: Task, lane: Call['lane']): Promise<void> {
  const { key } = task.subject;
  // The leaver lane was here since it was decided about: what it did stands until the next cycle.
  if (lane === 'normal' && world.left.has(keyText(key))) return;
  const trail = createTrail(world, task.subject, lane);
  describe(trail, task);
  let done: Done;
  try {
    done = await carryOut(world, task, trail);
  } catch (error) {
    if (!(error instanceof TargetError)) throw error;
    if (ERRORS[error.code].whole) await confirmUsable(world, error);
    done = failed(world, task, error, trail);
  }
  const { settlement, ...end } = done;
  const record = trail.record(end);
  // While nobody knows whether the target has done it, the intent stays, and a later cycle reads back.
  await world.journal.settle([{ ...key, done: true, ...settlement, record }]);
  world.tally.record(record);
  world.onRecord?.(record, task.fingerprint);
}

async function carryOut(world: World, task: Task, trail: Trail): Promise<Done> {
  const { subject, decision } = task;
  const { assessment, link } = subject;
  switch (decision.action) {
    case 'delete':
      return remove(world, task, decision.reason, trail);
    case 'disable':
      if (link !== undefined) return disable(world, task, link, decision, trail);
      break;
    case 'update':
      if (link !== undefined && assessment !== undefined && !isProblem(assessment)) {
        return updateLinked(world, subject, assessment, link, decision, trail);
      }
      break;
    case 'match':
      if (assessment !== undefined && !isProblem(assessment))
        return matchOrCreate(world, subject, assessment, decision.reason, trail);
      break;
  }
  throw new Error(`The decision ${decision.action} lacks what it is about`);
}

async function matchOrCreate(
  world: World,
  subject: Subject,
  assessment: Assessment,
  reason: string,
  trail: Trail,
): Promise<Done> {
  // A try that failed before may have created it all the same.
  const doubtful = subject.escrows.some(({ kind }) => kind === 'entry') || world.doubtful.has(keyText(subject.key));
  const found = await match(world, subject.key, assessment, trail, doubtful);
  if (found !== undefined) return adopt(world, subject, assessment, found, true, trail);
  const mapping = mappingOf(world, subject.key.type);
  if (!mapping.source.create) {
    return {
      action: 'other',
      status: 'skipped',
      reason: 'The mapping does not create objects.',
      settlement: { entryEscrow: null },
    };
  }
  // Entra sets references in a second step, and what imitates it does so too.
  const references = world.target.readsBeforeUpdate ? new Map() : resolvedReferences(subject);
  const attributes: Attributes = new Map([...assessment.attributes, ...assessment.onCreate, ...references]);
  let created: TargetObject;
  try {
    created = await world.target.create(subject.key.type, attributes, trail.call);
  } catch (error) {
    if (!(error instanceof TargetError) || !(error.inDoubt || error.code === 'EntryConflict')) throw error;
    trail.step('export', 'warning', `Creating it did not succeed: ${error.message}`, { code: error.code });
    const there = await match(world, subject.key, assessment, trail, error.inDoubt);
    if (there === undefined) throw error;
    trail.warn();
    return adopt(world, subject, assessment, there, !error.inDoubt, trail);
  }
  trail.modified(asChanges(attributes));
  trail.step('export', 'success', 'Created in the target.', { targetId: created.id });
  const link = newLink(world, subject, created, attributes, false);
  return {
    action: 'create',
    status: 'success',
    reason,
    targetId: created.id,
    settlement: { link, references: sentReferences(subject, references), entryEscrow: null },
  };
}

/** Takes over an object that the target has already, and makes it equal. */
async function adopt(
  world: World,
  subject: Subject,
  assessment: Assessment,
  found: TargetObject,
  foreign: boolean,
  trail: Trail,
): Promise<Done> {
  const link = newLink(world, subject, found, new Map(), foreign);
  if (foreign) world.tally.count('adopted');
  const reason = foreign
    ? 'The target had it already: it was taken over.'
    : 'The target had created it although no success came back: it was linked.';
  const references = comparedReferences(subject);
  const changes = mappingOf(world, subject.key.type).source.update
    ? diff(assessment, references, link, diffOptions(world, subject.key.type, 'read'))
    : [];
  return change(world, { subject, assessment, link, changes, reason, action: 'update', state: 'active' }, trail);
}

async function updateLinked(
  world: World,
  subject: Subject,
  assessment: Assessment,
  link: Link,
  decision: Extract<Decision, { action: 'update' }>,
  trail: Trail,
): Promise<Done> {
  const { reason } = decision;
  try {
    if (!world.target.readsBeforeUpdate) {
      const { changes } = decision;
      return await change(
        world,
        { subject, assessment, link, changes, reason, action: 'update', state: 'active' },
        trail,
      );
    }
    const read = await readLinked(world, link, trail);
    const changes = diff(assessment, comparedReferences(subject), read, diffOptions(world, link.type, 'read'));
    return await change(
      world,
      { subject, assessment, link: read, changes, reason, action: 'update', state: 'active' },
      trail,
    );
  } catch (error) {
    if (!(error instanceof TargetError) || error.code !== 'InvalidAnchor') throw error;
    trail.warn();
    trail.step('export', 'warning', 'The linked object is gone from the target: the link is dropped.', {
      targetId: link.targetId,
    });
    return matchOrCreate(world, subject, assessment, `${reason} The linked object was gone from the target.`, trail);
  }
}

/** The link as the target shows it now, and nothing of what was sent: what an update is compared with in Entra's way. */
async function readLinked(world: World, link: Link, trail: Trail): Promise<Link> {
  const read = await world.target.read(link.type, link.targetId, trail.call);
  if (read === undefined) throw new TargetError('InvalidAnchor', `The target has no ${link.type} ${link.targetId}.`);
  return { ...link, sent: new Map(), echoed: echoOf(world, link.type, read.document) };
}

interface Change {
  readonly subject: Subject;
  readonly assessment: Assessment;
  readonly link: Link;
  readonly changes: readonly AttributeChange[];
  readonly reason: string;
  readonly action: 'update' | 'disable';
  readonly state: Link['state'];
}

async function change(world: World, what: Change, trail: Trail): Promise<Done> {
  const { subject, assessment, link, changes, reason, action, state } = what;
  const settled = {
    references: sentReferences(subject, resolvedReferences(subject)),
    entryEscrow: null,
    ...(action === 'update' && subject.staged !== undefined ? { staged: null } : {}),
  };
  const base: Link = {
    ...link,
    state,
    label: subject.object?.label ?? link.label,
    sourceVersion: subject.object?.version ?? link.sourceVersion,
    mappingsHash: world.rules.mappings.hash,
    deleteAt: deleteAtOf(world, state, link),
  };
  if (changes.length === 0) {
    const skipped = action === 'update' && subject.link !== undefined;
    trail.step('export', skipped ? 'skipped' : 'success', 'The target holds all values already: nothing was sent.');
    const status = skipped ? 'skipped' : 'success';
    return {
      action: skipped ? 'other' : action,
      status,
      reason,
      targetId: link.targetId,
      settlement: { ...settled, link: base },
    };
  }
  trail.modified(changes);
  const whole = applyChanges(wholeOf(assessment, subject, link), changes);
  let answer: TargetObject | undefined;
  try {
    answer = await world.target.update(link.type, link.targetId, changes, whole, trail.call);
  } catch (error) {
    if (!(error instanceof TargetError) || !error.inDoubt) throw error;
    trail.step('export', 'warning', `The answer is in doubt, so the object is read back: ${error.message}`);
    const read = await readLinked(world, link, trail);
    const left = diff(assessment, comparedReferences(subject), read, diffOptions(world, link.type, 'read'));
    if (left.some(({ path }) => changes.some((wanted) => wanted.path === path))) throw error;
    trail.warn();
    answer = undefined;
  }
  trail.step('export', 'success', action === 'disable' ? 'Disabled in the target.' : 'Changed in the target.');
  return {
    action,
    status: 'success',
    reason,
    targetId: link.targetId,
    settlement: { ...settled, link: withSent(world, base, changes, answer) },
  };
}

function failed(world: World, { subject, decision }: Task, error: TargetError, trail: Trail): Done {
  const { key, link } = subject;
  const { code, message, retryAfter } = error;
  trail.step('export', 'failure', `${ERRORS[code].reason} ${message}`, { code, advice: ERRORS[code].advice });
  const previous = subject.escrows.find(({ kind }) => kind === 'entry');
  const escrow = escrowAfter(previous, { key, kind: 'entry', code, message, retryAfter }, world.now());
  const isGone = code === 'InvalidAnchor';
  // What was in doubt is not known to be sent: the next try compares everything anew.
  const doubted = link !== undefined && error.inDoubt ? { ...link, sourceVersion: 0, sent: new Map() } : undefined;
  return {
    action:
      decision.action === 'match'
        ? 'create'
        : decision.action === 'disable' || decision.action === 'delete'
          ? decision.action
          : 'update',
    status: 'failure',
    reason: decision.reason,
    error: { code, message },
    attempts: escrow.attempts,
    nextAt: escrow.nextAt,
    settlement: {
      entryEscrow: escrow,
      done: !error.inDoubt,
      ...(isGone ? { link: null } : doubted === undefined ? {} : { link: doubted }),
    },
  };
}

const sentReferences = (subject: Subject, sent: ReadonlyMap<string, unknown>) =>
  subject.references.map((reference) => (sent.has(reference.path) ? reference : { ...reference, sent: null }));

import { createHash } from 'node:crypto';
import type { IntentVerb, Link, Settlement } from '../journal.ts';
import { keyText } from '../journal.ts';
import { statusOf } from '../mapping/evaluate-mappings.ts';
import { decide } from '../plan/decide.ts';
import { type Decision, isRemoval } from '../plan/decision.ts';
import { diff } from '../plan/diff.ts';
import { escrowAfter } from '../plan/escrow.ts';
import type { ObjectType, SourceObject } from '../source.ts';
import type { AttributeChange, Call } from '../target.ts';
import { apply } from './apply.ts';
import type { Assignments } from './assignments.ts';
import { describe } from './describe.ts';
import { comparedReferences, diffOptions, mappingOf } from './link-of.ts';
import { loadSubjects } from './load-subjects.ts';
import { isProblem } from './mapper.ts';
import { claimSought } from './sought-by.ts';
import type { Subject } from './subject.ts';
import type { Task } from './task.ts';
import { createTrail } from './trail.ts';
import type { World } from './world.ts';

export interface Batch {
  readonly type: ObjectType;
  readonly ids: readonly string[];
  /** Objects that were read already; all of `ids`, when given. */
  readonly known?: ReadonlyMap<string, SourceObject>;
  readonly lane?: Call['lane'];
  /** Removals are not carried out here but gathered, because they are judged together. */
  readonly removals: Task[];
  /** Only removals matter: everything else is left to the cycle. */
  readonly removalsOnly?: boolean;
  /** Also records objects that have not changed. */
  readonly recordAll?: boolean;
  /** Passes over objects whose escrow is not due. */
  readonly respectEscrow?: boolean;
  /** Fingerprints that a plan was made with: what has moved since is refused. */
  readonly expected?: ReadonlyMap<string, string>;
}

/** The one way of every object, whatever made it enter: load, decide, carry out, store. */
export async function processBatch(world: World, assignments: Assignments, batch: Batch): Promise<void> {
  const subjects = await loadSubjects(world, assignments, batch.type, batch.ids, batch.known);
  const due = subjects.filter(
    (subject) => !world.left.has(keyText(subject.key)) && (batch.respectEscrow !== true || isDue(world, subject)),
  );
  const decided = due.map((subject) => taskOf(world, subject)).filter((task) => isExpected(task, batch.expected));
  const removals = decided.filter(({ decision }) => isRemoval(decision));
  batch.removals.push(...removals);
  // The cycle beside the leaver lane meets them too.
  if (batch.removalsOnly === true) return;
  const tasks = await claimSought(world, decided);
  const calls = tasks.filter(({ decision }) => decision.action === 'match' || decision.action === 'update');
  const quiet = tasks.filter((task) => !isRemoval(task.decision) && !calls.includes(task));
  await settleQuietly(world, quiet, batch.recordAll === true);
  // Those that were passed over are done with as well; removals only when they are carried out.
  world.tally.see(subjects.length - calls.length - removals.length);
  await applyAll(world, calls, batch.lane ?? 'normal', () => world.tally.see(1));
}

/** Notes what is intended, then does it; `onDone` is told of each. */
export async function applyAll(
  world: World,
  tasks: readonly Task[],
  lane: Call['lane'],
  onDone: () => void,
): Promise<void> {
  const keys = tasks.map(({ subject }) => keyText(subject.key));
  await world.locks.claim(keys, async () => {
    await intendAll(world, tasks);
    await everyOne(tasks, async (task) => {
      await apply(world, task, lane);
      onDone();
    });
  });
}

/** Waits for all of them; then throws what the first failure threw. */
export async function everyOne<T>(items: readonly T[], body: (item: T) => Promise<void>): Promise<void> {
  const results = await Promise.allSettled(items.map(body));
  const failed = results.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

async function intendAll(world: World, tasks: readonly Task[]): Promise<void> {
  if (tasks.length === 0) return;
  const at = world.now();
  await world.journal.intend(tasks.map(({ subject, decision }) => ({ ...subject.key, verb: verbOf(decision), at })));
}

const verbOf = ({ action }: Decision): IntentVerb =>
  action === 'delete' || action === 'disable' ? action : action === 'match' ? 'create' : 'update';

const isDue = (world: World, { escrows }: Subject): boolean =>
  !escrows.some(({ kind, nextAt }) => kind === 'entry' && nextAt > world.now());

const isExpected = ({ subject, fingerprint }: Task, expected: Batch['expected']): boolean =>
  expected === undefined || expected.get(keyText(subject.key)) === fingerprint;

function taskOf(world: World, subject: Subject): Task {
  const { key, object, assessment, link, staged } = subject;
  const mapping = mappingOf(world, key.type);
  const usable = assessment === undefined || isProblem(assessment) ? undefined : assessment;
  const changes =
    usable === undefined || link === undefined
      ? []
      : diff(usable, comparedReferences(subject), link, diffOptions(world, key.type, 'sent'));
  const decision: Decision =
    assessment !== undefined && isProblem(assessment)
      ? { action: 'fail', reason: assessment.message, code: assessment.code }
      : decide({
          key,
          object,
          assessment: usable,
          link,
          staged,
          mapping: mapping.source,
          settings: world.rules.settings,
          changes,
          disableChanges: link === undefined ? [] : disableChanges(world, subject, link, changes),
          canDisable: mapping.statusPaths.length > 0,
          now: world.now(),
        });
  const final = asEntra(world, subject, decision);
  return { subject, decision: final, fingerprint: fingerprintOf(world, subject, final) };
}

/** What says to the target that somebody is disabled, and nothing else. */
function disableChanges(
  world: World,
  { object }: Subject,
  link: Link,
  changes: readonly AttributeChange[],
): readonly AttributeChange[] {
  const mapping = mappingOf(world, link.type);
  if (object !== undefined) return changes.filter(({ path }) => mapping.statusPaths.includes(path));
  const attributes = statusOf(mapping, undefined, { now: world.now(), random: world.random });
  return diff({ attributes, empty: [] }, new Map(), link, diffOptions(world, link.type, 'sent'));
}

/** Entra compares every object that changed with what the target holds, whatever it has sent before. */
function asEntra(world: World, { link, object }: Subject, decision: Decision): Decision {
  if (!world.target.readsBeforeUpdate || link === undefined || link.sourceVersion === object?.version) return decision;
  if (decision.action !== 'skip' || decision.code !== 'RedundantExport') return decision;
  return { action: 'update', reason: 'It changed in the directory.', changes: [] };
}

/** Stands for all that a decision was made by: when it is the same later, so is the decision. */
function fingerprintOf(world: World, { key, object, link, references }: Subject, decision: Decision): string {
  const parts = [
    key,
    object?.version ?? null,
    link === undefined ? null : [link.targetId, link.state, [...link.sent], [...link.echoed]],
    references.map(({ path, wanted }) => [path, wanted]),
    world.rules.mappings.hash,
    decision,
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}

/** What needs no call: skipped, left alone, or impossible. */
async function settleQuietly(world: World, tasks: readonly Task[], recordAll: boolean): Promise<void> {
  const settlements: Settlement[] = [];
  // What the leaver lane has begun to remove is its own: a link that is gone must not be written back.
  for (const task of tasks.filter(({ subject }) => !world.left.has(keyText(subject.key)))) {
    const settlement = quietly(world, task, recordAll);
    if (settlement !== undefined) settlements.push(settlement);
  }
  if (settlements.length > 0) await world.journal.settle(settlements);
}

function quietly(world: World, task: Task, recordAll: boolean): Settlement | undefined {
  const { subject, decision, fingerprint } = task;
  const { key, link, object } = subject;
  const unchanged = link !== undefined && link.sourceVersion === object?.version;
  const isForgotten = subject.staged !== undefined && (isBack(task) || isSettled(subject));
  if (unchanged && !isForgotten && decision.action === 'skip' && subject.escrows.length === 0 && !recordAll) {
    world.tally.count('skipped');
    return undefined;
  }
  const trail = createTrail(world, subject, 'normal');
  describe(trail, task);
  const failure =
    decision.action === 'fail'
      ? escrowAfter(
          subject.escrows.find(({ kind }) => kind === 'entry'),
          { key, kind: 'entry', code: decision.code, message: decision.reason },
          world.now(),
        )
      : undefined;
  const record = trail.record({
    action: decision.action === 'skip' && decision.code === 'RemovalStaged' ? 'stagedDelete' : 'other',
    status: failure === undefined ? 'skipped' : 'failure',
    reason: decision.reason,
    ...(decision.action === 'fail' && failure !== undefined
      ? {
          error: { code: decision.code, message: decision.reason },
          attempts: failure.attempts,
          nextAt: failure.nextAt,
        }
      : {}),
  });
  world.tally.record(record);
  world.onRecord?.(record, fingerprint);
  const state = decision.action === 'leave' ? 'left' : link?.state;
  const seen =
    link === undefined || state === undefined || object === undefined || failure !== undefined
      ? {}
      : { link: { ...link, state, label: object.label, sourceVersion: object.version } };
  const forgotten = isForgotten ? { staged: null } : {};
  // Nothing differs but what waits for another object to be linked: that must not be forgotten.
  const isEqual = decision.action === 'skip' && decision.code === 'RedundantExport';
  const pointed = isEqual ? { references: subject.references } : {};
  return { ...key, ...seen, ...forgotten, ...pointed, entryEscrow: failure ?? null, record, done: true };
}

/** There is nothing left to take away, or what was allowed is not called for any more. */
const isSettled = ({ link, staged }: Subject): boolean => link === undefined || staged?.state === 'allowed';

/** It is in scope again: what was staged or rejected before does not count any more. */
const isBack = ({ subject: { assessment } }: Task): boolean =>
  assessment !== undefined && !isProblem(assessment) && assessment.inScope;

import type { Settlement } from '../journal.ts';
import { judgeRemovals } from '../plan/deletion-guard.ts';
import type { Call } from '../target.ts';
import { describe } from './describe.ts';
import { applyAll } from './process-batch.ts';
import type { Task } from './task.ts';
import { createTrail } from './trail.ts';
import { goOn, type World } from './world.ts';

const AT_A_TIME = 200;

/**
 * Judges what a cycle would take away, all of it together and before the first of it happens, then carries it out:
 * what disables before what deletes. What a person has allowed is not judged again; what the guard holds is stored for
 * a person to decide. `onDone` is told of each of either.
 */
export async function carryOutRemovals(
  world: World,
  removals: readonly Task[],
  lane: Call['lane'],
  onDone: () => void = () => {},
): Promise<void> {
  if (removals.length === 0) return;
  const allowed = removals.filter(isAllowed);
  const judged = removals.filter((task) => !isAllowed(task));
  const { settings } = world.rules;
  // One lane after the other, so that each sees what the other has removed.
  await world.locks.hold('removals', async () => {
    const [window, links, waiting] = await Promise.all([
      world.journal.window(world.now() - settings.interval),
      world.journal.countLinks(),
      world.journal.countStaged(),
    ]);
    const input = { removals: judged.length, windowRemovals: window.removals, linked: links.active, waiting };
    const verdict = judgeRemovals(input, settings.guard);
    if (verdict.verdict === 'stage') await stage(world, judged, verdict.reason, onDone);
    const due = verdict.verdict === 'stage' ? allowed : [...allowed, ...judged];
    const ordered = [...due.filter(isDisable), ...due.filter((task) => !isDisable(task))];
    for (let from = 0; from < ordered.length; from += AT_A_TIME) {
      goOn(world);
      await applyAll(world, ordered.slice(from, from + AT_A_TIME), lane, onDone);
    }
  });
}

/** Who allowed that somebody is disabled has not allowed that they are deleted. */
const isAllowed = ({ subject: { staged }, decision }: Task): boolean =>
  staged?.state === 'allowed' && (staged.action === 'delete' || staged.action === decision.action);

const isDisable = ({ decision }: Task): boolean => decision.action === 'disable';

async function stage(world: World, tasks: readonly Task[], why: string, onDone: () => void): Promise<void> {
  for (let from = 0; from < tasks.length; from += AT_A_TIME) {
    const part = tasks.slice(from, from + AT_A_TIME);
    await world.journal.settle(part.flatMap((task) => staged(world, task, why)));
    part.forEach(onDone);
  }
}

function staged(world: World, task: Task, why: string): Settlement[] {
  const { subject, decision, fingerprint } = task;
  const { key, link } = subject;
  if (decision.action !== 'disable' && decision.action !== 'delete') return [];
  const trail = createTrail(world, subject, 'normal');
  describe(trail, task);
  trail.step('export', 'skipped', why);
  const record = trail.record({ action: 'stagedDelete', status: 'skipped', reason: `${decision.reason} ${why}` });
  world.tally.record(record);
  world.onRecord?.(record, fingerprint);
  const { action, reason } = decision;
  const label = subject.object?.label ?? link?.label ?? key.id;
  const removal = { ...key, action, label, reason, at: world.now(), state: 'waiting' } as const;
  return [{ ...key, staged: removal, record, done: true }];
}

import type { Link } from '../journal.ts';
import { deletionDue } from '../plan/decide.ts';
import type { Decision } from '../plan/decision.ts';
import { applyChanges } from '../plan/known.ts';
import { TargetError, type TargetObject } from '../target.ts';
import { withSent } from './link-of.ts';
import type { Done, Task } from './task.ts';
import type { Trail } from './trail.ts';
import type { World } from './world.ts';

/** Disables a linked object, with what the mapping says of it; one that is gone already is forgotten. */
export async function disable(
  world: World,
  { subject }: Task,
  link: Link,
  { reason, changes }: Extract<Decision, { action: 'disable' }>,
  trail: Trail,
): Promise<Done> {
  const gone = `The target did not have it any more. ${reason}`;
  if (world.target.readsBeforeUpdate && (await world.target.read(link.type, link.targetId, trail.call)) === undefined) {
    return goneAlready(world, link, gone, trail);
  }
  const state: Link['state'] = 'disabled';
  const base: Link = {
    ...link,
    state,
    label: subject.object?.label ?? link.label,
    deleteAt: deleteAtOf(world, state, link),
  };
  let answer: TargetObject | undefined;
  if (changes.length > 0) {
    trail.modified(changes);
    const whole = applyChanges(link.sent, changes);
    try {
      answer = await world.target.update(link.type, link.targetId, changes, whole, trail.call);
    } catch (error) {
      if (!(error instanceof TargetError) || error.code !== 'InvalidAnchor') throw error;
      return goneAlready(world, link, gone, trail);
    }
  }
  trail.step('export', 'success', 'Disabled in the target.');
  return {
    action: 'disable',
    status: 'success',
    reason,
    targetId: link.targetId,
    // The version of what disabled it was not compared: when it comes back, everything is.
    settlement: {
      link: { ...withSent(world, base, changes, answer), sourceVersion: 0 },
      entryEscrow: null,
      staged: null,
      removedAt: world.now(),
    },
  };
}

/** What was to be taken away is gone: nothing is left to do but to forget it. */
function goneAlready(world: World, link: Link, reason: string, trail: Trail): Done {
  trail.warn();
  trail.step('export', 'warning', 'The linked object is gone from the target: the link is dropped.');
  const settlement = { link: null, entryEscrow: null, referenceEscrow: null, staged: null, removedAt: world.now() };
  return { action: 'disable', status: 'success', reason, targetId: link.targetId, settlement };
}

/** Deletes a linked object. */
export async function remove(world: World, { subject }: Task, reason: string, trail: Trail): Promise<Done> {
  const { link } = subject;
  if (link === undefined) throw new Error('There is no link to delete by');
  await world.target.delete(link.type, link.targetId, trail.call);
  trail.step('export', 'success', 'Deleted from the target.', { targetId: link.targetId });
  return {
    action: 'delete',
    status: 'success',
    reason,
    targetId: link.targetId,
    settlement: { link: null, entryEscrow: null, referenceEscrow: null, staged: null, removedAt: world.now() },
  };
}

/** When what is disabled is to be deleted, in milliseconds since 1970. */
export const deleteAtOf = (world: World, state: Link['state'], link: Link): number | null =>
  state === 'disabled' ? (link.deleteAt ?? deletionDue(world.rules.settings, world.now())) : null;

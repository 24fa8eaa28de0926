import { ERRORS } from '../error.ts';
import type { Link, StagedRemoval } from '../journal.ts';
import type { ObjectMapping } from '../mapping/model.ts';
import type { ProvisioningSettings } from '../rules.ts';
import type { ObjectKey, SourceObject } from '../source.ts';
import type { AttributeChange } from '../target.ts';
import type { Assessment } from './assessment.ts';
import type { Decision, SkipCode } from './decision.ts';

/** Everything that a decision about one object is made by. */
export interface Situation {
  readonly key: ObjectKey;
  /** Undefined when the directory does not have it any more. */
  readonly object: SourceObject | undefined;
  /** Undefined when there is no object. */
  readonly assessment: Assessment | undefined;
  readonly link: Link | undefined;
  readonly staged: StagedRemoval | undefined;
  readonly mapping: ObjectMapping;
  /** Whether the mapping writes an attribute by IsSoftDeleted; `statusPaths` of the compiled mapping says it. */
  readonly canDisable: boolean;
  readonly settings: ProvisioningSettings;
  /** From `diff`: what an object in scope lacks. */
  readonly changes: readonly AttributeChange[];
  /** From `diff` of what `statusOf` gives: what disables it. */
  readonly disableChanges: readonly AttributeChange[];
  readonly now: number;
}

/**
 * Says what is to be done with one object:
 *
 * | object                       | not linked   | linked, active                      | linked, disabled               | left alone before |
 * |------------------------------|--------------|-------------------------------------|--------------------------------|-------------------|
 * | in scope                     | match        | update, or skip when nothing differs | update (restores it)           | update            |
 * | in scope, with a problem     | fail         | fail                                | fail                           | fail              |
 * | out of scope, or gone        | skip         | as chosen: disable, delete or leave | skip; delete when it is due, or when `delete` is chosen now | as chosen |
 *
 * A removal that is staged waits; one that was allowed goes on. Being deleted in the directory is a way of leaving the
 * scope like any other. A flow (create, update, delete) that is switched off skips what it would have done.
 */
export function decide(situation: Situation): Decision {
  const { assessment, mapping } = situation;
  if (!mapping.enabled) {
    return skip('FlowDisabled', 'Objects of this type are not provisioned: their mapping is disabled.');
  }
  return assessment?.inScope === true ? stay(situation, assessment) : leave(situation);
}

/** When an object that is disabled now is to be deleted; null when it is not. */
export function deletionDue(settings: Pick<ProvisioningSettings, 'deleteAfterDays'>, now: number): number | null {
  return settings.deleteAfterDays === null ? null : now + settings.deleteAfterDays * DAY;
}

const DAY = 24 * 60 * 60_000;

function stay({ link, mapping, changes }: Situation, { reason, problems }: Assessment): Decision {
  // Whoever is linked need not be found.
  const problem = problems.find(({ code }) => link === undefined || code !== 'ImportSkipped');
  if (problem !== undefined) {
    return { action: 'fail', reason: `${ERRORS[problem.code].reason} ${problem.message}`, code: problem.code };
  }
  if (link === undefined) {
    if (mapping.create || mapping.update) return { action: 'match', reason };
    return skip('FlowDisabled', `${reason} But the mapping neither creates nor updates objects.`);
  }
  const restored = link.state !== 'active';
  if (changes.length === 0 && !restored) return skip('RedundantExport', 'The target holds all values already.');
  if (!mapping.update) return skip('FlowDisabled', 'It differs, but the mapping does not update objects.');
  if (!restored) return { action: 'update', reason: `${differences(changes)} ${reason}`, changes };
  return { action: 'update', reason: `It is back. ${reason}`, changes };
}

function differences(changes: readonly AttributeChange[]): string {
  const [first, ...others] = changes;
  if (first === undefined) return 'Nothing differs.';
  return others.length === 0 ? `${first.path} differs.` : `${first.path} and ${others.length} more differ.`;
}

function leave(situation: Situation): Decision {
  const { link, settings, key, now } = situation;
  const why = whyOut(situation);
  if (link === undefined) return skip('NotInScope', `${why} It was never provisioned.`);
  const chosen = key.type === 'Group' ? settings.groupLeaving : settings.leaving;
  if (link.state === 'disabled') {
    if (chosen === 'delete') {
      return remove(situation, 'delete', `${why} It is disabled, and leaving means deletion now.`);
    }
    if (settings.deleteAfterDays !== null && link.deleteAt !== null && link.deleteAt <= now) {
      const due = new Date(link.deleteAt).toISOString().slice(0, 10);
      return remove(situation, 'delete', `${why} It is disabled, and was to be deleted from ${due} on.`);
    }
    return skip('AlreadyDisabled', `${why} It is disabled already.`);
  }
  if (chosen === 'ignore') {
    if (link.state === 'left') return skip('NotInScope', `${why} It was left alone when it left the scope.`);
    return { action: 'leave', reason: `${why} The application leaves such objects alone.` };
  }
  return remove(situation, chosen, why);
}

function whyOut({ object, assessment }: Situation): string {
  if (object === undefined) return 'Deleted in the directory.';
  return assessment?.reason ?? 'Not in scope.';
}

function remove(situation: Situation, action: 'disable' | 'delete', reason: string): Decision {
  const { mapping, canDisable, staged, disableChanges } = situation;
  if (action === 'delete' && !mapping.delete) {
    return skip('FlowDisabled', `${reason} But the mapping does not delete objects.`);
  }
  if (action === 'disable' && !canDisable) {
    const advice = 'choose delete for leaving objects, or map active by IsSoftDeleted';
    return skip('FlowDisabled', `${reason} But no attribute says so to the target: ${advice}.`);
  }
  if (action === 'disable' && !mapping.update) {
    return skip('FlowDisabled', `${reason} But the mapping does not update objects, and so cannot disable them.`);
  }
  if (staged?.state === 'waiting') return skip('RemovalStaged', `${reason} Its removal waits for a person to decide.`);
  if (staged?.state === 'rejected') return skip('RemovalRejected', `${reason} Its removal was rejected.`);
  return action === 'delete' ? { action, reason } : { action, reason, changes: disableChanges };
}

const skip = (code: SkipCode, reason: string): Decision => ({ action: 'skip', reason, code });

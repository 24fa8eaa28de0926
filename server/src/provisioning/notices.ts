import type { Quarantine, QuarantineJudgement, StagedRemoval } from '@rollcall/provisioning';
import type { Notice } from '../mail/notice.ts';

/** So many of the held removals are named. */
export const LABELS = 20;

/** Removals that waited for a decision when the job was judged. */
export interface Waiting {
  readonly count: number;
  readonly first: readonly StagedRemoval[];
}

/** What the people behind an application are to be told after a cycle; whether they know it already is the notifier's. */
export function noticesOf(
  before: Quarantine | null,
  { quarantine, event, disable }: QuarantineJudgement,
  waiting: Waiting,
): readonly Notice[] {
  const notices: Notice[] = [];
  if (event === 'entered' && quarantine !== null) notices.push({ kind: 'quarantineEntered', quarantine });
  if (event === 'reasonChanged' && quarantine !== null) notices.push({ kind: 'quarantineReasonChanged', quarantine });
  if (event === 'recovered' && before !== null) notices.push({ kind: 'quarantineRecovered', quarantine: before });
  if (disable && quarantine !== null) notices.push({ kind: 'jobDisabled', quarantine });
  const { count, first } = waiting;
  if (count > 0 && first.length > 0) {
    const labels = first.map(({ label }) => label);
    notices.push({ kind: 'removalsStaged', waiting: count, labels, since: Math.min(...first.map(({ at }) => at)) });
  }
  return notices;
}

import type { Journal, Quarantine, QuarantineJudgement } from '@rollcall/provisioning';
import type { Notice } from '../mail/notice.ts';

const LABELS = 20;

/** What the people behind an application are to be told after a cycle; whether they know it already is the notifier's. */
export async function noticesOf(
  before: Quarantine | null,
  { quarantine, event, disable }: QuarantineJudgement,
  journal: Journal,
): Promise<readonly Notice[]> {
  const notices: Notice[] = [];
  if (event === 'entered' && quarantine !== null) notices.push({ kind: 'quarantineEntered', quarantine });
  if (event === 'reasonChanged' && quarantine !== null) notices.push({ kind: 'quarantineReasonChanged', quarantine });
  if (event === 'recovered' && before !== null) notices.push({ kind: 'quarantineRecovered', quarantine: before });
  if (disable && quarantine !== null) notices.push({ kind: 'jobDisabled', quarantine });
  const waiting = await journal.countStaged();
  if (waiting > 0) {
    const first = await journal.listStaged('waiting', LABELS);
    const labels = first.map(({ label }) => label);
    notices.push({ kind: 'removalsStaged', waiting, labels, since: Math.min(...first.map(({ at }) => at)) });
  }
  return notices;
}

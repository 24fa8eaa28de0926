import type { ProvisioningStatusView } from '@rollcall/server/contract';
import { properties } from '../table.ts';
import { countsText, cycleTable } from './application-log.ts';

const WIDEST_BAR = 40;
/** What stands before and after a bar, about. */
const REST_OF_LINE = 85;

const STATES: Readonly<Record<ProvisioningStatusView['state'], string>> = {
  notConfigured: 'not configured',
  notRun: 'never started',
  active: 'active',
  paused: 'stopped',
  quarantine: 'in quarantine',
  disabled: 'disabled after 28 days in quarantine',
  removing: 'being removed',
};

/** A job's status for people. `columns` is the width of the screen; without one there is no bar. */
export function statusText(status: ProvisioningStatusView, columns: number | undefined): string {
  const { links, escrows, staged, quarantine, lastCycles, rate, next } = status;
  const failing = escrows.objects + escrows.references;
  const entries: (readonly [string, string])[] = [
    ['State', STATES[status.state]],
    ['Now', status.running === null ? nowText(status) : progressLine(status, columns)],
    ...(status.running === null ? [] : [['So far', countsText(status.running.counts)] as const]),
    [
      'In the target',
      `${counted(links.users, 'user')}, ${counted(links.groups, 'group')}; ${links.active} of them active`,
    ],
    ...(failing === 0 ? [] : [['Failed', failedText(status)] as const]),
    ...(staged === 0 ? [] : [['Held removals', `${staged} wait for a decision`] as const]),
    ...(status.drift.objects === 0 ? [] : [['Changed there', driftText(status)] as const]),
    ...(rate === null || status.running === null ? [] : [['Rate', rateText(rate)] as const]),
    ['Next run', status.nextRunAt ?? 'none'],
    ['Up to date', status.steadySince === null ? 'not yet' : `since ${status.steadySince}`],
  ];
  return [
    `${status.name}\n\n`,
    properties(entries),
    quarantine === null ? '' : `\n${quarantineText(quarantine)}`,
    lastCycles.length === 0 ? '' : `\n${cycleTable(lastCycles)}`,
    status.warnings.map((warning) => `\nWarning: ${warning}\n`).join(''),
    next === '' ? '' : `\nNext: ${next}\n`,
  ].join('');
}

const driftText = ({ drift: { objects }, application }: ProvisioningStatusView): string =>
  `${counted(objects, 'object')} by somebody else: rollcall application drift ${application}`;

/** How far the running cycle is: with a bar on a screen of some columns, else in words. */
export function progressLine(status: ProvisioningStatusView, columns: number | undefined): string {
  const { running } = status;
  if (running === null) return `${STATES[status.state]}, ${nowText(status)}`;
  const { kind, phase, progress, counts, perSecond, secondsLeft } = running;
  const percent = progress === null ? '' : `${Math.floor(progress * 100)} %`;
  const bar = progress === null || columns === undefined ? '' : barOf(progress, columns);
  const seen = counts.expected > 0 ? `${counts.seen} of ${counts.expected}` : `${counts.seen}`;
  const left = secondsLeft === null || secondsLeft < 1 ? '' : `about ${durationText(secondsLeft)} left`;
  const parts = [`${kind} cycle, ${phase}`, bar, percent, seen, `${perSecond.toFixed(0)}/s`, left];
  return parts.filter((part) => part !== '').join('  ');
}

function barOf(progress: number, columns: number): string {
  const width = Math.max(10, Math.min(WIDEST_BAR, columns - REST_OF_LINE));
  const done = Math.floor(progress * width);
  return `[${'#'.repeat(done)}${'.'.repeat(width - done)}]`;
}

function nowText({ state, nextRunAt, watermark, quarantine }: ProvisioningStatusView): string {
  if (quarantine?.holds === 'removals') return 'waiting for changes; removals are held';
  if (state === 'active') return nextRunAt === null && watermark === null ? 'about to begin' : 'waiting for changes';
  return 'nothing';
}

function failedText({ escrows }: ProvisioningStatusView): string {
  const { objects, references, nextTryAt } = escrows;
  const what = [
    objects === 0 ? '' : counted(objects, 'object'),
    references === 0 ? '' : counted(references, 'reference'),
  ];
  const next = nextTryAt === null ? '' : `; next try ${nextTryAt}`;
  return `${what.filter((part) => part !== '').join(', ')}${next}`;
}

function rateText({ concurrency, waiting, throttled }: NonNullable<ProvisioningStatusView['rate']>): string {
  const slowed = throttled === 0 ? '' : `; the target asked ${throttled} times for less`;
  return `${Math.floor(concurrency)} calls at once, ${waiting} wait${slowed}`;
}

function quarantineText(quarantine: NonNullable<ProvisioningStatusView['quarantine']>): string {
  const { reason, code, message, advice, holds, beganAt, nextAttemptAt, attempts } = quarantine;
  return [
    `In quarantine since ${beganAt}: ${reason}${code === null ? '' : ` (${code})`}\n`,
    `  ${message}\n`,
    `  ${holds === 'removals' ? 'Only removals are held.' : `Next try ${nextAttemptAt}, ${attempts} so far.`}\n`,
    `  ${advice}\n`,
  ].join('');
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

function durationText(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${(minutes / 60).toFixed(1)} h`;
}

import { ERRORS, type Quarantine, type QuarantineReason } from '@rollcall/provisioning';
import type { ProvisioningStatusView } from '../contract/provisioning.ts';
import type { LiveState } from '../provisioning/contract.ts';
import type { Application } from '../store/application-contract.ts';
import { applicationState, applicationWarnings } from './application-view.ts';
import type { AdminContext } from './context.ts';
import { iso, isoOrNull } from './iso.ts';
import { cycleView } from './provisioning-cycles.ts';

const LAST_CYCLES = 5;
const SECOND = 1000;

/** What an application's provisioning does now, did last and does next. */
export async function provisioningStatus(
  context: AdminContext,
  application: Application,
): Promise<ProvisioningStatusView> {
  const { applications } = context.store;
  const { key, slug, name, job } = application;
  const journal = applications.journal(key);
  const [links, escrows, staged, cycles, secret, assignments, drift, pass] = await Promise.all([
    journal.countLinks(),
    journal.countEscrows(),
    journal.countStaged(),
    applications.cycles(key, LAST_CYCLES),
    applications.secret(key),
    applications.assignments(key),
    applications.drift(key).count(),
    applications.drift(key).pass(),
  ]);
  const { running, rate } = await context.provisioning.live(key);
  const now = context.now();
  const failed = escrows.entry + escrows.reference;
  return {
    application: slug,
    name,
    at: iso(now),
    state: applicationState(application),
    running: runningView(running, now),
    rate: rate === null ? null : { ...rate },
    lastCycles: cycles.filter(({ state }) => state !== 'running').map(cycleView),
    links: { ...links },
    escrows: {
      objects: escrows.entry,
      references: escrows.reference,
      nextTryAt: isoOrNull(escrows.nextAt ?? null),
    },
    staged,
    drift: { objects: drift.objects, checkedAt: isoOrNull(pass?.ended ?? null) },
    quarantine: job.quarantine === null ? null : quarantineView(job.quarantine, slug),
    nextRunAt: job.status === 'active' ? isoOrNull(job.nextRunAt) : null,
    steadySince: isoOrNull(job.steadySince),
    steadyFirstAt: isoOrNull(job.steadyFirst),
    watermark: job.watermark,
    next: nextStep(application, { staged, failed, assigned: assignments.length }),
    warnings: applicationWarnings(application, secret !== null, now),
  };
}

/** How much of a cycle is done, from 0 to 1; null while nobody knows how much there is. */
export const progressOf = ({ seen, expected }: { readonly seen: number; readonly expected: number }): number | null =>
  expected > 0 ? Math.min(1, seen / expected) : null;

function runningView(running: LiveState['running'], now: number): ProvisioningStatusView['running'] {
  if (running === null) return null;
  const { cycle, kind, phase, began, counts } = running;
  const { seen, expected } = counts;
  const perSecond = seen / Math.max(1, (now - began) / SECOND);
  const left = Math.max(0, expected - seen);
  return {
    cycle,
    kind,
    phase,
    beganAt: iso(began),
    counts: { ...counts },
    progress: progressOf(counts),
    perSecond,
    secondsLeft: expected > 0 && perSecond > 0 ? left / perSecond : null,
  };
}

function quarantineView(quarantine: Quarantine, slug: string): ProvisioningStatusView['quarantine'] {
  const { reason, code, message, began, nextAttempt, attempts } = quarantine;
  return {
    reason,
    code,
    message,
    advice: code === null ? QUARANTINE_ADVICE[reason](slug) : ERRORS[code].advice,
    holds: reason === 'TooManyDeletes' ? 'removals' : 'everything',
    beganAt: iso(began),
    nextAttemptAt: iso(nextAttempt),
    attempts,
  };
}

const failures = (slug: string): string =>
  `See what fails: rollcall application log ${slug} --status failure. Then: rollcall application restart ${slug}`;

const QUARANTINE_ADVICE: Readonly<Record<QuarantineReason, (slug: string) => string>> = {
  EncounteredQuarantineException: (slug) => `Test the connection: rollcall application test ${slug}`,
  EncounteredEscrowProportionThreshold: failures,
  EncounteredBaseEscrowThreshold: failures,
  EncounteredTotalEscrowThreshold: failures,
  TooManyDeletes: (slug) =>
    `See the removals: rollcall application staged ${slug}. Then rollcall application allow, or reject.`,
  IngestionInterrupted: (slug) =>
    `The directory could not be read. The log of the server says why. Then: rollcall application restart ${slug}`,
};

/** What is tried again only hours later need not wait so long when its cause is mended. */
function quarantineStep({ reason, code }: Quarantine, slug: string): string {
  if (code === null) return QUARANTINE_ADVICE[reason](slug);
  return `When that is put right, do not wait for the next try: rollcall application restart ${slug}`;
}

interface Waiting {
  readonly staged: number;
  readonly failed: number;
  readonly assigned: number;
}

/** The one thing that a person should do now; empty when there is nothing. */
function nextStep(application: Application, { staged, failed, assigned }: Waiting): string {
  const { slug, settings, job } = application;
  const isUnassigned = settings.scope === 'assigned' && assigned === 0;
  switch (applicationState(application)) {
    case 'notConfigured':
      return `Enter the connection: rollcall application set ${slug} --url URL --token-file FILE`;
    case 'disabled':
      return `Put right what held it back, then: rollcall application restart ${slug}`;
    case 'quarantine':
      return job.quarantine === null ? '' : quarantineStep(job.quarantine, slug);
    case 'notRun':
    case 'paused':
      if (isUnassigned) break;
      return `Begin: rollcall application start ${slug}`;
    case 'active':
    case 'removing':
      break;
  }
  if (isUnassigned) return `Nobody is assigned: rollcall application assign ${slug} group:NAME, or set scope=all`;
  if (staged > 0) return QUARANTINE_ADVICE.TooManyDeletes(slug);
  return failed > 0 ? `See what fails: rollcall application log ${slug} --status failure` : '';
}

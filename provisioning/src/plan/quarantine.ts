import type { ErrorCode } from '../error.ts';
import type { WindowCounts } from '../journal.ts';
import type { Quarantine, QuarantineReason } from './quarantine-state.ts';

/** What a cycle, or a try during quarantine, has seen. */
export interface Observed {
  /** The error that concerns the connection as a whole, if there was one. */
  readonly whole?: { readonly code: ErrorCode; readonly message: string } | undefined;
  /** Why the directory could not be read, if it could not. */
  readonly sourceFailed?: string | undefined;
  readonly window: WindowCounts;
  /** Staged removals that nobody has decided about. */
  readonly waiting: number;
}

export interface QuarantineJudgement {
  readonly quarantine: Quarantine | null;
  readonly event: 'entered' | 'reasonChanged' | 'recovered' | 'none';
  /** It has lasted 28 days: the job is to be disabled. */
  readonly disable: boolean;
}

type Cause = Pick<Quarantine, 'reason' | 'code' | 'message'>;

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;
const MAX_AGE = 28 * DAY;

// Microsoft documents these numbers under "quarantine status".
const MIN_FAILURES = 5_000;
const MAX_PROPORTION = 0.4;
const MAX_FAILURES = 40_000;
const MAX_FAILURES_WITH_REFERENCES = 60_000;

/**
 * The state of a job after a cycle or a try. A quarantine begins with its first cause, is tried again 6, 12 and 24
 * hours later and then once a day, ends with a good try, and disables the job after 28 days.
 */
export function judgeQuarantine(current: Quarantine | null, observed: Observed, now: number): QuarantineJudgement {
  const cause = causeOf(observed) ?? lasting(current, observed);
  if (cause === undefined) return { quarantine: null, event: current === null ? 'none' : 'recovered', disable: false };
  if (current === null || holdsMore(current.reason, cause.reason)) {
    const quarantine = { ...cause, began: now, nextAttempt: nextAttempt(now, now), attempts: 0 };
    return { quarantine, event: current === null ? 'entered' : 'reasonChanged', disable: false };
  }
  const tried = now >= current.nextAttempt;
  const quarantine: Quarantine = {
    ...cause,
    began: current.began,
    nextAttempt: tried ? nextAttempt(current.began, now) : current.nextAttempt,
    attempts: current.attempts + (tried ? 1 : 0),
  };
  const event = current.reason === cause.reason ? 'none' : 'reasonChanged';
  return { quarantine, event, disable: now - current.began >= MAX_AGE };
}

/** The next time of the schedule that is not past: a process that was down does not catch up. */
function nextAttempt(began: number, now: number): number {
  const age = now - began;
  for (const offset of [6 * HOUR, 12 * HOUR]) if (age < offset) return began + offset;
  return began + (Math.floor(age / DAY) + 1) * DAY;
}

/** `TooManyDeletes` holds removals only; to hold the job, or to stop holding it, begins anew. */
const holdsMore = (before: QuarantineReason, after: QuarantineReason): boolean =>
  (before === 'TooManyDeletes') !== (after === 'TooManyDeletes');

function causeOf({ whole, sourceFailed, window, waiting }: Observed): Cause | undefined {
  if (whole !== undefined) return { reason: 'EncounteredQuarantineException', ...whole };
  if (sourceFailed !== undefined) return { reason: 'IngestionInterrupted', code: null, message: sourceFailed };
  const { failed, failedReferences, succeeded } = window;
  const all = failed + failedReferences;
  if (all > MAX_FAILURES_WITH_REFERENCES) {
    return caused('EncounteredTotalEscrowThreshold', `${all} objects and references failed.`);
  }
  if (failed > MAX_FAILURES) return caused('EncounteredBaseEscrowThreshold', `${failed} objects failed.`);
  if (failed >= MIN_FAILURES && failed > MAX_PROPORTION * (failed + succeeded)) {
    return caused('EncounteredEscrowProportionThreshold', `${failed} of ${failed + succeeded} objects failed.`);
  }
  return waiting > 0 ? caused('TooManyDeletes', `${waiting} removals wait for a decision.`) : undefined;
}

/** A try that reached only few objects, and failed with most of them, does not end what many failures began. */
function lasting(current: Quarantine | null, { window: { succeeded, failed } }: Observed): Cause | undefined {
  if (current === null || !BY_FAILURES.has(current.reason)) return undefined;
  return failed > MAX_PROPORTION * (failed + succeeded) ? current : undefined;
}

const BY_FAILURES: ReadonlySet<QuarantineReason> = new Set([
  'EncounteredEscrowProportionThreshold',
  'EncounteredBaseEscrowThreshold',
  'EncounteredTotalEscrowThreshold',
]);

const caused = (reason: QuarantineReason, message: string): Cause => ({ reason, code: null, message });

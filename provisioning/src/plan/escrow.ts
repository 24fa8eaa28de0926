import { ERRORS, type ErrorCode } from '../error.ts';
import type { Escrow } from '../journal.ts';
import type { ObjectKey } from '../source.ts';

/** An object's failure, as escrow takes it. */
export interface Failure {
  readonly key: ObjectKey;
  readonly kind: Escrow['kind'];
  readonly code: ErrorCode;
  readonly message: string;
  /** Milliseconds that the target asked to wait. */
  readonly retryAfter?: number | undefined;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const FIRST_WAITS = [5 * MINUTE, 15 * MINUTE, 40 * MINUTE] as const;
const LAST_WAIT = 40 * MINUTE;
const MAX_AGE = 28 * DAY;

/**
 * What waits for its next try after a failure: 5, 15 and 40 minutes, then twice as long each time up to a day, and
 * never sooner than the target asked for. What trying again cannot help waits for a change of the object or of the
 * mapping, and is tried once a day in case the cause was elsewhere.
 */
export function escrowAfter(previous: Escrow | undefined, failure: Failure, now: number): Escrow {
  const { key, kind, code, message, retryAfter } = failure;
  const attempts = (previous?.attempts ?? 0) + 1;
  const firstAt = previous?.firstAt ?? now;
  const planned = ERRORS[code].retry
    ? now + waitAfter(attempts)
    : firstAt + (Math.floor((now - firstAt) / DAY) + 1) * DAY;
  const nextAt = Math.max(planned, now + (retryAfter ?? 0));
  return { type: key.type, id: key.id, kind, code, message, attempts, firstAt, nextAt };
}

/** Whether retries have come to an end: the first failure is 28 days old, as Microsoft documents it. */
export function isExpired({ firstAt }: Pick<Escrow, 'firstAt'>, now: number): boolean {
  return now - firstAt >= MAX_AGE;
}

function waitAfter(attempts: number): number {
  const listed = FIRST_WAITS[attempts - 1];
  if (listed !== undefined) return listed;
  // Beyond some twenty doublings the day has long been reached, and the number would grow past all bounds.
  return Math.min(DAY, LAST_WAIT * 2 ** Math.min(20, attempts - FIRST_WAITS.length));
}

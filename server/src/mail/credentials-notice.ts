import type { Notice } from './notice.ts';

const DAY = 24 * 60 * 60_000;
const WARNINGS = [1, 7, 30];

/**
 * The warning that is due for credentials that expire at `expires`: of the days 30, 7 and 1 before, the last one that
 * has come. Undefined when none has, and when they have expired: then the target says so.
 */
export function credentialsNotice(expires: number | null, now: number): Notice | undefined {
  if (expires === null || expires <= now) return undefined;
  const days = WARNINGS.find((warning) => expires - now <= warning * DAY);
  return days === undefined ? undefined : { kind: 'credentialsExpire', expires, days };
}

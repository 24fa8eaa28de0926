/** How often one kind of request may be sent, learnt from the answers that asked to send less. */
export interface RateBudget {
  /** Milliseconds until one more may be sent; 0 now. */
  waitFor(now: number): number;
  /** One is sent. */
  take(now: number): void;
  /** It is left alone for `pause` milliseconds. */
  hold(now: number, pause: number): void;
  /** The answer to what was sent at `sentAt` asked to send less; `pause` is how long it is left alone. */
  throttled(now: number, pause: number, sentAt: number): void;
  /** Whether a limit was learnt. */
  isLimited(): boolean;
}

/** Sends since the last throttling that are remembered, to tell how fast they went; fewer than `FEW` tell nothing. */
const REMEMBERED = 64;
const FEW = 4;
/** Of the speed at which the target asked to send less. */
const SAFE_SHARE = 0.8;
/** A second. */
const SLOWEST = 0.1;
/** What the limit grows by in a second: fast up to the speed that was too much, then slowly. */
const RECOVERY = 1.2;
const GROWTH = 1.02;
/** The limit is forgotten when it is this many times the speed that was too much. */
const FORGOTTEN_AT = 8;

/** A token bucket without a limit at first (a clock in milliseconds is passed to each function). */
export function openRateBudget(): RateBudget {
  let sent: number[] = [];
  let blockedUntil = Number.NEGATIVE_INFINITY;
  let learntAt = Number.NEGATIVE_INFINITY;
  /** `tooMuch` and `rate` are requests a second. */
  let limit: { readonly tooMuch: number; rate: number; tokens: number; at: number } | undefined;

  function refill(now: number): void {
    if (limit === undefined || now <= limit.at) return;
    const seconds = (now - limit.at) / 1000;
    limit.tokens = Math.min(Math.max(1, limit.rate), limit.tokens + seconds * limit.rate);
    const recovered = limit.rate * RECOVERY ** seconds;
    limit.rate = recovered <= limit.tooMuch ? recovered : Math.max(limit.tooMuch, limit.rate) * GROWTH ** seconds;
    limit.at = now;
    if (limit.rate > limit.tooMuch * FORGOTTEN_AT) limit = undefined;
  }

  function observed(now: number): number {
    if (limit !== undefined && sent.length < FEW) return limit.rate;
    return sent.length / Math.max(1, (now - (sent[0] ?? now)) / 1000);
  }

  return {
    waitFor(now) {
      if (now < blockedUntil) return blockedUntil - now;
      refill(now);
      if (limit === undefined || limit.tokens >= 1) return 0;
      return Math.ceil(((1 - limit.tokens) / limit.rate) * 1000);
    },
    take(now) {
      sent.push(now);
      if (sent.length > REMEMBERED) sent.shift();
      refill(now);
      if (limit !== undefined) limit.tokens -= 1;
    },
    hold(now, pause) {
      blockedUntil = Math.max(blockedUntil, now + pause);
    },
    throttled(now, pause, sentAt) {
      blockedUntil = Math.max(blockedUntil, now + pause);
      // Of what was under way together, the first answer tells all.
      if (sentAt < learntAt) return;
      refill(now);
      const tooMuch = Math.max(SLOWEST, observed(now));
      limit = { tooMuch, rate: Math.max(SLOWEST, SAFE_SHARE * tooMuch), tokens: 1, at: blockedUntil };
      learntAt = now;
      sent = [];
    },
    isLimited: () => limit !== undefined,
  };
}

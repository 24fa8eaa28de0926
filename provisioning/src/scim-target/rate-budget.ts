/** How often one kind of request may be sent, learnt from the answers that asked to send less. */
export interface RateBudget {
  /** Milliseconds until one more may be sent; 0 now. */
  waitFor(now: number): number;
  /** One is sent. */
  take(now: number): void;
  /** It is left alone for `pause` milliseconds. */
  hold(now: number, pause: number): void;
  /** An answer asked to send less; `pause` is how long it is left alone. */
  throttled(now: number, pause: number): void;
  /** Whether a limit was learnt. */
  isLimited(): boolean;
}

/** Sends that are remembered to tell how fast they went. */
const REMEMBERED = 64;
/** Of the speed at which the target asked to send less. */
const SAFE_SHARE = 0.8;
const SLOWEST = 0.1;
/** The limit grows by this for each second without being throttled, and is forgotten when it is this much higher. */
const GROWTH_PER_SECOND = 1.02;
const FORGOTTEN_AT = 8;

/** A token bucket without a limit at first (a clock in milliseconds is passed to each function). */
export function openRateBudget(): RateBudget {
  const sent: number[] = [];
  let blockedUntil = 0;
  let limit: { readonly learnt: number; rate: number; tokens: number; at: number } | undefined;

  function refill(now: number): void {
    if (limit === undefined || now <= limit.at) return;
    const seconds = (now - limit.at) / 1000;
    limit.tokens = Math.min(Math.max(1, limit.rate), limit.tokens + seconds * limit.rate);
    limit.rate *= GROWTH_PER_SECOND ** seconds;
    limit.at = now;
    if (limit.rate > limit.learnt * FORGOTTEN_AT) limit = undefined;
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
    throttled(now, pause) {
      // Answers to what was under way together count once.
      const isNew = now >= blockedUntil;
      blockedUntil = Math.max(blockedUntil, now + pause);
      if (!isNew) return;
      const recent = sent.filter((at) => at > now - 60_000);
      const seconds = Math.max(1, (now - (recent[0] ?? now)) / 1000);
      const observed = recent.length / seconds;
      const rate = Math.max(SLOWEST, SAFE_SHARE * Math.min(observed, limit?.rate ?? observed));
      limit = { learnt: rate, rate, tokens: 1, at: blockedUntil };
    },
    isLimited: () => limit !== undefined,
  };
}

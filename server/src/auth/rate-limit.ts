/** The state of a token bucket after a request, as the `RateLimit-*` headers want it. */
export interface RateLimitState {
  readonly allowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  /** Seconds until the bucket is full again, at least 1 when the request was refused: also for `Retry-After`. */
  readonly resetSeconds: number;
}

export interface RateLimit {
  take(key: number, rate: number, now: number): RateLimitState;
}

/** A token bucket per identity server: `rate` requests a second, and a second's worth of them at once. */
export function createRateLimit(): RateLimit {
  const buckets = new Map<number, { tokens: number; at: number }>();
  return {
    take(key, rate, now) {
      const bucket = buckets.get(key) ?? { tokens: rate, at: now };
      const elapsed = Math.max(0, now - bucket.at);
      bucket.tokens = Math.min(rate, bucket.tokens + (elapsed * rate) / 1000);
      bucket.at = now;
      buckets.set(key, bucket);
      const allowed = bucket.tokens >= 1;
      if (allowed) bucket.tokens -= 1;
      const fill = Math.ceil((rate - bucket.tokens) / rate);
      return {
        allowed,
        limit: rate,
        remaining: Math.floor(bucket.tokens),
        resetSeconds: allowed ? fill : Math.max(1, fill),
      };
    },
  };
}

import type { BucketUse } from '../store/contract.ts';

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
  /** What was taken since the last time, for other processes to know of; nothing where all was refused, but named. */
  taken(): BucketUse[];
  /**
   * What all processes together have left, at the time when `sent` was handed out: what was taken since then still
   * comes off it. Until the next time, the bucket fills as much slower as the others took from it.
   */
  learn(
    sent: readonly BucketUse[],
    left: readonly { readonly key: number; readonly tokens: number }[],
    now: number,
  ): void;
  /** Gives back what could not be told. */
  untold(sent: readonly BucketUse[]): void;
}

interface Bucket {
  rate: number;
  tokens: number;
  at: number;
  /** Since the others were last told. */
  taken: number;
  asked: boolean;
  /** Requests a second that other processes took of late. */
  others: number;
  /** What all had left when it was last learnt, and when that was. */
  known: { readonly tokens: number; readonly at: number } | undefined;
}

/** How long what others took says anything about what they take. */
const FRESH = 2000;

/** A token bucket per identity server: `rate` requests a second, and a second's worth of them at once. */
export function createRateLimit(): RateLimit {
  const buckets = new Map<number, Bucket>();

  function fill(bucket: Bucket, rate: number, now: number): void {
    const elapsed = Math.max(0, now - bucket.at);
    const isFresh = bucket.known !== undefined && now - bucket.known.at < FRESH;
    const own = isFresh ? Math.max(0, rate - bucket.others) : rate;
    bucket.tokens = Math.min(rate, bucket.tokens + (elapsed * own) / 1000);
    bucket.rate = rate;
    bucket.at = now;
  }

  return {
    take(key, rate, now) {
      const bucket = buckets.get(key) ?? {
        rate,
        tokens: rate,
        at: now,
        taken: 0,
        asked: true,
        others: 0,
        known: undefined,
      };
      fill(bucket, rate, now);
      bucket.asked = true;
      buckets.set(key, bucket);
      const allowed = bucket.tokens >= 1;
      if (allowed) {
        bucket.tokens -= 1;
        bucket.taken += 1;
      }
      const full = Math.ceil((rate - bucket.tokens) / rate);
      return {
        allowed,
        limit: rate,
        remaining: Math.max(0, Math.floor(bucket.tokens)),
        resetSeconds: allowed ? full : Math.max(1, full),
      };
    },
    taken() {
      const uses: BucketUse[] = [];
      for (const [key, bucket] of buckets) {
        if (!bucket.asked) continue;
        uses.push({ key, rate: bucket.rate, taken: bucket.taken });
        bucket.taken = 0;
        bucket.asked = false;
      }
      return uses;
    },
    learn(sent, left, now) {
      const used = new Map(sent.map(({ key, taken }) => [key, taken]));
      for (const { key, tokens } of left) {
        const bucket = buckets.get(key);
        if (bucket === undefined) continue;
        const { known, rate } = bucket;
        const elapsed = known === undefined ? 0 : (now - known.at) / 1000;
        if (known !== undefined && elapsed > 0 && elapsed * 1000 < FRESH) {
          const alone = Math.min(rate, known.tokens + elapsed * rate) - (used.get(key) ?? 0);
          bucket.others = Math.max(0, (alone - tokens) / elapsed);
        } else {
          bucket.others = 0;
        }
        bucket.known = { tokens, at: now };
        bucket.tokens = tokens - bucket.taken;
        bucket.at = now;
      }
    },
    untold(sent) {
      for (const { key, taken } of sent) {
        const bucket = buckets.get(key);
        if (bucket === undefined) continue;
        bucket.taken += taken;
        bucket.asked = true;
      }
    },
  };
}

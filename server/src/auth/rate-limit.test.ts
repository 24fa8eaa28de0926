import { describe, expect, it } from 'vitest';
import { createRateLimit } from './rate-limit.ts';

describe('the rate limit', () => {
  it('takes a second’s worth at once, refuses what is beyond and recovers with time', () => {
    const limit = createRateLimit();
    const take = (now: number) => limit.take(1, 5, now);
    expect([0, 0, 0, 0, 0].map((now) => take(now).remaining)).toEqual([4, 3, 2, 1, 0]);
    expect(take(0)).toEqual({ allowed: false, limit: 5, remaining: 0, resetSeconds: 1 });
    expect(take(200)).toMatchObject({ allowed: true, remaining: 0 });
    expect(take(200)).toMatchObject({ allowed: false });
    expect(take(10_000)).toMatchObject({ allowed: true, remaining: 4, resetSeconds: 1 });
  });

  it('lets through no more than the rate over a long time', () => {
    const limit = createRateLimit();
    let allowed = 0;
    for (let now = 0; now < 60_000; now += 10) if (limit.take(1, 25, now).allowed) allowed++;
    expect(allowed).toBeGreaterThanOrEqual(25 * 60);
    expect(allowed).toBeLessThanOrEqual(25 * 61);
  });

  it('keeps identity servers apart', () => {
    const limit = createRateLimit();
    expect(limit.take(1, 1, 0).allowed).toBe(true);
    expect(limit.take(1, 1, 0).allowed).toBe(false);
    expect(limit.take(2, 1, 0).allowed).toBe(true);
  });

  it('gives nothing away and takes nothing when the clock is set back', () => {
    const limit = createRateLimit();
    expect(limit.take(1, 1, 100_000).allowed).toBe(true);
    expect(limit.take(1, 1, 0).allowed).toBe(false);
    expect(limit.take(1, 1, 1000).allowed).toBe(true);
  });

  it('follows a changed rate', () => {
    const limit = createRateLimit();
    limit.take(1, 100, 0);
    expect(limit.take(1, 2, 0)).toMatchObject({ allowed: true, limit: 2, remaining: 1 });
  });
});

describe('rate limits of several processes', () => {
  /** Processes that share a bucket as the database keeps it, and tell each other every 200 ms. */
  function processes(count: number, rate: number) {
    const limits = Array.from({ length: count }, () => createRateLimit());
    let bucket = { tokens: rate, at: 0 };
    const share = (now: number) => {
      for (const limit of limits) {
        const uses = limit.taken();
        const left = uses.map(({ key, taken }) => {
          const filled = Math.min(rate, bucket.tokens + ((now - bucket.at) * rate) / 1000);
          bucket = { tokens: filled - taken, at: now };
          return { key, tokens: bucket.tokens };
        });
        limit.learn(uses, left, now);
      }
    };
    /** How many of each process's requests are let in, when each gets one every `everyMs`. */
    const run = (from: number, until: number, everyMs: number, busy = count) => {
      const allowed = limits.map(() => 0);
      for (let now = from; now < until; now += 1) {
        if (now % 200 === 0) share(now);
        if (now % everyMs > 0) continue;
        for (const [index, limit] of limits.slice(0, busy).entries()) {
          if (limit.take(1, rate, now).allowed) allowed[index] = (allowed[index] ?? 0) + 1;
        }
      }
      return allowed;
    };
    return { run };
  }
  const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);

  it('let through the rate of one over a long time, each its share', () => {
    const { run } = processes(3, 100);
    const allowed = run(0, 60_000, 5);
    expect(sum(allowed)).toBeGreaterThan(100 * 57);
    expect(sum(allowed)).toBeLessThanOrEqual(100 * 61 + 300);
    for (const one of allowed) expect(one).toBeGreaterThan(100 * 10);
  });

  it('leave the whole rate to the one that needs it', () => {
    const { run } = processes(3, 100);
    run(0, 10_000, 5);
    const [one = 0] = run(10_000, 40_000, 5, 1);
    expect(one).toBeGreaterThan(100 * 27);
    expect(one).toBeLessThanOrEqual(100 * 31);
  });

  it('count what could not be told the next time', () => {
    const limit = createRateLimit();
    limit.take(1, 10, 0);
    const uses = limit.taken();
    expect(uses).toEqual([{ key: 1, rate: 10, taken: 1 }]);
    expect(limit.taken()).toEqual([]);
    limit.untold(uses);
    limit.take(1, 10, 0);
    expect(limit.taken()).toEqual([{ key: 1, rate: 10, taken: 2 }]);
  });
});

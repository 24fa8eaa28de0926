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

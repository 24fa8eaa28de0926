import { describe, expect, it } from 'vitest';
import { openRateBudget, type RateBudget } from './rate-budget.ts';

/** Sends as fast as the budget lets it for `seconds`; `refuses` says which ones are answered with a pause. */
function work(
  budget: RateBudget,
  from: number,
  seconds: number,
  refuses: (n: number, now: number) => number | undefined,
) {
  let now = from;
  let count = 0;
  let refused = 0;
  while (now < from + seconds * 1000) {
    now += Math.max(10, budget.waitFor(now));
    if (budget.waitFor(now) > 0) continue;
    budget.take(now);
    const pause = refuses(count++, now);
    if (pause === undefined) continue;
    refused += 1;
    budget.throttled(now, pause, now);
  }
  return { now, count, refused };
}

/** A target that bears so many requests in each second, and asks for half a second when it is more. */
function bearing(perSecond: number): (n: number, now: number) => number | undefined {
  const recent: number[] = [];
  return (_, now) => {
    while (recent[0] !== undefined && recent[0] <= now - 1000) recent.shift();
    if (recent.length >= perSecond) return 500;
    recent.push(now);
    return undefined;
  };
}

describe('the budget of a kind of request', () => {
  it('has no limit until the target asks to send less', () => {
    const budget = openRateBudget();
    expect(work(budget, 0, 10, () => undefined).count).toBeGreaterThan(900);
    expect(budget.isLimited()).toBe(false);
  });

  it('keeps near what the target bears, and seldom goes beyond', () => {
    const { count, refused } = work(openRateBudget(), 0, 60, bearing(10));
    expect(count - refused).toBeGreaterThan(60 * 5);
    expect(refused).toBeLessThan(40);
  });

  it('does not fall to nothing when a target refuses at random', () => {
    const { count } = work(openRateBudget(), 0, 120, (n) => (n % 4 === 3 ? 200 : undefined));
    expect(count).toBeGreaterThan(120 * 2);
  });

  it('counts what was under way together once', () => {
    const [budget, once] = [openRateBudget(), openRateBudget()];
    for (let n = 0; n < 8; n++) budget.take(0);
    for (let n = 0; n < 8; n++) once.take(0);
    once.throttled(100, 1000, 0);
    for (let n = 0; n < 8; n++) budget.throttled(100, 1000, 0);
    once.take(1100);
    budget.take(1100);
    expect(budget.waitFor(1100)).toBe(once.waitFor(1100));
  });

  it('forgets the limit when the target bears much more', () => {
    const budget = openRateBudget();
    for (let n = 0; n < 10; n++) budget.take(n * 100);
    budget.throttled(1000, 0, 900);
    expect(budget.isLimited()).toBe(true);
    work(budget, 1000, 600, () => undefined);
    expect(budget.isLimited()).toBe(false);
  });
});

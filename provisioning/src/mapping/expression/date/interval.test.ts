import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addInterval, countIntervals, INTERVALS } from './interval.ts';

const anyTicks = fc.bigInt({ min: 0n, max: 3_155_378_975_999_999_999n });

describe('addInterval', () => {
  it('counts as many intervals as were added, but for days that a month lacks', () => {
    fc.assert(
      fc.property(
        anyTicks,
        fc.constantFrom(...INTERVALS),
        fc.integer({ min: -500, max: 500 }),
        (ticks, interval, count) => {
          const moved = addInterval(ticks, interval, count);
          if (moved !== undefined && moved >= 0n && moved < 3_155_378_976_000_000_000n) {
            expect(countIntervals(ticks, moved, interval)).toBe(count);
          }
        },
      ),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fieldsOf, ticksOf } from './ticks.ts';

const anyTicks = fc.bigInt({ min: 0n, max: 3_155_378_975_999_999_999n });

describe('the calendar', () => {
  it('takes a time apart and puts it together again', () => {
    fc.assert(
      fc.property(anyTicks, (ticks) => {
        expect(ticksOf(fieldsOf(ticks))).toBe(ticks);
      }),
    );
  });
});

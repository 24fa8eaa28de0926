import { describe, expect, it } from 'vitest';
import { labelPlaces, valueTicks } from './axis.ts';

describe('the axes of the request chart', () => {
  it.each([
    [0, [0, 1]],
    [1, [0, 1]],
    [3, [0, 1, 2, 3]],
    [7, [0, 2, 4, 6, 8]],
    [1863, [0, 500, 1000, 1500, 2000]],
    [20_000, [0, 5000, 10_000, 15_000, 20_000]],
    [2_000_001, [0, 1_000_000, 2_000_000, 3_000_000]],
  ])('have round values up to %i', (most, ticks) => {
    expect(valueTicks(most)).toEqual(ticks);
  });

  it('have labels from the first bucket to the last', () => {
    expect(labelPlaces(144, 5)).toEqual([0, 36, 72, 107, 143]);
    expect(labelPlaces(3, 5)).toEqual([0, 1, 2]);
  });
});

import { describe, expect, it } from 'vitest';
import { beginningOf, type Place, placeAfter, placeOf } from './place.ts';

const first: Place<string> = { at: 0, cursor: '' };
const second = placeAfter(first, 100, 'b');
const third = placeAfter(second, 40, 'c');

describe('a place in a long list', () => {
  it('comes after the rows of the page before it', () => {
    expect([second.at, third.at]).toEqual([100, 140]);
  });

  it('is found by a row on the way back', () => {
    expect([0, 99, 100, 139, 140, 9000].map((row) => placeOf(third, row).cursor)).toEqual(['', '', 'b', 'b', 'c', 'c']);
  });

  it('knows where the walk began', () => {
    expect([first, second, third].map(beginningOf)).toEqual([first, first, first]);
  });

  it('leads back to the same rows when others have come in before them', () => {
    const after = placeAfter(first, 100, 'b', 'before row 1');
    expect(after.previous).toEqual({ at: 0, cursor: 'before row 1', first });
    expect(beginningOf(after)).toBe(first);
  });
});

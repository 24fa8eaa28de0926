import { describe, expect, it } from 'vitest';
import { markedParts } from './marked-parts.ts';

const split = (text: string) => markedParts(text).map(({ kind, text: part }) => [kind, part]);

describe('a marked sentence', () => {
  it('has bold words and code between plain text', () => {
    expect(split('Press **Save**, type `userName`.')).toEqual([
      ['plain', 'Press '],
      ['bold', 'Save'],
      ['plain', ', type '],
      ['code', 'userName'],
      ['plain', '.'],
    ]);
  });

  it('is one plain part without marks', () => {
    expect(split('2 * 3 ** 4')).toEqual([['plain', '2 * 3 ** 4']]);
    expect(split('')).toEqual([]);
  });
});

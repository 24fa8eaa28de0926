import { describe, expect, it } from 'vitest';
import { markedAt, placeOf, syntaxProblem } from './expression-problem.ts';

describe('the problem of an expression', () => {
  it('has the place that the engine names', () => {
    expect(syntaxProblem('Trim(“a”)')).toMatchObject({ position: 5 });
    expect(syntaxProblem('Join(" ", [givenName], [surname])')).toBeUndefined();
    expect(syntaxProblem('  ')).toBeUndefined();
  });

  it('is counted in lines and columns from 1', () => {
    expect(placeOf('Join(\n  "a",\n  x)', 15)).toEqual({ line: 3, column: 3 });
    expect(placeOf('', 0)).toEqual({ line: 1, column: 1 });
  });

  it('is marked under its character, or behind the end', () => {
    expect(markedAt('Trim(;)', 5)).toEqual(['Trim(', ';', ')']);
    expect(markedAt('Trim(', 9)).toEqual(['Trim(', ' ', '']);
    expect(markedAt('a\nb', 1)).toEqual(['a', ' ', '\nb']);
  });
});

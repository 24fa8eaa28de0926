import { describe, expect, it } from 'vitest';
import { parameterOf, parameterText } from './functions.ts';

describe('parameters of functions', () => {
  it('are written as the documentation does', () => {
    expect(parameterText({ name: 'source' })).toBe('source');
    expect(parameterText({ name: 'start', optional: true })).toBe('[start]');
    expect(parameterText({ name: 'key', variadic: true })).toBe('key…');
  });

  it('repeat together at the end', () => {
    const parameters = [
      { name: 'source' },
      { name: 'defaultValue', optional: true },
      { name: 'key', variadic: true },
      { name: 'value', variadic: true },
    ];
    expect([0, 1, 2, 3, 4, 5, 6].map((argument) => parameterOf(parameters, argument))).toEqual([0, 1, 2, 3, 2, 3, 2]);
    expect(parameterOf([{ name: 'source' }], 1)).toBe(-1);
  });
});

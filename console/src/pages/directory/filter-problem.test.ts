import { describe, expect, it } from 'vitest';
import { atFault, problemOf } from './filter-problem.ts';

describe('what is wrong with a filter', () => {
  it('is nothing when it can be read, or when there is none', () => {
    expect([problemOf(''), problemOf('active eq true'), problemOf('emails[type eq "work"]')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('is shown at its place', () => {
    const filter = 'userName eqq "x"';
    const message = problemOf(filter) ?? '';
    expect(message).toContain('position 10');
    expect(atFault(filter, message)).toEqual(['userName ', 'eqq', ' "x"']);
  });

  it('may be that something is missing at the end', () => {
    const filter = 'userName eq';
    expect(atFault(filter, problemOf(filter) ?? '')).toEqual(['userName eq', '…', '']);
    expect(atFault('x', 'The filter costs too much.')).toBeUndefined();
  });
});

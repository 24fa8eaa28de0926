import { describe, expect, it } from 'vitest';
import { judgeRemovals } from './deletion-guard.ts';

const guard = { enabled: true, number: 3, percent: null };
const judge = (numbers: Partial<Parameters<typeof judgeRemovals>[0]>, settings = {}) =>
  judgeRemovals({ removals: 0, windowRemovals: 0, linked: 1000, waiting: 0, ...numbers }, { ...guard, ...settings });

describe('The deletion guard', () => {
  it('lets as many go as the threshold says, and stages all of one more (the documented example with 3)', () => {
    expect(judge({ removals: 3 })).toEqual({ verdict: 'pass' });
    expect(judge({ removals: 4 })).toEqual({ verdict: 'stage', reason: '4 removals, where 3 are allowed.' });
  });

  it('counts what the window has removed already, so that single removals add up', () => {
    expect(judge({ removals: 1, windowRemovals: 2 }).verdict).toBe('pass');
    expect(judge({ removals: 1, windowRemovals: 3 })).toEqual({
      verdict: 'stage',
      reason: '4 removals, 3 of them carried out already, where 3 are allowed.',
    });
  });

  it('stages while earlier removals wait for a decision', () => {
    expect(judge({ removals: 1, waiting: 7 })).toEqual({
      verdict: 'stage',
      reason: '7 removals wait for a decision already.',
    });
  });

  it('also counts the share of what was linked when the window began', () => {
    const settings = { number: 500, percent: 10 };
    expect(judge({ removals: 10, linked: 100 }, settings).verdict).toBe('pass');
    expect(judge({ removals: 11, linked: 100 }, settings)).toEqual({
      verdict: 'stage',
      reason: '11 removals, of 100 linked objects, where 10 percent are allowed.',
    });
    expect(judge({ removals: 5, windowRemovals: 5, linked: 95 }, settings).verdict).toBe('pass');
    expect(judge({ removals: 6, windowRemovals: 5, linked: 95 }, settings).verdict).toBe('stage');
  });

  it('lets one of few go, whatever the percentage', () => {
    expect(judge({ removals: 1, linked: 3 }, { percent: 10 }).verdict).toBe('pass');
    expect(judge({ removals: 2, linked: 3 }, { percent: 10 }).verdict).toBe('stage');
  });

  it('stages nothing when there is nothing to remove or it is switched off', () => {
    expect(judge({ removals: 0, windowRemovals: 9, waiting: 9 }).verdict).toBe('pass');
    expect(judge({ removals: 900, waiting: 9 }, { enabled: false }).verdict).toBe('pass');
  });
});

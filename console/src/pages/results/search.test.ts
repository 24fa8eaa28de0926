import { describe, expect, it } from 'vitest';
import { driftSearch, logSearch, stagedSearch } from './search.ts';

describe('what an address says', () => {
  it('keeps the filters that the log has, and leaves the rest out', () => {
    expect(logSearch({ status: 'failure', action: 'nonsense', object: 4711, entry: 12, other: 'x' })).toEqual({
      status: 'failure',
      object: '4711',
      entry: 12,
    });
    expect(logSearch({ entry: '12', object: '', code: ['a'], since: '24h' })).toEqual({ since: '24h' });
  });

  it('knows the states of staged deletions', () => {
    expect(stagedSearch({ state: 'rejected' })).toEqual({ state: 'rejected' });
    expect(stagedSearch({ state: 'waiting' })).toEqual({});
  });

  it('filters drift by attribute and object', () => {
    expect(driftSearch({ attribute: 'title', object: 'user:mira' })).toEqual({
      attribute: 'title',
      object: 'user:mira',
    });
  });
});

import { describe, expect, it } from 'vitest';
import { readListSearch, wholeFilter } from './list-search.ts';

describe('the address of a list', () => {
  it('keeps a search and a filter, and nothing else', () => {
    expect(readListSearch({ search: 12, filter: ' active eq true ', page: 3 })).toEqual({
      search: '12',
      filter: 'active eq true',
    });
    expect(readListSearch({ search: ' ', filter: {} })).toEqual({});
  });
});

describe('the filter of a list', () => {
  it('holds the filter and the search together', () => {
    expect(wholeFilter('Group', { search: 'x', filter: 'a pr or b pr' }, 'beginning')).toBe(
      '(a pr or b pr) and (displayName sw "x" or externalId eq "x" or id eq "x")',
    );
    expect([wholeFilter('User', {}, 'part'), wholeFilter('User', { filter: 'a pr' }, 'part')]).toEqual([
      undefined,
      'a pr',
    ]);
  });
});

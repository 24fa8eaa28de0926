import { parseFilter } from '@rollcall/scim';
import { describe, expect, it } from 'vitest';
import { readListSearch, searchFilter, wholeFilter } from './list-search.ts';

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
  it('finds groups by how their name begins, and by their ids', () => {
    expect(searchFilter('Group', 'Büro')).toBe('displayName sw "Büro" or externalId eq "Büro" or id eq "Büro"');
  });

  it('quotes what people type, so that it is never read as a filter', () => {
    const filter = searchFilter('Group', 'a" or id pr or "');
    expect(parseFilter(filter)).toMatchObject({ kind: 'or', filters: [{ value: 'a" or id pr or "' }, {}, {}] });
  });

  it('holds the filter and the search together', () => {
    expect(wholeFilter('Group', { search: 'x', filter: 'a pr or b pr' })).toBe(
      '(a pr or b pr) and (displayName sw "x" or externalId eq "x" or id eq "x")',
    );
    expect([wholeFilter('User', {}), wholeFilter('User', { filter: 'a pr' })]).toEqual([undefined, 'a pr']);
  });
});

import { describe, expect, it } from 'vitest';
import { candidateOf, searchFilter } from './candidates.ts';

describe('The search for users and groups', () => {
  it('asks for all while nothing is typed', () => {
    expect(searchFilter('User', '  ')).toBeUndefined();
  });

  it('finds a group by any part of its name', () => {
    expect(searchFilter('Group', ' Sales ')).toBe('displayName co "Sales"');
  });

  it('finds a person by the beginning of each name', () => {
    expect(searchFilter('User', 'ann')).toBe(
      'userName sw "ann" or displayName sw "ann" or name.givenName sw "ann" or name.familyName sw "ann" or emails.value sw "ann"',
    );
  });

  it('keeps quotes and backslashes within the value (RFC 7644 §3.4.2.2)', () => {
    expect(searchFilter('Group', String.raw`a" or id pr or x eq "\ `)).toBe(
      String.raw`displayName co "a\" or id pr or x eq \"\\"`,
    );
  });
});

describe('A candidate', () => {
  it('is called by the displayName, with the userName beside it', () => {
    expect(candidateOf('User', { id: '1', userName: 'anna@example.org', displayName: 'Anna' })).toEqual({
      type: 'User',
      id: '1',
      label: 'Anna',
      details: 'anna@example.org',
      isActive: true,
    });
  });

  it('is called by what there is', () => {
    expect(candidateOf('User', { id: '1', userName: 'anna', active: false })).toMatchObject({
      label: 'anna',
      details: '',
      isActive: false,
    });
    expect(candidateOf('Group', { id: '2' }).label).toBe('2');
  });
});

import { describe, expect, it } from 'vitest';
import { type GuardInput, guard } from './guard.ts';

const fine: GuardInput = {
  missing: 'leave',
  allowed: undefined,
  peopleFile: 'people.csv',
  rows: 200,
  unread: 0,
  managed: 200,
  removed: 0,
  memberships: 1000,
  leaving: 0,
  signsOfCut: [],
};

describe('the guard of an import', () => {
  it.each<[string, Partial<GuardInput>]>([
    ['nobody goes, even when the file looks cut', { signsOfCut: ['line 7 ...'] }],
    ['nobody goes, and the file holds a part of the people', { rows: 3 }],
    ['ten go, however few there are', { removed: 10, managed: 12, rows: 12, missing: 'delete' }],
    ['one in ten goes', { removed: 20, missing: 'disable' }],
    ['half of the memberships end', { leaving: 500 }],
    ['three leavers are in a file of their own', { rows: 3, removed: 3 }],
    [
      'so many are allowed expressly, whatever the file looks like',
      { removed: 150, rows: 50, missing: 'delete', allowed: 150, signsOfCut: ['x'] },
    ],
    ['the file is empty and that is allowed expressly', { rows: 0, removed: 200, missing: 'delete', allowed: 200 }],
    ['so many memberships are allowed', { leaving: 1000, allowed: 1000 }],
  ])('lets pass when %s', (_when, difference) => {
    expect(guard({ ...fine, ...difference })).toEqual([]);
  });

  it.each<[string, Partial<GuardInput>, string]>([
    ['the file is empty', { rows: 0 }, 'people.csv holds nobody.'],
    [
      'the file is cut',
      { removed: 1, signsOfCut: ['line 7 has 2 values'] },
      'The file looks cut: line 7 has 2 values.',
    ],
    ['the file is cut and memberships would end', { leaving: 1, signsOfCut: ['x'] }, 'The file looks cut: x.'],
    [
      'less than half of the people are in it',
      { removed: 5, rows: 99, missing: 'disable' },
      'people.csv has 99 people where the directory has 200.',
    ],
    [
      'rows do not tell whom they are about',
      { removed: 1, unread: 1, missing: 'delete' },
      '1 rows of people.csv are unreadable, so that who is missing is not known.',
    ],
    ['more than one in ten would go', { removed: 21 }, '21 of 200 people would be disabled or deleted.'],
    ['eleven of twelve would go', { removed: 11, managed: 12 }, '11 of 12 people would be disabled or deleted.'],
    ['more would go than was allowed', { removed: 30, allowed: 29 }, '30 of 200 people would be disabled or deleted.'],
    [
      'more than half of the memberships would end',
      { leaving: 501 },
      '501 of 1000 memberships of the groups in the file would end.',
    ],
  ])('stops everything when %s', (_when, difference, reason) => {
    expect(guard({ ...fine, ...difference })).toEqual([reason]);
  });
});

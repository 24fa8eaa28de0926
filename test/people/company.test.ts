import { describe, expect, it } from 'vitest';
import { dismiss, makeCompany, step, toGroupsCsv, toPeopleCsv } from './company.ts';
import { directoryOf, expectedDirectory } from './directory.ts';

const company = makeCompany({ people: 300, groups: 12, seed: 5 });

describe('a made-up company', () => {
  it('is the same for the same seed, whatever was made in between', () => {
    const again = makeCompany({ people: 300, groups: 12, seed: 5 });
    makeCompany({ people: 5, groups: 5, seed: 6 });
    expect(again).toEqual(company);
    expect(step(again, 4)).toEqual(step(company, 4));
    expect(toPeopleCsv(again)).toBe(toPeopleCsv(company));
  });

  it('has nobody twice, and names only those who are there', () => {
    const later = [1, 2, 3].reduce((before) => dismiss(step(before, 10), 3), company);
    for (const { people, groups } of [company, later]) {
      const ids = [...people, ...groups].map((one) => one.externalId);
      expect(new Set(ids).size).toBe(ids.length);
      const userNames = people.map((person) => person.userName.toLowerCase());
      expect(new Set(userNames).size).toBe(userNames.length);
      const named = [...people.map((person) => person.manager), ...groups.flatMap((team) => team.members)];
      expect(named.filter((id) => id !== '' && !ids.includes(id))).toEqual([]);
      expect(groups.filter((team) => team.members.includes(team.externalId))).toEqual([]);
    }
  });

  it('has awkward people in it', () => {
    const files = toPeopleCsv(company);
    for (const awkward of ['"Smith, Jr."', '""Mac""', '+a+b', 'ü'.repeat(120), '🦊', "O'Brien", 'false']) {
      expect(files).toContain(awkward);
    }
    expect(expectedDirectory(company).managers).toEqual(
      expect.arrayContaining(['e-9: e-8', 'e-10: e-11', 'e-11: e-12', 'e-12: e-10', 'e-13: e-13']),
    );
    expect(toGroupsCsv(company)).toMatch(/,g-0,\r\n/);
    expect(expectedDirectory(company).memberships).toContain('g-4: g-3');
  });

  it('has joiners, leavers, movers, re-hires and renames in a step', () => {
    const later = step(company, 10);
    const before = new Map(company.people.map((person) => [person.externalId, person]));
    const count = (differs: (was: (typeof company.people)[number], is: typeof was) => boolean) =>
      later.people.filter((person) => differs(before.get(person.externalId) ?? person, person)).length;
    expect(later.people).toHaveLength(310);
    expect(count((was, is) => was.active && !is.active)).toBeGreaterThan(0);
    expect(count((was, is) => !was.active && is.active)).toBeGreaterThan(0);
    expect(count((was, is) => was.userName !== is.userName)).toBe(10);
    expect(expectedDirectory(later).memberships).not.toEqual(expectedDirectory(company).memberships);
  });
});

describe('the plain form of a directory', () => {
  it('is read from SCIM resources by externalId', () => {
    const urn = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
    const users = [
      { id: '2', externalId: 'e-2', userName: 'two', active: false, emails: [{ type: 'work', value: 'two@x' }] },
      { id: '1', externalId: 'e-1', userName: 'one', [urn]: { department: 'D', manager: { value: '2' } } },
    ];
    const groups = [{ id: '9', externalId: 'g-1', displayName: 'G', members: [{ value: '1' }, { value: '8' }] }];
    expect(directoryOf(users, groups)).toEqual({
      users: [
        { externalId: 'e-1', userName: 'one', department: 'D', active: true },
        { externalId: 'e-2', userName: 'two', email: 'two@x', active: false },
      ],
      groups: [{ externalId: 'g-1', name: 'G' }],
      memberships: ['g-1: 8', 'g-1: e-1'],
      managers: ['e-1: e-2'],
    });
  });
});

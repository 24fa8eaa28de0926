import { describe, expect, it } from 'vitest';
import { readRolesOfGroups, roleOfGroups } from './role-of-groups.ts';

describe('roles of groups', () => {
  it('are read from a list, whose groups may hold commas and equals signs', () => {
    expect(readRolesOfGroups('administrator=Rollcall Admins, auditor = *')).toEqual([
      { role: 'administrator', group: 'Rollcall Admins' },
      { role: 'auditor', group: '*' },
    ]);
    expect(readRolesOfGroups('operator=CN=Help desk,OU=Groups,DC=example,auditor=a=b')).toEqual([
      { role: 'operator', group: 'CN=Help desk,OU=Groups,DC=example' },
      { role: 'auditor', group: 'a=b' },
    ]);
  });

  it.each(['', 'king=*', 'administrator', 'administrator=', 'Admins', ',auditor=*,x', 'auditor=*,auditor='])(
    'are not read from %j',
    (text) => {
      const read = readRolesOfGroups(text);
      // What follows a comma without a role belongs to the group before it.
      expect(read).toEqual(text === ',auditor=*,x' ? [{ role: 'auditor', group: '*,x' }] : undefined);
    },
  );

  it('give the highest of somebody, and none to whoever is in no group', () => {
    const roles = readRolesOfGroups('auditor=All,administrator=Admins,operator=Desk') ?? [];
    expect(roleOfGroups(roles, ['All', 'Desk'])).toBe('operator');
    expect(roleOfGroups(roles, ['Admins', 'All'])).toBe('administrator');
    expect(roleOfGroups(roles, ['admins', '*'])).toBeUndefined();
    expect(roleOfGroups([...roles, { role: 'auditor', group: '*' }], [])).toBe('auditor');
  });
});

import { describe, expect, it } from 'vitest';
import { ENTERPRISE, USER } from '../../api/directory.ts';
import { NO_ONE, newUser, personValues, userChanges } from './person-values.ts';

const mira = {
  id: 'u1',
  schemas: [USER, ENTERPRISE],
  userName: 'mira',
  name: { givenName: 'Mira', familyName: 'Novak' },
  emails: [
    { value: 'mira@home.example', type: 'home' },
    { value: 'mira@work.example', type: 'work', primary: true },
  ],
  active: true,
  [ENTERPRISE]: { department: 'Sales', manager: { value: 'u2' } },
};

describe('a person in the form', () => {
  it('shows the values at work', () => {
    expect(personValues(mira)).toEqual({
      ...NO_ONE,
      userName: 'mira',
      givenName: 'Mira',
      familyName: 'Novak',
      email: 'mira@work.example',
      department: 'Sales',
      manager: 'u2',
    });
  });

  it('is active unless it says otherwise', () => {
    expect([personValues({ id: 'x' }).active, personValues({ id: 'x', active: false }).active]).toEqual([true, false]);
  });

  it('is made without what is empty', () => {
    expect(newUser({ ...NO_ONE, userName: ' mira ' })).toEqual({ schemas: [USER], userName: 'mira', active: true });
    const full = { ...NO_ONE, userName: 'mira', familyName: 'Novak', email: 'm@x', phone: '1', manager: 'u2' };
    expect(newUser(full)).toEqual({
      schemas: [USER, ENTERPRISE],
      userName: 'mira',
      active: true,
      name: { familyName: 'Novak' },
      emails: [{ value: 'm@x', type: 'work', primary: true }],
      phoneNumbers: [{ value: '1', type: 'work' }],
      [ENTERPRISE]: { manager: { value: 'u2' } },
    });
  });
});

describe('saving the form (RFC 7644 §3.5.2)', () => {
  const values = personValues(mira);

  it('changes nothing when nothing was changed', () => {
    expect(userChanges(mira, values)).toEqual([]);
  });

  it('replaces what has a value and removes what has none', () => {
    expect(userChanges(mira, { ...values, givenName: 'Mia', department: '', manager: '', active: false })).toEqual([
      { op: 'replace', path: 'name.givenName', value: 'Mia' },
      { op: 'remove', path: `${ENTERPRISE}:department` },
      { op: 'remove', path: `${ENTERPRISE}:manager` },
      { op: 'replace', path: 'active', value: false },
    ]);
    expect(userChanges(mira, { ...values, manager: 'u3' })).toEqual([
      { op: 'replace', path: `${ENTERPRISE}:manager`, value: { value: 'u3' } },
    ]);
  });

  it('leaves the other e-mail addresses and the labels as they are', () => {
    const [home] = mira.emails;
    expect(userChanges(mira, { ...values, email: 'm@x' })).toEqual([
      { op: 'replace', path: 'emails', value: [home, { value: 'm@x', type: 'work', primary: true }] },
    ]);
    expect(userChanges(mira, { ...values, email: '' })).toEqual([{ op: 'replace', path: 'emails', value: [home] }]);
  });

  it('makes the first phone number, and removes the last', () => {
    expect(userChanges(mira, { ...values, phone: '1' })).toEqual([
      { op: 'replace', path: 'phoneNumbers', value: [{ value: '1', type: 'work' }] },
    ]);
    const called = { ...mira, phoneNumbers: [{ value: '1' }] };
    expect(userChanges(called, { ...values, phone: '' })).toEqual([{ op: 'remove', path: 'phoneNumbers' }]);
  });
});

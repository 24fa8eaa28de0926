import { describe, expect, it } from 'vitest';
import type { AttributeChange } from '../target.ts';
import { memberOperationsRfc, patchRfc } from './patch-rfc.ts';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const WORK = 'emails[type eq "work"]';

const patch = (changes: readonly AttributeChange[], whole: Readonly<Record<string, string>> = {}) =>
  patchRfc(changes, new Map(Object.entries(whole)));

describe('a PATCH as RFC 7644 §3.5.2 has it', () => {
  it('replaces what is there, adds what is not, and removes what is cleared', () => {
    expect(
      patch([
        { path: 'active', from: true, to: false },
        { path: 'name.givenName', from: undefined, to: 'Mia' },
        { path: 'title', from: 'Analyst', to: undefined },
        { path: 'nickName', from: undefined, to: undefined },
      ]),
    ).toEqual([
      { op: 'replace', path: 'active', value: false },
      { op: 'add', path: 'name.givenName', value: 'Mia' },
      { op: 'remove', path: 'title' },
    ]);
  });

  it('adds a whole element that is not known to be there', () => {
    expect(
      patch([
        { path: `${WORK}.value`, from: undefined, to: 'm@acme.example' },
        { path: `${WORK}.display`, from: undefined, to: 'Mia' },
      ]),
    ).toEqual([{ op: 'add', path: 'emails', value: [{ type: 'work', value: 'm@acme.example', display: 'Mia' }] }]);
  });

  it('replaces inside an element that is there', () => {
    expect(patch([{ path: `${WORK}.value`, from: 'a@acme.example', to: 'm@acme.example' }])).toEqual([
      { op: 'replace', path: `${WORK}.value`, value: 'm@acme.example' },
    ]);
    const whole = { [`${WORK}.value`]: 'm@acme.example', [`${WORK}.display`]: 'Mia' };
    expect(patch([{ path: `${WORK}.display`, from: undefined, to: 'Mia' }], whole)).toEqual([
      { op: 'add', path: `${WORK}.display`, value: 'Mia' },
    ]);
  });

  it('removes an element of which nothing is left', () => {
    const changes = [{ path: `${WORK}.value`, from: 'm@acme.example', to: undefined }];
    expect(patch(changes)).toEqual([{ op: 'remove', path: WORK }]);
    expect(patch(changes, { [`${WORK}.display`]: 'Mia' })).toEqual([{ op: 'remove', path: `${WORK}.value` }]);
  });

  it('has the boolean in a value path that is mapped as text', () => {
    expect(patch([{ path: 'roles[primary eq "True"].value', from: 'User', to: 'Admin' }])).toEqual([
      { op: 'replace', path: 'roles[primary eq true].value', value: 'Admin' },
    ]);
  });

  it('has a manager as an object', () => {
    const path = `${ENTERPRISE}:manager`;
    expect(patch([{ path, from: 'U1', to: 'U2' }])).toEqual([{ op: 'replace', path, value: { value: 'U2' } }]);
    expect(patch([{ path, from: 'U1', to: undefined }])).toEqual([{ op: 'remove', path }]);
  });

  it('adds members by one operation and removes each by its own', () => {
    expect(memberOperationsRfc('add', ['a', 'b'])).toEqual([
      { op: 'add', path: 'members', value: [{ value: 'a' }, { value: 'b' }] },
    ]);
    expect(memberOperationsRfc('remove', ['a', 'b"'])).toEqual([
      { op: 'remove', path: 'members[value eq "a"]' },
      { op: 'remove', path: 'members[value eq "b\\""]' },
    ]);
  });
});

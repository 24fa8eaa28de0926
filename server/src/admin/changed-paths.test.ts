import { describe, expect, it } from 'vitest';
import { changedPaths } from './changed-paths.ts';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

describe('what differs between two states of a resource', () => {
  it('is named by the paths of RFC 7644 §3.10, and lists are told as a whole', () => {
    const before = {
      id: '1',
      userName: 'ann',
      name: { givenName: 'Ann', familyName: 'Bee' },
      emails: [{ value: 'a@example.org' }],
      [ENTERPRISE]: { department: 'IT', manager: { value: '7' } },
      meta: { version: 'W/"1"' },
    };
    const after = { ...before, name: { givenName: 'Anna', familyName: 'Bee' }, emails: [], [ENTERPRISE]: {}, meta: {} };
    expect(changedPaths(before, after)).toEqual([
      { path: 'name.givenName', from: 'Ann', to: 'Anna' },
      { path: 'emails', from: [{ value: 'a@example.org' }], to: [] },
      { path: `${ENTERPRISE}:department`, from: 'IT', to: null },
      { path: `${ENTERPRISE}:manager.value`, from: '7', to: null },
    ]);
    expect(changedPaths(before, before)).toEqual([]);
  });

  it('is everything when one of them is not there', () => {
    expect(changedPaths(null, { userName: 'ann', schemas: [] })).toEqual([{ path: 'userName', from: null, to: 'ann' }]);
    expect(changedPaths({ name: { givenName: 'Ann' } }, null)).toEqual([
      { path: 'name.givenName', from: 'Ann', to: null },
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../src/json.ts';
import { parsePatch } from '../src/patch/parse.ts';
import { ENTERPRISE_USER_SCHEMA as E } from '../src/schema/core/enterprise-user.ts';
import { USER_SCHEMA as U } from '../src/schema/core/user.ts';
import { bo, groupType, membership, ops, patched, refused, userType } from './patching.ts';

const tolerant = { compatibility: 'tolerant' } as const;
const group = { ...tolerant, type: groupType, document: ops } as const;
const after = (...operations: Json[]): JsonObject => patched(operations, tolerant).document;
const work = { value: 'w', type: 'work', primary: true };
const home = { value: 'h', type: 'home' };

describe('what clients put on the wire', () => {
  it.each<[string, Json, JsonObject]>([
    ['V1 (Okta deactivates)', { op: 'replace', value: { active: false } }, { active: false }],
    ['V2', { op: 'Replace', path: 'active', value: 'False' }, { active: false }],
    [
      'V3',
      { op: 'Add', path: 'emails[type eq "fax"].value', value: 'a@x' },
      { emails: [work, home, { type: 'fax', value: 'a@x' }] },
    ],
    [
      'V4',
      { op: 'replace', path: `${E}:manager.value`, value: 'm' },
      { schemas: [U, E], [E]: { manager: { value: 'm' } } },
    ],
    ['V5', { op: 'replace', path: E, value: { department: 'D' } }, { schemas: [U, E], [E]: { department: 'D' } }],
    [
      'V6',
      { op: 'add', value: { 'name.givenName': 'G', [E]: { costCenter: '1' } } },
      { schemas: [U, E], name: { givenName: 'G', familyName: 'B' }, [E]: { costCenter: '1' } },
    ],
  ])('%s', (_title, operation, difference) => {
    expect(after(operation)).toEqual({ ...bo, ...difference });
  });

  it('V7: no schemas', () => {
    const body = { Operations: [{ op: 'replace', value: { active: false } }] };
    expect(parsePatch(userType, body, { ...tolerant, notes: [] }).operations).toHaveLength(1);
  });

  it.each<[string, JsonObject, JsonObject]>([
    ['V8 (Okta renames)', { id: 'g', displayName: 'N' }, { displayName: 'N' }],
    [
      'V9 (authentik renames)',
      { schemas: ops.schemas ?? [], id: 'g', displayName: 'N', externalId: 'e' },
      { displayName: 'N', externalId: 'e' },
    ],
  ])('%s', (_title, value, difference) => {
    const outcome = patched([{ op: 'replace', value }], group);
    expect(outcome).toMatchObject({ document: { ...ops, ...difference }, members: [] });
  });

  it.each<[string, Json, Json]>([
    ['V10', { op: 'remove', path: 'members', value: [{ value: 'u' }] }, { op: 'remove', ids: ['u'] }],
    ['V11', { op: 'remove', path: 'members[value eq "a" or value eq "b"]' }, { op: 'remove', ids: ['a', 'b'] }],
    [
      'V12 (ConnId)',
      { op: 'remove', path: 'members[value eq "a"]', value: [{ value: 'a' }] },
      { op: 'remove', ids: ['a'] },
    ],
    ['V13 (Okta pushes an empty group)', { op: 'replace', path: 'members', value: [] }, { op: 'replace', members: [] }],
    [
      'V14',
      { op: 'replace', value: { members: [{ value: 'a', display: null }] } },
      { op: 'replace', members: [{ value: 'a' }] },
    ],
  ])('%s', (_title, operation, expected) => {
    expect(membership([operation], 'tolerant')).toEqual([expected]);
  });

  it('V15 (authentik): one operation for each of 500 members', () => {
    const operations = Array.from({ length: 500 }, (_, at) => ({
      op: 'add',
      path: 'members',
      value: [{ value: `u${at}` }],
    }));
    expect(membership(operations, 'tolerant')).toMatchObject([{ op: 'add', members: { length: 500 } }]);
  });
});

describe('what failed in the field', () => {
  it.each(['True', 'TRUE', 'true', 'False', 'false'])('C-1, C-74: active as the string %s', (value) => {
    expect(after({ op: 'Replace', path: 'active', value }).active).toBe(value.toLowerCase() === 'true');
  });

  it('C-5: the core URN before a name equals the bare name', () => {
    expect(after({ op: 'replace', path: `${U}:active`, value: false })).toEqual({ ...bo, active: false });
  });

  it('C-18: externalId of a group, with and without a path', () => {
    for (const operation of [
      { op: 'replace', path: 'externalId', value: 'e' },
      { op: 'replace', value: { externalId: 'e' } },
    ]) {
      expect(patched([operation], group).document).toEqual({ ...ops, externalId: 'e' });
    }
  });

  it('C-57: add and replace make an address or e-mail that is not there, and keep the others', () => {
    for (const op of ['add', 'replace']) {
      expect(after({ op, path: 'addresses[type eq "work"].formatted', value: 'Street' }).addresses).toEqual([
        { type: 'work', formatted: 'Street' },
      ]);
    }
  });

  it('C-58: add on a sub-attribute that has a value replaces it', () => {
    const document = { ...bo, addresses: [{ type: 'work', locality: 'Madrid' }] };
    const operations = [{ op: 'Add', path: 'addresses[type eq "work"].locality', value: 'Sevilla' }];
    expect(patched(operations, { ...tolerant, document }).document.addresses).toEqual([
      { type: 'work', locality: 'Sevilla' },
    ]);
  });

  it('C-59: replace of a filtered element keeps those that do not match', () => {
    expect(after({ op: 'replace', path: 'emails[value eq "h"]', value: { value: 'n' } }).emails).toEqual([
      work,
      { value: 'n' },
    ]);
  });

  it('C-61: a URN path with a filter', () => {
    expect(after({ op: 'replace', path: `${U}:emails[type eq "home"].value`, value: 'n' }).emails).toEqual([
      work,
      { value: 'n', type: 'home' },
    ]);
  });

  it('C-62, C-63: the URN of an extension as path and as key', () => {
    const document = { ...bo, schemas: [U, E], [E]: { department: 'D' } };
    for (const operation of [
      { op: 'add', path: E, value: { division: 'V' } },
      { op: 'add', value: { [E]: { division: 'V' } } },
    ]) {
      const outcome = patched([operation], { ...tolerant, document });
      expect(outcome.document[E]).toEqual({ department: 'D', division: 'V' });
    }
    expect(patched([{ op: 'remove', path: E }], { ...tolerant, document }).document).toEqual(bo);
  });

  it.each(['name.', 'emails.', 'title.', 'emails[type eq "work"].'])(
    'C-64: a trailing dot is not the parent: %s',
    (path) => {
      expect(refused([{ op: 'replace', path, value: 'x' }], tolerant).scimType).toBe('invalidPath');
    },
  );

  it('C-69: unknown op names are refused, and unknown paths noted', () => {
    expect(patched([{ op: 'replace', path: 'nosuch', value: 'x' }], tolerant).quirks).toContain('unknown-attribute');
    expect(refused([{ op: 'upsert', path: 'title', value: 'x' }], tolerant).scimType).toBe('invalidSyntax');
  });

  it('C-70, C-71: one primary at a time, and none lost to an addition that claims nothing', () => {
    expect(after({ op: 'replace', path: 'emails[type eq "home"].primary', value: true }).emails).toEqual([
      { ...work, primary: false },
      { ...home, primary: true },
    ]);
    expect(after({ op: 'add', path: 'emails', value: [{ value: 'n', type: 'other' }] }).emails).toEqual([
      work,
      home,
      { value: 'n', type: 'other' },
    ]);
  });

  it.each<Json>([
    { op: 'replace', path: 'emails', value: null },
    { op: 'replace', path: 'emails', value: [null] },
    { op: 'replace', path: 'emails', value: [{}] },
    { op: 'remove', path: 'emails', value: null },
  ])('C-72: %j empties the attribute and never fails', (operation) => {
    expect(after(operation)).not.toHaveProperty('emails');
  });

  it('C-72: null among members is no member', () => {
    const operation = { op: 'add', path: 'members', value: [{ value: 'a' }, null] };
    expect(membership([operation], 'tolerant')).toEqual([{ op: 'add', members: [{ value: 'a' }] }]);
    expect(refused([{ op: 'add', path: 'members', value: [{}] }], group).scimType).toBe('invalidValue');
  });

  it('C-73: null for an extension is no value', () => {
    expect(patched([{ op: 'add', value: { [E]: null, emails: null } }], tolerant).changed).toBe(false);
  });

  it('C-75: remove of members with neither filter nor value empties the group', () => {
    for (const operation of [
      { op: 'remove', path: 'members' },
      { op: 'remove', path: 'members', value: null },
    ]) {
      expect(membership([operation], 'tolerant')).toEqual([{ op: 'replace', members: [] }]);
    }
  });
});

describe('other clients', () => {
  it('Okta renames and removes and adds members in one request (A-1)', () => {
    const operations = [
      { op: 'replace', value: { id: 'g', displayName: 'New name' } },
      { op: 'remove', path: 'members[value eq "a"]' },
      { op: 'add', path: 'members', value: [{ value: 'b', display: 'user@x' }] },
    ];
    expect(patched(operations, group)).toMatchObject({
      document: { ...ops, displayName: 'New name' },
      members: [
        { op: 'remove', ids: ['a'] },
        { op: 'add', members: [{ value: 'b', sent: { display: 'user@x' } }] },
      ],
    });
  });

  it('authentik sends the whole user back in one replace (A-8)', () => {
    const value = {
      schemas: [U],
      id: '7',
      userName: 'bo',
      externalId: 'u',
      active: true,
      emails: [{ primary: true, type: 'other', value: 'b' }],
    };
    const { document } = patched([{ op: 'replace', value }], { ...tolerant, document: bo });
    expect(document).toEqual({ ...bo, externalId: 'u', active: true, emails: value.emails });
  });

  it('mitodl/keycloak-scim empties a group by a remove with null, or sets its members (A-9)', () => {
    const operations = [
      { op: 'remove', path: 'members', value: null },
      { op: 'replace', path: 'displayName', value: 'N' },
    ];
    expect(patched(operations, group)).toMatchObject({
      document: { displayName: 'N' },
      members: [{ op: 'replace', members: [] }],
    });
  });

  it('ConnId in WSO2 mode adds members without a path, and selects e-mails by two terms (A-11)', () => {
    expect(membership([{ op: 'add', value: { members: [{ value: 'a' }] } }], 'tolerant')).toMatchObject([
      { op: 'add' },
    ]);
    expect(
      after({ op: 'remove', path: 'emails[type eq "home" and value eq "h"]', value: [{ value: 'h' }] }).emails,
    ).toEqual([work]);
  });
});

import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../src/json.ts';
import { PATCH_SCHEMA, parsePatch } from '../src/patch/parse.ts';
import { ENTERPRISE_USER_SCHEMA as E } from '../src/schema/core/enterprise-user.ts';
import { USER_SCHEMA as U } from '../src/schema/core/user.ts';
import { groupType, membership, ops, patched, refused, userType } from './patching.ts';

const tolerant = { compatibility: 'tolerant' } as const;

const mia: JsonObject = {
  schemas: [U],
  userName: 'mia.ortiz@acme.example',
  active: true,
  title: 'Analyst',
  name: { givenName: 'Mia', familyName: 'Ortiz' },
  emails: [{ primary: true, type: 'work', value: 'mia.ortiz@acme.example' }],
  addresses: [{ type: 'work', locality: 'Madrid', country: 'ES' }],
};

const after = (...operations: Json[]): JsonObject => patched(operations, { ...tolerant, document: mia }).document;

describe('the same change in both dialects', () => {
  it.each<[string, Json, JsonObject]>([
    ['1 disable, "False"', { op: 'Replace', path: 'active', value: 'False' }, { active: false }],
    ['1 disable, Add', { op: 'Add', path: 'active', value: 'False' }, { active: false }],
    ['1 disable, "false"', { op: 'Replace', path: 'active', value: 'false' }, { active: false }],
    ['1 disable, boolean', { op: 'replace', path: 'active', value: false }, { active: false }],
    ['1 disable, boolean with Replace', { op: 'Replace', path: 'active', value: false }, { active: false }],
    ['2 enable, "True"', { op: 'Replace', path: 'active', value: 'True' }, {}],
    ['2 enable, boolean', { op: 'add', path: 'active', value: true }, {}],
    ['3 add single value', { op: 'Add', path: 'nickName', value: 'Mi' }, { nickName: 'Mi' }],
    ['3 add single value, flag', { op: 'add', path: 'nickName', value: 'Mi' }, { nickName: 'Mi' }],
    [
      '5 sub-attribute',
      { op: 'Replace', path: 'name.givenName', value: 'Mía' },
      { name: { givenName: 'Mía', familyName: 'Ortiz' } },
    ],
    [
      '5 sub-attributes, flag',
      { op: 'replace', value: { 'name.givenName': 'Mía', 'name.familyName': 'Ortiz Gil' } },
      { name: { givenName: 'Mía', familyName: 'Ortiz Gil' } },
    ],
    [
      '6 extension',
      { op: 'Replace', path: `${E}:department`, value: 'Ops' },
      { schemas: [U, E], [E]: { department: 'Ops' } },
    ],
    [
      '6 extension, flag',
      { op: 'replace', value: { [`${E}:department`]: 'Ops' } },
      { schemas: [U, E], [E]: { department: 'Ops' } },
    ],
    [
      '7 multi-valued by type',
      { op: 'Replace', path: 'emails[type eq "work"].value', value: 'm@acme.example' },
      { emails: [{ primary: true, type: 'work', value: 'm@acme.example' }] },
    ],
    [
      '7 multi-valued by type, flag',
      { op: 'replace', path: 'emails[type eq "work"].value', value: 'm@acme.example' },
      { emails: [{ primary: true, type: 'work', value: 'm@acme.example' }] },
    ],
    [
      '10 role with JSON in a string',
      { op: 'Add', path: 'roles', value: [{ value: '{"id":"r-1","value":"25","displayName":"Role25"}' }] },
      { roles: [{ value: '25', display: 'Role25' }] },
    ],
    [
      '10 roles, flag',
      { op: 'replace', path: 'roles', value: [{ primary: false, type: 'T', display: 'Role25', value: '25' }] },
      { roles: [{ primary: false, type: 'T', display: 'Role25', value: '25' }] },
    ],
  ])('row %s', (_row, operation, difference) => {
    expect(after(operation)).toEqual({ ...mia, ...difference });
  });

  it.each(['Add', 'add', 'ADD', 'Replace', 'replace', 'REPLACE'])('row 11: op spelt %s', (op) => {
    expect(after({ op, path: 'title', value: 'Lead' })).toEqual({ ...mia, title: 'Lead' });
    expect(after({ op, path: 'active', value: 'False' })).toEqual({ ...mia, active: false });
  });

  it('row 4: several attributes, without and with the flag', () => {
    const expected = {
      ...mia,
      schemas: [U, E],
      title: 'Senior Analyst',
      phoneNumbers: [{ type: 'mobile', value: '+34 600 000 009' }],
      name: { givenName: 'Mia', familyName: 'Ortiz Gil' },
      [E]: { costCenter: 'CC-9' },
    };
    const phone = { path: 'phoneNumbers[type eq "mobile"].value', value: '+34 600 000 009' };
    const byPath = after(
      { op: 'Replace', path: 'title', value: 'Senior Analyst' },
      { op: 'Add', ...phone },
      { op: 'Replace', path: 'addresses[type eq "work"].locality', value: 'Sevilla' },
      { op: 'Replace', path: 'name.familyName', value: 'Ortiz Gil' },
      { op: 'Add', path: `${E}:costCenter`, value: 'CC-9' },
    );
    expect(byPath).toEqual({ ...expected, addresses: [{ type: 'work', locality: 'Sevilla', country: 'ES' }] });
    const value = { title: 'Senior Analyst', 'name.familyName': 'Ortiz Gil', [`${E}:costCenter`]: 'CC-9' };
    expect(after({ op: 'add', ...phone }, { op: 'replace', value })).toEqual(expected);
  });

  it('rows 8 and 9: members', () => {
    const removal = [{ op: 'remove', ids: ['U77'] }];
    expect(membership([{ op: 'Remove', path: 'members', value: [{ value: 'U77' }] }], 'tolerant')).toEqual(removal);
    expect(membership([{ op: 'remove', path: 'members[value eq "U77"]' }], 'tolerant')).toEqual(removal);
    const addition = [{ op: 'add', members: [{ value: 'U77' }] }];
    expect(membership([{ op: 'Add', path: 'members', value: [{ $ref: null, value: 'U77' }] }], 'tolerant')).toEqual(
      addition,
    );
    expect(membership([{ op: 'add', path: 'members', value: [{ value: 'U77' }] }], 'tolerant')).toEqual(addition);
  });
});

it('adds and removes members in one request', () => {
  const operations = [
    {
      op: 'Add',
      path: 'members',
      value: [
        { $ref: null, value: 'U77' },
        { $ref: null, value: 'U12' },
      ],
    },
    { op: 'Remove', path: 'members', value: [{ $ref: null, value: 'U05' }] },
  ];
  expect(membership(operations, 'tolerant')).toEqual([
    { op: 'add', members: [{ value: 'U77' }, { value: 'U12' }] },
    { op: 'remove', ids: ['U05'] },
  ]);
});

it("sets the list for the validator's replace of members", () => {
  const operation = { op: 'replace', path: 'members', value: [{ value: 'U77' }] };
  expect(membership([operation], 'tolerant')).toEqual([{ op: 'replace', members: [{ value: 'U77' }] }]);
});

it('accepts 1,000 members, duplicates and all (Appendix B 14)', () => {
  const value = Array.from({ length: 1000 }, (_, at) => ({ value: `U${at % 900}`, $ref: null }));
  expect(membership([{ op: 'Add', path: 'members', value }], 'tolerant')[0]).toMatchObject({
    members: { length: 900 },
  });
});

it('finds the primary role of a POST with "True" by its filter', () => {
  const document = { ...mia, roles: [{ primary: true, type: 'WindowsAzureActiveDirectoryRole', value: 'Admin' }] };
  const operations = [{ op: 'Replace', path: 'roles[primary eq "True"].value', value: 'User' }];
  const roles = [{ primary: true, type: 'WindowsAzureActiveDirectoryRole', value: 'User' }];
  expect(patched(operations, { ...tolerant, document }).document.roles).toEqual(roles);
});

it('lifts a role out of the JSON in a string by a value path too', () => {
  const operations = [
    { op: 'Add', path: 'roles[primary eq "True"].value', value: '{"value":"25","displayName":"Role25"}' },
  ];
  expect(after(...operations).roles).toEqual([{ primary: true, value: '25', display: 'Role25' }]);
});

it('replaces all roles, foreign ones too', () => {
  const document = { ...mia, roles: [{ value: 'foreign' }] };
  const value = [{ primary: false, type: 'T', display: 'One', value: '1' }];
  expect(patched([{ op: 'replace', path: 'roles', value }], { ...tolerant, document }).document.roles).toEqual(value);
});

it('takes the object of the flag dialect with dotted, URN and externalId keys (Appendix B 13)', () => {
  const value = { externalId: 'x-1', displayName: 'Mia', 'name.givenName': 'Mía', [`${E}:department`]: 'Ops' };
  for (const op of ['add', 'replace']) {
    expect(after({ op, value })).toEqual({
      ...mia,
      schemas: [U, E],
      externalId: 'x-1',
      displayName: 'Mia',
      name: { givenName: 'Mía', familyName: 'Ortiz' },
      [E]: { department: 'Ops' },
    });
  }
  const group = patched([{ op: 'replace', value: { externalId: 'g-1' } }], {
    ...tolerant,
    type: groupType,
    document: ops,
  });
  expect(group.document).toEqual({ ...ops, externalId: 'g-1' });
});

it('applies operations on one attribute in order, and none when a later one fails (Appendix B 19)', () => {
  expect(after({ op: 'Add', path: 'title', value: 'A' }, { op: 'Replace', path: 'title', value: 'B' })).toEqual({
    ...mia,
    title: 'B',
  });
  const failing = [
    { op: 'Replace', path: 'title', value: 'B' },
    { op: 'Replace', path: 'active', value: 'maybe' },
  ];
  const error = refused(failing, { ...tolerant, document: mia });
  expect(error).toMatchObject({ scimType: 'invalidValue' });
  expect(error.detail).toMatch(/^Operations\[1\]: active/);
});

it('clears by "" and by null (Appendix B 20)', () => {
  const { title: _title, ...rest } = mia;
  for (const value of ['', null]) expect(after({ op: 'Replace', path: 'title', value })).toEqual(rest);
});

it.each(['manager', `${E}:manager`, `${E}:manager.value`, `${E}.manager`])('sets the manager by %s', (path) => {
  expect(after({ op: 'Add', path, value: 'U12' })).toMatchObject({ [E]: { manager: { value: 'U12' } } });
});

it('reads Path in upper case', () => {
  const rules = { ...tolerant, notes: [] };
  const body = { schemas: [PATCH_SCHEMA], Operations: [{ Op: 'Replace', Path: 'title', Value: 'T' }] };
  expect(parsePatch(userType, body, rules).operations).toMatchObject([{ op: 'replace', target: { text: 'title' } }]);
});

it('never answers 500 to unknown attributes (Appendix B 28)', () => {
  expect(after({ op: 'Add', path: 'nosuch', value: 'x' })).toEqual(mia);
  expect(after({ op: 'replace', value: { nosuch: 'x', title: 'T' } })).toEqual({ ...mia, title: 'T' });
});

import { describe, expect, it } from 'vitest';
import { bo, boAtSite, patched, refused, SITE_SCHEMA } from '../../test/patching.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Compatibility } from '../rules.ts';
import { ENTERPRISE_USER_SCHEMA as E } from '../schema/core/enterprise-user.ts';

const tolerant = { compatibility: 'tolerant' } as const;
const manager = `${E}:manager`;

/** What an operation leaves in an extension of boAtSite. */
function inExtension(urn: string, operation: Json, compatibility: Compatibility = 'strict'): Json | undefined {
  return patched([operation], { document: boAtSite, compatibility }).document[urn];
}

const site = (operation: Json, compatibility: Compatibility = 'strict') =>
  inExtension(SITE_SCHEMA, operation, compatibility) as JsonObject;
const managerAfter = (operation: Json, compatibility: Compatibility = 'tolerant') =>
  (inExtension(E, operation, compatibility) as JsonObject).manager;

describe('add and replace of a single value', () => {
  it.each(['add', 'replace'])(
    '%s sets an unassigned attribute and replaces a simple one (RFC 7644 §3.5.2.1, §3.5.2.3)',
    (op) => {
      expect(patched([{ op, path: 'title', value: 'T' }]).document).toEqual({ ...bo, title: 'T' });
      expect(patched([{ op, path: 'userName', value: 'mira' }]).document.userName).toBe('mira');
      expect(patched([{ op, path: 'active', value: false }]).document.active).toBe(false);
    },
  );

  it.each(['add', 'replace'])('%s merges a complex value and leaves the rest of it unchanged (AMB-11)', (op) => {
    const { document } = patched([{ op, path: 'name', value: { GIVENNAME: 'X', middleName: 'M' } }]);
    expect(document.name).toEqual({ givenName: 'X', familyName: 'B', middleName: 'M' });
    expect(patched([{ op, path: 'name.familyName', value: 'Y' }]).document.name).toEqual({
      givenName: 'A',
      familyName: 'Y',
    });
  });

  it.each(['add', 'replace'])('%s makes the complex value around a sub-attribute when there is none', (op) => {
    const document = { schemas: bo.schemas ?? [], userName: 'bo' };
    expect(patched([{ op, path: 'name.givenName', value: 'G' }], { document }).document.name).toEqual({
      givenName: 'G',
    });
  });

  it.each<[string, Json]>([
    ['userName', 7],
    ['userName', ['a', 'b']],
    ['name', 'Bo'],
    ['name', [{ givenName: 'A' }]],
    ['name.givenName', {}],
    ['name', { givenName: 1 }],
    ['active', 'True'],
    ['emails', 'a@x'],
    ['emails', [{ value: 1 }]],
    ['emails', ['a@x']],
    [`${SITE_SCHEMA}:floor`, 1.5],
    [`${SITE_SCHEMA}:floor`, '3'],
    [manager, 'U12'],
    [
      'emails',
      [
        { value: 'a', primary: true },
        { value: 'b', primary: true },
      ],
    ],
    ['title', 'a\0b'],
  ])('refuses %s with %j in strict rules (TYP-08, PAT-20, C-102)', (path, value) => {
    const error = refused([{ op: 'replace', path, value }], { document: boAtSite });
    expect(error.scimType).toBe('invalidValue');
    expect(error.detail).toContain(path.split('.')[0]);
  });

  it('refuses a name given twice in different case with invalidSyntax (ATT-03)', () => {
    expect(refused([{ op: 'replace', path: 'name', value: { givenName: 'a', GivenName: 'b' } }]).scimType).toBe(
      'invalidSyntax',
    );
  });

  it('ignores unknown sub-attributes with a note', () => {
    const outcome = patched([{ op: 'replace', path: 'name', value: { nosuch: 1, givenName: 'X' } }]);
    expect(outcome).toMatchObject({
      document: { name: { givenName: 'X', familyName: 'B' } },
      quirks: ['unknown-attribute'],
    });
  });

  it('refuses a readOnly sub-attribute in strict rules unless it is what is there, and ignores it in tolerant', () => {
    const operation = { op: 'replace', path: `${SITE_SCHEMA}:contract`, value: { clerk: 'K', number: 'c-2' } };
    expect(refused([operation], { document: boAtSite })).toEqual({
      scimType: 'mutability',
      detail: `Operations[0]: ${SITE_SCHEMA}:contract.clerk is readOnly; leave it out.`,
    });
    expect(site(operation, 'tolerant').contract).toMatchObject({ number: 'c-2' });
    expect(site(operation, 'tolerant').contract).not.toHaveProperty('clerk');
  });

  it('sets an immutable attribute once, and takes the same value again (PAT-06, PAT-30)', () => {
    expect(patched([{ op: 'add', path: `${SITE_SCHEMA}:badge`, value: 'b' }]).document[SITE_SCHEMA]).toEqual({
      badge: 'b',
    });
    for (const op of ['add', 'replace']) {
      expect(patched([{ op, path: `${SITE_SCHEMA}:badge`, value: 'b-1' }], { document: boAtSite }).changed).toBe(false);
      const error = refused([{ op, path: `${SITE_SCHEMA}:badge`, value: 'b-2' }], { document: boAtSite });
      expect(error.scimType).toBe('mutability');
      expect(error.detail).toContain(`${SITE_SCHEMA}:badge is immutable`);
    }
  });

  it('guards an immutable sub-attribute and an immutable list the same way', () => {
    const contract = `${SITE_SCHEMA}:contract`;
    const start = '2026-03-01T08:00:00Z';
    const changes: Json[] = [
      { op: 'replace', path: contract, value: { start: '2027-01-01T00:00:00Z' } },
      { op: 'replace', path: `${contract}.start`, value: '2027-01-01T00:00:00Z' },
      { op: 'replace', path: contract, value: { start: null } },
      { op: 'add', path: `${SITE_SCHEMA}:keys`, value: ['k2'] },
      { op: 'replace', path: `${SITE_SCHEMA}:keys[value eq "k1"]`, value: 'k2' },
      { op: 'replace', path: `${SITE_SCHEMA}:keys`, value: [] },
    ];
    for (const change of changes) expect(refused([change], { document: boAtSite }).scimType).toBe('mutability');
    const same = [
      { op: 'add', path: contract, value: { start } },
      { op: 'add', path: `${SITE_SCHEMA}:keys`, value: 'k1' },
    ];
    expect(patched(same, { document: boAtSite }).changed).toBe(false);
  });

  it('replaces and adds to a sub-attribute of many values', () => {
    const notes = `${SITE_SCHEMA}:contract.notes`;
    expect(site({ op: 'add', path: notes, value: 'second' }).contract).toMatchObject({ notes: ['first', 'second'] });
    expect(site({ op: 'replace', path: notes, value: ['second'] }).contract).toMatchObject({ notes: ['second'] });
    expect(site({ op: 'add', path: `${SITE_SCHEMA}:contract`, value: { notes: ['first'] } })).toEqual(
      boAtSite[SITE_SCHEMA],
    );
  });
});

describe('null and [] (RFC 7643 §2.5)', () => {
  it.each<[string, Json, JsonObject]>([
    ['name', null, { name: null }],
    ['name', [], { name: null }],
    ['name.givenName', null, { name: { familyName: 'B' } }],
    ['name', { givenName: null }, { name: { familyName: 'B' } }],
    ['emails', [], { emails: null }],
    ['emails', null, { emails: null }],
    ['emails', [{}, null, { value: null }], { emails: null }],
    ['emails[type eq "home"]', null, { emails: [{ value: 'w', type: 'work', primary: true }] }],
    ['emails[type eq "home"]', [], { emails: [{ value: 'w', type: 'work', primary: true }] }],
    ['emails[type eq "fax"].value', null, {}],
    ['emails', [{ value: 'n' }, null], { emails: [{ value: 'n' }] }],
  ])('replace of %s with %j removes it (PAT-27, C-72)', (path, value, difference) => {
    const expected = Object.entries({ ...bo, ...difference }).filter(([, member]) => member !== null);
    expect(patched([{ op: 'replace', path, value }]).document).toEqual(Object.fromEntries(expected));
  });

  it.each<[string, Json]>([
    ['name', null],
    ['name.givenName', null],
    ['name', { givenName: null }],
    ['emails', []],
    ['emails', [null]],
    ['emails', [{}]],
    ['emails[type eq "home"]', null],
    ['emails[type eq "home"].value', null],
    ['emails[type eq "home"]', [null]],
    ['emails.type', null],
    [E, null],
  ])('add of %s with %j adds nothing (PAT-21)', (path, value) => {
    expect(patched([{ op: 'add', path, value }]).changed).toBe(false);
  });
});

describe('"" in a PATCH', () => {
  const document = { ...boAtSite, title: 'T', displayName: 'Bo' };

  it.each<Json>([
    { op: 'replace', path: 'title', value: '' },
    { op: 'add', path: 'title', value: '' },
    { op: 'replace', value: { title: '' } },
    { op: 'replace', path: 'title', value: null },
  ])('clears in tolerant rules: %j (Appendix B 20)', (operation) => {
    expect(patched([operation], { ...tolerant, document }).document).not.toHaveProperty('title');
  });

  it.each<[Json, string, Json | undefined]>([
    [{ op: 'replace', path: 'name.givenName', value: '' }, 'name', { familyName: 'B' }],
    [{ op: 'replace', path: 'name', value: { givenName: '', familyName: '' } }, 'name', undefined],
    [
      { op: 'replace', path: 'emails[type eq "home"].value', value: '' },
      'emails',
      [{ value: 'w', type: 'work', primary: true }],
    ],
    [
      {
        op: 'replace',
        path: 'emails',
        value: [{ value: '', type: 'work', primary: true }, { value: 'x', display: '' }, ''],
      },
      'emails',
      [{ value: 'x' }],
    ],
    [{ op: 'replace', path: 'emails', value: '' }, 'emails', undefined],
    [{ op: 'replace', path: E, value: '' }, E, undefined],
  ])('clears parts too: %j', (operation, name, expected) => {
    const outcome = patched([operation], { ...tolerant, document });
    expect(outcome.document[name]).toEqual(expected);
    expect(outcome.quirks).toContain('empty-string-clears');
  });

  it('is a value in strict rules (AMB-48)', () => {
    const { document: next } = patched([
      { op: 'replace', path: 'title', value: '' },
      { op: 'replace', path: 'emails[type eq "home"].value', value: '' },
    ]);
    expect(next).toMatchObject({ title: '', emails: [{}, { value: '', type: 'home' }] });
  });
});

describe('the manager', () => {
  it.each<[string, Json]>([
    ['a string', { op: 'Add', path: manager, value: 'U12' }],
    ['an object', { op: 'replace', path: manager, value: { value: 'U12' } }],
    ['an array of one object', { op: 'Add', path: 'manager', value: [{ value: 'U12' }] }],
    ['a value path', { op: 'replace', path: `${manager}.value`, value: 'U12' }],
    ['a path with a dot after the URN', { op: 'replace', path: `${E}.manager`, value: 'U12' }],
    ['a key without path', { op: 'replace', value: { [manager]: 'U12' } }],
    ['a key of the extension', { op: 'replace', value: { [E]: { manager: { value: 'U12' } } } }],
  ])('is set by %s (C-60)', (_title, operation) => {
    expect(managerAfter(operation)).toEqual({ value: 'U12' });
  });

  it('keeps a $ref that comes with it or was sent ahead of it, and drops that of the former manager', () => {
    const both = { value: 'U12', $ref: 'https://sp.example/v2/Users/U12' };
    expect(managerAfter({ op: 'Add', path: 'manager', value: [both] })).toEqual(both);
    const ahead = [
      { op: 'replace', path: `${manager}.$ref`, value: both.$ref },
      { op: 'replace', path: `${manager}.value`, value: 'U12' },
    ];
    expect(patched(ahead, { document: boAtSite }).document[E]).toMatchObject({ manager: both });
    expect(managerAfter({ op: 'replace', path: manager, value: { value: 'U5' } }, 'strict')).toHaveProperty('$ref');
    expect(managerAfter({ op: 'replace', path: manager, value: { value: 'U12' } }, 'strict')).toEqual({ value: 'U12' });
  });

  it.each<Json>([
    { op: 'replace', path: manager, value: '' },
    { op: 'replace', path: manager, value: [] },
    { op: 'replace', path: manager, value: null },
    { op: 'replace', path: manager, value: [{ value: '' }] },
    { op: 'Remove', path: manager },
    { op: 'Remove', path: 'manager', value: 'U5' },
  ])('is cleared by %j', (operation) => {
    expect(inExtension(E, operation, 'tolerant')).toEqual({ department: 'Ops' });
  });

  it.each<Json>([
    { op: 'replace', path: manager, value: { value: '' } },
    { op: 'replace', path: `${manager}.value`, value: '' },
  ])('is cleared by %j, with its $ref', (operation) => {
    expect(inExtension(E, operation, 'tolerant')).toEqual({ department: 'Ops' });
  });
});

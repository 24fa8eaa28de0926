import { describe, expect, it } from 'vitest';
import { bo, boAtSite, groupType, ops, patched, refused, SITE_SCHEMA } from '../../test/patching.ts';
import type { Json } from '../json.ts';
import { ENTERPRISE_USER_SCHEMA } from '../schema/core/enterprise-user.ts';
import { USER_SCHEMA } from '../schema/core/user.ts';
import { applyPatch } from './apply.ts';

const CORE = 'urn:ietf:params:scim:schemas:core:2.0:User';
const work = { value: 'w', type: 'work', primary: true };
const home = { value: 'h', type: 'home' };

describe('PATCH of RFC 7644 §3.5.2, vector by vector', () => {
  it.each<[string, Json, Json]>([
    [
      'replace of name keeps the family name',
      { op: 'replace', path: 'name', value: { givenName: 'X' } },
      { name: { givenName: 'X', familyName: 'B' } },
    ],
    [
      'replace of emails leaves exactly the new ones',
      { op: 'replace', path: 'emails', value: [{ value: 'n' }] },
      { emails: [{ value: 'n' }] },
    ],
    [
      'an added primary takes over',
      { op: 'add', path: 'emails', value: { value: 'z', type: 'other', primary: true } },
      { emails: [{ ...work, primary: false }, home, { value: 'z', type: 'other', primary: true }] },
    ],
    [
      'a primary set by path takes over',
      { op: 'replace', path: 'emails[type eq "home"].primary', value: true },
      {
        emails: [
          { ...work, primary: false },
          { ...home, primary: true },
        ],
      },
    ],
    ['replace of what is unassigned adds it', { op: 'replace', path: 'title', value: 'T' }, { title: 'T' }],
  ])('%s (RFC 7644 §3.5.2)', (_title, operation, difference) => {
    const outcome = patched([operation]);
    expect(outcome.changed).toBe(true);
    expect(outcome.document).toEqual({ ...bo, ...(difference as object) });
  });

  it.each<[string, Json]>([
    ['add of a value that is there', { op: 'add', path: 'emails', value: { value: 'h', type: 'home' } }],
    ['remove of what no filter matches', { op: 'remove', path: 'emails[type eq "fax"]' }],
    ['remove of what is unassigned', { op: 'remove', path: 'title' }],
    ['replace with what is there', { op: 'replace', path: 'userName', value: 'bo' }],
    [
      'replace with what is there, its names in another order',
      { op: 'replace', path: 'emails', value: [{ primary: true, type: 'work', value: 'w' }, home] },
    ],
  ])('%s succeeds and changes nothing (PAT-10, AMB-18)', (_title, operation) => {
    const outcome = patched([operation]);
    expect(outcome.changed).toBe(false);
    expect(outcome.document).toBe(bo);
  });

  it.each<[Json, string]>([
    [{ op: 'replace', path: 'emails[type eq "fax"].value', value: 'q' }, 'noTarget'],
    [{ op: 'remove', path: 'userName' }, 'mutability'],
    [{ op: 'replace', path: 'id', value: '9' }, 'mutability'],
    [{ op: 'add', path: 'groups', value: [{ value: 'g' }] }, 'mutability'],
    [{ op: 'replace', path: 'meta.created', value: '2026-03-01T08:30:00Z' }, 'mutability'],
    [{ op: 'replace', path: 'active', value: 'yes' }, 'invalidValue'],
    [{ op: 'remove' }, 'noTarget'],
    [{ op: 'add', path: 'nosuch', value: 1 }, 'invalidPath'],
  ])('refuses %j with %s', (operation, scimType) => {
    const error = refused([operation]);
    expect(error.scimType).toBe(scimType);
    expect(error.detail).toMatch(/^Operations\[0\]: /);
  });
});

describe('applyPatch', () => {
  it('applies nothing when a later operation fails (PAT-05)', () => {
    const before = structuredClone(bo);
    const error = refused([
      { op: 'replace', path: 'title', value: 'T' },
      { op: 'replace', path: 'id', value: '9' },
    ]);
    expect(error).toEqual({ scimType: 'mutability', detail: 'Operations[1]: id is readOnly; leave it out.' });
    expect(bo).toEqual(before);
  });

  it('applies each operation to the result of the one before (PAT-05)', () => {
    const { document } = patched([
      { op: 'add', path: 'title', value: 'one' },
      { op: 'replace', path: 'title', value: 'two' },
      { op: 'add', path: 'emails', value: { value: 'x', type: 'other' } },
      { op: 'remove', path: 'emails[value eq "x"].type' },
    ]);
    expect(document).toEqual({ ...bo, title: 'two', emails: [work, home, { value: 'x' }] });
  });

  it('allows states in between that are not valid (PAT-12)', () => {
    const { document } = patched([
      { op: 'remove', path: 'userName' },
      { op: 'add', path: 'userName', value: 'mira' },
    ]);
    expect(document.userName).toBe('mira');
  });

  it('names the operation that removed a required attribute (PAT-22, AMB-52)', () => {
    const operations = [
      { op: 'remove', path: 'userName' },
      { op: 'replace', path: 'title', value: 'T' },
    ];
    const detail = 'Operations[0]: userName is required and cannot be removed.';
    expect(refused(operations)).toEqual({ scimType: 'mutability', detail });
    expect(refused([{ op: 'replace', path: 'userName', value: null }])).toEqual({ scimType: 'mutability', detail });
  });

  it('refuses an empty user name in strict rules (NUL-04)', () => {
    const error = refused([{ op: 'replace', path: 'userName', value: '' }]);
    expect(error.scimType).toBe('invalidValue');
    expect(error.detail).toMatch(/^Operations\[0\]: userName/);
  });

  it('counts a change of case as a change (AMB-56)', () => {
    expect(patched([{ op: 'replace', path: 'userName', value: 'Bo' }])).toMatchObject({
      changed: true,
      document: { userName: 'Bo' },
    });
  });

  it('lets a readOnly attribute be sent as it is (AMB-14)', () => {
    const representation = { ...bo, id: '7', meta: { resourceType: 'User' }, groups: [{ value: 'g', display: 'G' }] };
    const unchanged = [
      { op: 'replace', path: 'id', value: '7' },
      { op: 'replace', path: 'meta.resourceType', value: 'User' },
      { op: 'replace', path: 'meta', value: { resourceType: 'User' } },
      { op: 'add', value: { groups: [{ display: 'G', value: 'g' }] } },
    ];
    expect(patched(unchanged, { representation }).changed).toBe(false);
    expect(patched([{ op: 'replace', path: 'groups', value: [] }]).changed).toBe(false);
    expect(refused([{ op: 'replace', path: 'groups', value: [] }], { representation }).scimType).toBe('mutability');
    expect(refused([{ op: 'replace', path: 'groups.value', value: 'g' }], { representation }).scimType).toBe(
      'mutability',
    );
  });

  it.each(['remove', 'add', 'replace'])('refuses %s on elements of a readOnly attribute (PAT-06)', (op) => {
    const error = refused([{ op, path: 'groups[value eq "g"]', value: { value: 'h' } }]);
    expect(error.scimType).toBe('mutability');
  });

  it('tells which attributes were addressed, changed or not (C-9)', () => {
    const outcome = patched([
      { op: 'replace', path: 'active', value: true },
      { op: 'replace', path: 'name.familyName', value: 'B' },
      { op: 'remove', path: 'emails[type eq "fax"]' },
      { op: 'add', path: `${ENTERPRISE_USER_SCHEMA}:manager.value`, value: 'U1' },
      { op: 'remove', path: SITE_SCHEMA },
    ]);
    const manager = `${ENTERPRISE_USER_SCHEMA}:manager`;
    expect(outcome.touched).toEqual([
      'active',
      'name',
      'name.familyName',
      'emails',
      manager,
      `${manager}.value`,
      SITE_SCHEMA,
    ]);
    const group = patched([{ op: 'remove', path: 'members' }], { type: groupType, document: ops });
    expect(group).toMatchObject({ touched: ['members'], changed: false });
  });

  it('keeps the order of a document: schemas, core attributes, extensions', () => {
    const { document } = patched([{ op: 'add', path: 'title', value: 'T' }], { document: boAtSite });
    const names = ['schemas', 'userName', 'name', 'emails', 'title', ENTERPRISE_USER_SCHEMA, SITE_SCHEMA];
    expect(Object.keys(document)).toEqual(names);
  });

  it('does not take another order of schemas for a change (RES-02)', () => {
    const document = { ...boAtSite, schemas: [SITE_SCHEMA, USER_SCHEMA, ENTERPRISE_USER_SCHEMA] };
    expect(patched([{ op: 'add', path: 'name.givenName', value: 'A' }], { document }).changed).toBe(false);
    const { document: next } = patched([{ op: 'add', path: 'title', value: 'T' }], { document });
    expect(next.schemas).toEqual(document.schemas);
  });

  it('equals the bare path with the path behind the core URN (C-5, C-61)', () => {
    const { document } = patched([{ op: 'replace', path: `${CORE}:active`, value: false }]);
    expect(document.active).toBe(false);
    const value = [{ op: 'replace', path: `${CORE}:emails[type eq "work"].value`, value: 'n' }];
    expect(patched(value).document.emails).toEqual([{ ...work, value: 'n' }, home]);
  });

  it('refuses operations that search too many values, with 413', () => {
    const document = { ...bo, emails: Array.from({ length: 1000 }, (_, at) => ({ value: `m${at}` })) };
    const operations = Array.from({ length: 151 }, () => ({ op: 'remove', path: 'emails[value eq "none"]' }));
    expect(refused(operations, { document }).scimType).toBe('413');
    expect(patched(operations.slice(0, 150), { document }).changed).toBe(false);
  });

  it('returns the document itself for a patch of nothing', () => {
    const patch = { operations: [], memberOperations: [] };
    const rules = { compatibility: 'strict', notes: [] } as const;
    expect(applyPatch(groupType, ops, patch, { ...rules, notes: [] })).toEqual({
      document: ops,
      changed: false,
      touched: [],
    });
  });
});

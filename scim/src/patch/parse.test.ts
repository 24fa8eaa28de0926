import { describe, expect, it } from 'vitest';
import { bo, groupType, ops, patched, refusal, refused, userType } from '../../test/patching.ts';
import type { Json } from '../json.ts';
import type { Compatibility } from '../rules.ts';
import { PATCH_SCHEMA, parsePatch } from './parse.ts';

const parse = (body: Json, compatibility: Compatibility = 'strict') => {
  const rules = { compatibility, notes: [] };
  return { ...parsePatch(userType, body, rules), quirks: rules.notes.map(({ quirk }) => quirk) };
};
const title = { op: 'add', path: 'title', value: 'T' };
const P = [PATCH_SCHEMA];

describe('the PATCH message (RFC 7644 §3.5.2)', () => {
  it.each<[string, Json]>([
    ['a body that is no object', [title]],
    ['null', null],
    ['a body without schemas', { Operations: [title] }],
    [
      'schemas without PatchOp',
      { schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'], Operations: [title] },
    ],
    ['schemas that is no array', { schemas: PATCH_SCHEMA, Operations: [title] }],
    ['no Operations', { schemas: P }],
    ['empty Operations', { schemas: P, Operations: [] }],
    ['Operations that is no array', { schemas: P, Operations: title }],
    ['Operations given twice in different case', { schemas: P, Operations: [title], operations: [title] }],
    ['an operation that is no object', { schemas: P, Operations: ['add'] }],
    ['an unknown op', { schemas: P, Operations: [{ op: 'move', path: 'title', value: 'T' }] }],
    ['a missing op', { schemas: P, Operations: [{ path: 'title', value: 'T' }] }],
    ['an op that is no string', { schemas: P, Operations: [{ ...title, op: 1 }] }],
    ['op given twice in different case', { schemas: P, Operations: [{ ...title, Op: 'add' }] }],
  ])('refuses %s with invalidSyntax (PAT-02, PAT-04, C-69)', (_title, body) => {
    expect(refusal(() => parse(body)).scimType).toBe('invalidSyntax');
  });

  it('takes 10,000 operations and refuses one more with 413', () => {
    const operations = Array.from({ length: 10_000 }, () => title);
    expect(parse({ schemas: P, Operations: operations }).operations).toHaveLength(10_000);
    const error = refusal(() => parse({ schemas: P, Operations: [...operations, title] }));
    expect(error).toEqual({ scimType: '413', detail: '10001 operations exceed the 10000 that one PATCH may have.' });
  });

  it('reads the names of the message, of its URN and of op in any case (PAT-04, AMB-16)', () => {
    const body = { SCHEMAS: [PATCH_SCHEMA.toUpperCase()], operations: [{ OP: 'ADD', Path: 'TITLE', Value: 'T' }] };
    expect(parse(body).operations).toMatchObject([{ index: 0, op: 'add', target: { text: 'title' }, value: 'T' }]);
  });

  it.each(['Add', 'ADD', 'Replace', 'rePlace'])('reads op %s', (op) => {
    expect(patched([{ op, path: 'title', value: 'T' }]).document.title).toBe('T');
  });

  it('reads Remove', () => {
    expect(patched([{ op: 'Remove', path: 'emails' }]).document.emails).toBeUndefined();
  });

  it('takes an empty or null path for none (PAT-18)', () => {
    for (const path of ['', null]) {
      expect(patched([{ op: 'add', path, value: { title: 'T' } }]).document.title).toBe('T');
      expect(refused([{ op: 'remove', path }]).scimType).toBe('noTarget');
    }
  });

  it('refuses a path that is no string with invalidPath (PAT-14)', () => {
    expect(refused([{ ...title, path: 7 }]).scimType).toBe('invalidPath');
  });

  it('refuses add and replace without a value with invalidValue (PAT-21, PAT-27)', () => {
    for (const op of ['add', 'replace']) {
      for (const path of ['title', 'members', 'nosuch', undefined]) {
        const operation = path === undefined ? { op } : { op, path };
        expect(refused([operation]).scimType).toBe('invalidValue');
      }
    }
  });

  it.each<[Json]>([[null], ['T'], [1], [['title']], [[]]])(
    'refuses %j as value without a path with invalidValue',
    (value) => {
      expect(refused([{ op: 'replace', value }]).scimType).toBe('invalidValue');
    },
  );

  it('says which operation failed and why (PAT-31)', () => {
    expect(refused([title, { op: 'add', path: 'nosuch', value: 1 }])).toEqual({
      scimType: 'invalidPath',
      detail: "Operations[1]: path 'nosuch' is not an attribute of User.",
    });
    expect(refused([{ op: 'add', path: 'x'.repeat(5000), value: 1 }]).detail.length).toBeLessThan(300);
  });
});

describe('parsePatch', () => {
  it('drops a password, whatever the way it is sent, after a look at its type', () => {
    const ways: Json[] = [
      [{ op: 'replace', path: 'password', value: 'secret-1' }],
      [{ op: 'replace', value: { password: 'secret-1' } }],
      [{ op: 'add', path: 'urn:ietf:params:scim:schemas:core:2.0:User:password', value: 'secret-1' }],
      [{ op: 'remove', path: 'password' }],
      [{ op: 'replace', path: 'password', value: null }],
    ];
    for (const operations of ways) {
      const outcome = patched(operations);
      expect(outcome).toMatchObject({ document: bo, changed: false, touched: [] });
    }
    const error = refused([{ op: 'replace', path: 'password', value: 4711 }]);
    expect(error).toEqual({ scimType: 'invalidValue', detail: 'Operations[0]: password must be a string.' });
  });

  it('sets membership aside, so that it never needs the member list', () => {
    const outcome = patched(
      [
        { op: 'replace', path: 'displayName', value: 'N' },
        { op: 'add', path: 'members', value: [{ value: 'a' }] },
      ],
      { type: groupType, document: ops },
    );
    expect(outcome.document).toEqual({ ...ops, displayName: 'N' });
    expect(outcome.members).toEqual([{ op: 'add', members: [{ value: 'a' }] }]);
  });

  it('passes over readOnly attributes of an object in tolerant rules and refuses them in strict (PAT-29)', () => {
    const operations = [{ op: 'replace', value: { id: '9', meta: { version: 'x' }, groups: [], displayName: 'D' } }];
    const outcome = patched(operations, { compatibility: 'tolerant' });
    expect(outcome.document).toEqual({ ...bo, displayName: 'D' });
    expect(outcome.quirks).toEqual(['read-only-in-value']);
    expect(refused(operations).scimType).toBe('mutability');
  });

  it('refuses a readOnly attribute with an explicit path in both (PAT-06)', () => {
    for (const compatibility of ['strict', 'tolerant'] as const) {
      expect(refused([{ op: 'replace', path: 'id', value: '9' }], { compatibility }).scimType).toBe('mutability');
      expect(refused([{ op: 'remove', path: 'meta' }], { compatibility }).scimType).toBe('mutability');
    }
  });

  it('refuses an unknown path in strict rules, and passes over it with a note in tolerant ones (AMB-08, C-69)', () => {
    for (const path of ['nosuch', 'urn:nosuch:User:x', 'name.nosuch', 'nosuch[type eq "x"].value']) {
      expect(refused([{ op: 'add', path, value: 1 }], { compatibility: 'strict' }).scimType).toBe('invalidPath');
      const passed = patched([{ op: 'remove', path }], { compatibility: 'tolerant' });
      expect(passed.changed).toBe(false);
      expect(passed.quirks).toContain('unknown-attribute');
    }
  });

  it.each(['name.', '.', 'a..b', 'a b', '[type eq "x"]'])('refuses %j, which is no path, in both (C-64)', (path) => {
    for (const compatibility of ['strict', 'tolerant'] as const) {
      expect(refused([{ op: 'add', path, value: 1 }], { compatibility }).scimType).toBe('invalidPath');
    }
  });
});

import { describe, expect, it } from 'vitest';
import { bo, patched, refused } from '../../test/patching.ts';
import type { Json, JsonObject } from '../json.ts';
import { ENTERPRISE_USER_SCHEMA as E } from '../schema/core/enterprise-user.ts';
import { USER_SCHEMA as U } from '../schema/core/user.ts';

const tolerant = { compatibility: 'tolerant' } as const;

describe('a value without path (RFC 7644 §3.5.2.1, §3.5.2.3)', () => {
  it.each<[string, JsonObject, JsonObject]>([
    ['plain names', { title: 'T', ACTIVE: false }, { title: 'T', active: false }],
    ['a complex value, merged', { name: { givenName: 'X' } }, { name: { givenName: 'X', familyName: 'B' } }],
    ['a dotted name', { 'name.givenName': 'X' }, { name: { givenName: 'X', familyName: 'B' } }],
    ['the core URN', { [`${U}:title`]: 'T' }, { title: 'T' }],
    [
      'a value path',
      { 'emails[type eq "home"].value': 'n' },
      {
        emails: [
          { value: 'w', type: 'work', primary: true },
          { value: 'n', type: 'home' },
        ],
      },
    ],
    ['null', { name: null }, {}],
  ])('takes %s as its own operation (PAT-29, AMB-24)', (_title, value, difference) => {
    const { name, ...rest } = bo;
    const expected = value.name === null ? rest : { ...bo, ...difference };
    expect(name).toBeDefined();
    for (const compatibility of ['strict', 'tolerant'] as const) {
      expect(patched([{ op: 'replace', value }], { compatibility }).document).toEqual(expected);
    }
  });

  it.each<JsonObject>([
    { [E]: { department: 'D', manager: { value: 'U1' } } },
    { [`${E}:department`]: 'D', [`${E}:manager`]: { value: 'U1' } },
    { [E.toUpperCase()]: { DEPARTMENT: 'D', 'manager.value': 'U1' } },
    { [`${E}.department`]: 'D', [E]: { manager: { value: 'U1' } } },
  ])('takes attributes of an extension: %j (C-63)', (value) => {
    for (const op of ['add', 'replace']) {
      const { document } = patched([{ op, value }]);
      expect(document).toEqual({ ...bo, schemas: [U, E], [E]: { department: 'D', manager: { value: 'U1' } } });
    }
  });

  it('keeps the rest of an extension that is named', () => {
    const document = { ...bo, schemas: [U, E], [E]: { department: 'D' } };
    const value = { [E]: { costCenter: '1' } };
    expect(patched([{ op: 'replace', value }], { document }).document[E]).toEqual({ department: 'D', costCenter: '1' });
    expect(patched([{ op: 'replace', value: { [E]: null } }], { document }).document).toEqual(bo);
    expect(patched([{ op: 'add', value: { [E]: null } }], { document }).changed).toBe(false);
  });

  it.each<JsonObject>([{ nosuch: 1 }, { 'name.nosuch': 1 }, { 'urn:nosuch:User': { a: 1 } }, { [E]: { nosuch: 1 } }])(
    'ignores %j with a note in tolerant rules and answers invalidPath in strict (PAT-29, Appendix B 28)',
    (value) => {
      const outcome = patched([{ op: 'replace', value: { ...value, title: 'T' } }], tolerant);
      expect(outcome).toMatchObject({ document: { ...bo, title: 'T' }, quirks: ['unknown-attribute'] });
      expect(refused([{ op: 'replace', value }]).scimType).toBe('invalidPath');
    },
  );

  it('takes core attributes under the core URN in tolerant rules, and answers invalidSyntax in strict (V19)', () => {
    const operations = [{ op: 'replace', value: { [U]: { title: 'T' } } }];
    expect(patched(operations, tolerant).document).toEqual({ ...bo, title: 'T' });
    expect(refused(operations).scimType).toBe('invalidSyntax');
  });

  it('refuses a name twice in different case with invalidSyntax (ATT-03)', () => {
    expect(refused([{ op: 'add', value: { title: 'a', Title: 'b' } }]).scimType).toBe('invalidSyntax');
    expect(refused([{ op: 'add', value: { [E]: { department: 'a', Department: 'b' } } }]).scimType).toBe(
      'invalidSyntax',
    );
  });

  it.each<[Json]>([['x'], [7], [[1]]])('refuses %j for an extension', (value) => {
    expect(refused([{ op: 'add', value: { [E]: value } }]).scimType).toBe('invalidValue');
  });

  it('notes keys that are paths', () => {
    expect(patched([{ op: 'replace', value: { 'name.givenName': 'X', [`${E}:department`]: 'D' } }]).quirks).toEqual([
      'dotted-keys',
    ]);
  });

  it('makes no property of a name that a client chose', () => {
    const value = JSON.parse(
      '{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}, "title": "T"}',
    );
    const outcome = patched([{ op: 'add', value }], tolerant);
    expect(outcome.document).toEqual({ ...bo, title: 'T' });
    expect(Object.getPrototypeOf(outcome.document)).toBe(Object.prototype);
    expect({}).not.toHaveProperty('polluted');
  });
});

import { describe, expect, it } from 'vitest';
import { bo, boAtSite, patched, refused, SITE_SCHEMA } from '../../test/patching.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Compatibility } from '../rules.ts';

const work = { value: 'w', type: 'work', primary: true };
const home = { value: 'h', type: 'home' };
const tolerant = { compatibility: 'tolerant' } as const;

function emailsAfter(op: string, path: string, value: Json, compatibility: Compatibility = 'strict'): Json | undefined {
  return patched([{ op, path, value }], { compatibility }).document.emails;
}

describe('add and replace on the elements that a filter matches', () => {
  it('replaces all matching elements as a whole (RFC 7644 §3.5.2.3, AMB-02, C-59)', () => {
    expect(emailsAfter('replace', 'emails[type eq "home"]', { value: 'n' })).toEqual([work, { value: 'n' }]);
    expect(emailsAfter('replace', 'emails[value eq "w" or value eq "h"]', { value: 'n' })).toEqual([{ value: 'n' }]);
    expect(emailsAfter('replace', 'emails[type eq "home"]', [{ value: 'n' }, { value: 'o' }])).toEqual([
      work,
      { value: 'n' },
      { value: 'o' },
    ]);
  });

  it('adds to each matching element what is given, and keeps the rest (table 19.3)', () => {
    expect(emailsAfter('add', 'emails[type eq "home"]', { display: 'D' })).toEqual([work, { ...home, display: 'D' }]);
    expect(emailsAfter('add', 'emails[type pr]', [{ display: 'D' }])).toEqual([
      { ...work, display: 'D' },
      { ...home, display: 'D' },
    ]);
    expect(
      refused([{ op: 'add', path: 'emails[type pr]', value: [{ display: 'D' }, { display: 'E' }] }]).scimType,
    ).toBe('invalidValue');
    expect(refused([{ op: 'add', path: 'emails[type pr]', value: 'D' }]).scimType).toBe('invalidValue');
  });

  it.each(['add', 'replace'])('%s sets a sub-attribute in all matches (C-58)', (op) => {
    expect(emailsAfter(op, 'emails[type eq "WORK"].value', 'n')).toEqual([{ ...work, value: 'n' }, home]);
    expect(emailsAfter(op, 'emails[type pr].display', 'D')).toEqual([
      { ...work, display: 'D' },
      { ...home, display: 'D' },
    ]);
  });

  it.each(['add', 'replace'])('%s sets a sub-attribute of every element without a filter (PAT-16, AMB-25)', (op) => {
    expect(emailsAfter(op, 'emails.type', 'other')).toEqual([
      { ...work, type: 'other' },
      { ...home, type: 'other' },
    ]);
    for (const compatibility of ['strict', 'tolerant'] as const) {
      const error = refused([{ op, path: 'roles.type', value: 'x' }], { compatibility });
      expect(error).toEqual({
        scimType: 'noTarget',
        detail: "Operations[0]: no value of 'roles' matches path 'roles.type'.",
      });
    }
  });

  it('moves the primary with the element that is marked (PAT-07, C-70)', () => {
    const moved = [
      { ...work, primary: false },
      { ...home, primary: true },
    ];
    expect(emailsAfter('add', 'emails[type eq "home"].primary', true)).toEqual(moved);
    expect(emailsAfter('replace', 'emails[type eq "home"]', { ...home, primary: true })).toEqual(moved);
    expect(emailsAfter('add', 'emails[type eq "home"]', { primary: true })).toEqual(moved);
    expect(refused([{ op: 'replace', path: 'emails[type pr].primary', value: true }]).scimType).toBe('invalidValue');
    expect(refused([{ op: 'replace', path: 'emails.primary', value: true }]).scimType).toBe('invalidValue');
  });

  it('promotes nobody when the primary is unmarked (AMB-12)', () => {
    expect(emailsAfter('replace', 'emails[primary eq true].primary', false)).toEqual([
      { ...work, primary: false },
      home,
    ]);
  });

  it('selects among simple values by the name value (PAT-17)', () => {
    const after = (op: string, value: Json) => {
      const operation = { op, path: `${SITE_SCHEMA}:tags[value eq "BLUE"]`, value };
      return (patched([operation], { document: boAtSite }).document[SITE_SCHEMA] as JsonObject).tags;
    };
    expect(after('replace', 'red')).toEqual(['red', 'green']);
    expect(after('add', 'red')).toEqual(['red', 'green']);
    expect(after('add', [null])).toEqual(['blue', 'green']);
  });

  it('guards immutable sub-attributes of elements, but lets the whole element be replaced', () => {
    const desks = (path: string, value: Json) => [{ op: 'replace', path: `${SITE_SCHEMA}:desks${path}`, value }];
    expect(refused(desks('[value eq "d1"].serial', 's2'), { document: boAtSite }).scimType).toBe('mutability');
    expect(patched(desks('[value eq "d2"].serial', 's2'), { document: boAtSite }).changed).toBe(true);
    expect(patched(desks('[value eq "d1"]', { value: 'd1', serial: 's9' }), { document: boAtSite }).changed).toBe(true);
  });

  it('reaches lists within an element', () => {
    const path = `${SITE_SCHEMA}:desks[value eq "d1"].notes`;
    const { document } = patched([{ op: 'add', path, value: 'm' }], { document: boAtSite });
    expect(document[SITE_SCHEMA]).toMatchObject({ desks: [{ notes: ['n', 'm'] }, {}] });
  });
});

describe('a filter that matches nothing', () => {
  it.each([
    'emails[type eq "fax"]',
    'emails[type eq "fax"].value',
    'roles[value eq "r"]',
    'roles[primary eq true].value',
  ])('is noTarget for replace on %s in strict rules (RFC 7644 §3.5.2.3, PAT-28, AMB-01, C-57)', (path) => {
    const value = path.endsWith('value') ? 'q' : { value: 'q' };
    const error = refused([{ op: 'replace', path, value }]);
    expect(error.scimType).toBe('noTarget');
    expect(error.detail).toContain(path);
  });

  it.each<[string, Compatibility]>([
    ['add', 'strict'],
    ['add', 'tolerant'],
    ['replace', 'tolerant'],
  ])('makes the element that it describes for %s in %s rules (E 8097, C-57)', (op, compatibility) => {
    expect(emailsAfter(op, 'emails[type eq "fax"].value', 'q', compatibility)).toEqual([
      work,
      home,
      { type: 'fax', value: 'q' },
    ]);
    expect(emailsAfter(op, 'emails[type eq "fax"]', { value: 'q' }, compatibility)).toEqual([
      work,
      home,
      { type: 'fax', value: 'q' },
    ]);
    const both = emailsAfter(op, 'emails[type eq "fax" and primary eq true].value', 'q', compatibility);
    expect(both).toEqual([{ ...work, primary: false }, home, { type: 'fax', primary: true, value: 'q' }]);
    const tags = patched([{ op, path: `${SITE_SCHEMA}:tags[value eq "x"]`, value: 'x' }], { compatibility });
    expect(tags.document[SITE_SCHEMA]).toEqual({ tags: ['x'] });
    expect(tags.quirks).toEqual(op === 'replace' ? ['replace-creates-element'] : []);
  });

  it.each([
    'emails[type ne "work" and type ne "home"].value',
    'emails[value sw "z"].type',
    'emails[type eq "a" or type eq "b"].value',
  ])('is noTarget when no element can be made of it: %s', (path) => {
    for (const op of ['add', 'replace']) {
      expect(refused([{ op, path, value: 'q' }], tolerant).scimType).toBe('noTarget');
    }
  });

  it('fills one element by several operations with the same filter', () => {
    const set = (name: string, value: string) => ({ op: 'Replace', path: `addresses[type eq "work"].${name}`, value });
    const { document } = patched(
      [set('locality', 'Sevilla'), set('country', 'ES'), set('locality', 'Cádiz')],
      tolerant,
    );
    expect(document.addresses).toEqual([{ type: 'work', locality: 'Cádiz', country: 'ES' }]);
  });

  it('makes or finds the primary role, whatever the literal', () => {
    const operations = [
      { op: 'Replace', path: 'roles[primary eq "True"].value', value: 'Admin' },
      { op: 'Replace', path: 'roles[primary eq "True"].display', value: 'Administrator' },
    ];
    const role = { primary: true, value: 'Admin', display: 'Administrator' };
    expect(patched(operations, tolerant).document.roles).toEqual([role]);
    const document = { ...bo, roles: [{ value: 'User', primary: true }] };
    expect(patched(operations, { ...tolerant, document }).document.roles).toEqual([{ ...role, primary: true }]);
  });

  it('refuses a boolean that is none with invalidValue', () => {
    const error = refused([{ op: 'Replace', path: 'roles[value eq "r"].primary', value: '+34 600' }], tolerant);
    expect(error.scimType).toBe('invalidValue');
  });

  it('does nothing when there is nothing to set', () => {
    for (const value of ['', null]) {
      expect(patched([{ op: 'replace', path: 'roles[value eq "r"].display', value }], tolerant).changed).toBe(false);
    }
    expect(patched([{ op: 'add', path: 'roles[value eq "r"]', value: {} }]).document.roles).toEqual([{ value: 'r' }]);
  });
});

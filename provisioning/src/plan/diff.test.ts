import type { Json } from '@rollcall/scim';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TargetAttribute } from '../mapping/model.ts';
import { targetAttributesOf } from '../mapping/target-attributes.ts';
import { type DiffOptions, diff } from './diff.ts';
import { applyChanges, knownValue, withoutChanged } from './known.ts';

const text = { type: 'string', required: false, multiValued: false, caseExact: false } as const;
const added: TargetAttribute[] = [
  { ...text, path: 'badge', caseExact: true },
  { ...text, path: 'level', type: 'integer' },
  { ...text, path: 'hired', type: 'dateTime' },
  { ...text, path: 'tags', multiValued: true },
];
const options: DiffOptions = { targetAttribute: targetAttributesOf('User', added), clearEmpty: true, base: 'sent' };
const none = new Map<string, Json>();

function changesOf(
  wanted: Readonly<Record<string, Json>>,
  known: { sent?: Readonly<Record<string, Json>>; echoed?: Readonly<Record<string, Json>>; empty?: string[] },
  other: Partial<DiffOptions> = {},
) {
  const link = { sent: new Map(Object.entries(known.sent ?? {})), echoed: new Map(Object.entries(known.echoed ?? {})) };
  const assessment = { attributes: new Map(Object.entries(wanted)), empty: known.empty ?? [] };
  return diff(assessment, none, link, { ...options, ...other });
}

describe('A difference between what is wanted and what is known', () => {
  it('is a change with what is known before', () => {
    expect(changesOf({ title: 'Engineer' }, { sent: { title: 'Clerk' } })).toEqual([
      { path: 'title', from: 'Clerk', to: 'Engineer' },
    ]);
    expect(changesOf({ title: 'Engineer' }, {})).toEqual([{ path: 'title', from: undefined, to: 'Engineer' }]);
  });

  it('is none when the value was sent, or when it came back', () => {
    expect(changesOf({ title: 'X' }, { sent: { title: 'X' }, echoed: { title: 'x-1' } })).toEqual([]);
    expect(changesOf({ title: 'X' }, { echoed: { title: 'X' } })).toEqual([]);
  });

  it('is what was read only, where the target is read before', () => {
    const known = { sent: { title: 'X' }, echoed: { title: 'Y' } };
    expect(changesOf({ title: 'X' }, known, { base: 'read' })).toEqual([{ path: 'title', from: 'Y', to: 'X' }]);
  });

  it('does not regard case, unless the target does', () => {
    expect(
      changesOf({ title: 'ENGINEER', userName: 'Jörg' }, { sent: { title: 'Engineer', userName: 'JÖRG' } }),
    ).toEqual([]);
    expect(changesOf({ badge: 'A1' }, { sent: { badge: 'a1' } })).toHaveLength(1);
  });

  it('regards lists as sets', () => {
    expect(changesOf({ tags: ['a', 'b'] }, { sent: { tags: ['B', 'a'] } })).toEqual([]);
    expect(changesOf({ tags: ['a'] }, { sent: { tags: ['a', 'b'] } })).toHaveLength(1);
    expect(
      changesOf({ tags: ['a', 'b'] }, { echoed: { tags: [{ value: 'a', display: 'A' }, { value: 'b' }] } }),
    ).toEqual([]);
  });

  it('compares booleans, numbers and times as what they mean', () => {
    expect(changesOf({ active: true, level: 42 }, { echoed: { active: 'True', level: '42' } })).toEqual([]);
    expect(changesOf({ active: true }, { echoed: { active: 'False' } })).toHaveLength(1);
    expect(
      changesOf({ hired: '2024-02-01T10:00:00Z' }, { echoed: { hired: '2024-02-01T11:00:00.000+01:00' } }),
    ).toEqual([]);
    expect(changesOf({ employeeNumber: '007' }, { echoed: { employeeNumber: 7 } })).toHaveLength(1);
  });

  it('does not regard what the target adds to an object', () => {
    const wanted = { roles: [{ value: 'admin', primary: false }] };
    const echoed = { roles: [{ value: 'admin', primary: false, display: 'Administrator' }] };
    expect(changesOf(wanted, { echoed })).toEqual([]);
  });
});

describe('Values that are only added', () => {
  const roles = (...values: readonly string[]) => values.map((value) => ({ value }));
  const changes = (wanted: Json, echoed: Json, sent = none) =>
    diff(
      { attributes: new Map([['roles', wanted]]), empty: [], additive: ['roles'] },
      none,
      { sent, echoed: new Map([['roles', echoed]]) },
      options,
    );

  it('leave what the target has besides', () => {
    expect(changes(roles('admin'), roles('reader'))).toEqual([
      { path: 'roles', from: roles('reader'), to: roles('reader', 'admin') },
    ]);
  });

  it('are no change when they are there, nor when fewer are wanted than before', () => {
    expect(changes(roles('admin'), roles('reader', 'admin'))).toEqual([]);
    expect(changes(roles('admin'), [], new Map([['roles', roles('admin', 'reader')]]))).toEqual([]);
  });
});

describe('A value that is gone', () => {
  it('is cleared when something is known to be there', () => {
    expect(changesOf({}, { sent: { title: 'Clerk' }, empty: ['title'] })).toEqual([
      { path: 'title', from: 'Clerk', to: undefined },
    ]);
    expect(changesOf({}, { empty: ['title'] })).toEqual([]);
    expect(changesOf({}, { echoed: { title: '' }, empty: ['title'] })).toEqual([]);
  });

  it('stays where nothing is to be cleared', () => {
    expect(changesOf({}, { sent: { title: 'Clerk' }, empty: ['title'] }, { clearEmpty: false })).toEqual([]);
  });
});

describe('A reference', () => {
  const manager = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager';
  const link = { sent: new Map<string, Json>([[manager, 't7']]), echoed: none };
  const wanted = { attributes: none, empty: [] };

  it('is changed when it points elsewhere, cleared when it points at nothing and left when it waits', () => {
    expect(diff(wanted, new Map([[manager, 't8']]), link, options)).toEqual([{ path: manager, from: 't7', to: 't8' }]);
    expect(diff(wanted, new Map([[manager, undefined]]), link, { ...options, clearEmpty: false })).toEqual([
      { path: manager, from: 't7', to: undefined },
    ]);
    expect(diff(wanted, new Map(), link, options)).toEqual([]);
    expect(diff(wanted, new Map([[manager, 't7']]), link, options)).toEqual([]);
  });
});

const valueAt = (path: string, value: Json | undefined): (readonly [string, Json])[] =>
  value === undefined ? [] : [[path, value]];

describe('Changes', () => {
  const texts = fc.constantFrom('x', 'X', 'ä', 'Ä', 'Straße', 'other');
  const valuesByPath: readonly (readonly [string, fc.Arbitrary<Json>])[] = [
    ['title', texts],
    ['displayName', texts],
    ['badge', texts],
    ['active', fc.boolean()],
    ['level', fc.integer()],
    ['tags', fc.uniqueArray(fc.constantFrom('a', 'A', 'b', 'c', 'ß'), { minLength: 1 })],
  ];
  const paths = valuesByPath.map(([path]) => path);
  const values = fc
    .tuple(...valuesByPath.map(([, value]) => fc.option(value, { nil: undefined })))
    .map((all) => new Map(paths.flatMap((path, index) => valueAt(path, all[index]))));

  it('applied to what was sent give what is wanted, and nothing is left to change', () => {
    fc.assert(
      fc.property(values, values, (wanted, sent) => {
        const assessment = { attributes: wanted, empty: paths.filter((path) => !wanted.has(path)) };
        const changes = diff(assessment, none, { sent, echoed: none }, options);
        const after = applyChanges(sent, changes);
        expect([...after.keys()].toSorted()).toEqual([...wanted.keys()].toSorted());
        for (const [path, value] of after) {
          const changed = changes.some((change) => change.path === path);
          expect(value).toEqual(changed ? wanted.get(path) : sent.get(path));
        }
        expect(diff(assessment, none, { sent: after, echoed: none }, options)).toEqual([]);
      }),
    );
  });

  it('make nothing of what came back before', () => {
    const echoed = new Map<string, Json>([
      ['title', 'Y'],
      ['badge', 'A1'],
    ]);
    expect(withoutChanged(echoed, [{ path: 'title', from: 'Y', to: 'X' }])).toEqual(new Map([['badge', 'A1']]));
  });
});

describe('What is known of a path', () => {
  it('is what was sent, else what came back', () => {
    const link = {
      sent: new Map([['title', 'X']]),
      echoed: new Map([
        ['title', 'Y'],
        ['badge', 'A1'],
      ]),
    };
    expect(knownValue(link, 'title')).toBe('X');
    expect(knownValue(link, 'badge')).toBe('A1');
    expect(knownValue(link, 'level')).toBeUndefined();
  });
});

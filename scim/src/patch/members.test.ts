import { describe, expect, it } from 'vitest';
import { groupType, membership, ops, patched, refused } from '../../test/patching.ts';
import type { Json } from '../json.ts';

const group = { type: groupType, document: ops } as const;
const tolerantGroup = { ...group, compatibility: 'tolerant' } as const;
const ids = (...values: string[]) => values.map((value) => ({ value }));

describe('add of members', () => {
  it.each<[string, Json]>([
    ['an array', [{ value: 'a' }, { value: 'b' }]],
    ['an array with null in it', [{ value: 'a' }, null, { value: 'b' }]],
    ['duplicates', [{ value: 'a' }, { value: 'b' }, { value: 'a' }]],
    [
      'null sub-attributes',
      [
        { $ref: null, value: 'a' },
        { value: 'b', display: null, type: null },
      ],
    ],
    ['unknown sub-attributes', [{ value: 'a', displayName: 'A' }, { Value: 'b' }]],
  ])('takes %s (Appendix B 14, C-19, C-22, C-25, C-56)', (_title, value) => {
    expect(membership([{ op: 'add', path: 'members', value }])).toEqual([{ op: 'add', members: ids('a', 'b') }]);
  });

  it('takes a single object in both modes, and a bare id in tolerant rules', () => {
    const add = [{ op: 'add', members: ids('a') }];
    expect(membership([{ op: 'add', path: 'members', value: { value: 'a' } }])).toEqual(add);
    expect(membership([{ op: 'Add', path: 'members', value: 'a' }], 'tolerant')).toEqual(add);
    expect(membership([{ op: 'Add', path: 'members', value: ['a'] }], 'tolerant')).toEqual(add);
    expect(refused([{ op: 'add', path: 'members', value: 'a' }], group).scimType).toBe('invalidValue');
  });

  it('keeps what else was sent of a member, byte for byte', () => {
    const member = { value: 'a', $ref: 'https://sp.example/v2/Users/a', display: 'A B', type: 'User' };
    const { value, ...sent } = member;
    expect(membership([{ op: 'add', path: 'members', value: [member] }])).toEqual([
      { op: 'add', members: [{ value, sent }] },
    ]);
  });

  it.each<[Json]>([[null], [[]]])('adds nothing for %j', (value) => {
    expect(membership([{ op: 'add', path: 'members', value }])).toEqual([]);
  });

  it('never empties a group for ""', () => {
    expect(membership([{ op: 'add', path: 'members', value: '' }], 'tolerant')).toEqual([]);
    expect(membership([{ op: 'add', path: 'members[value eq "a"]', value: '' }], 'tolerant')).toEqual([]);
  });

  it.each<[Json, number]>([
    [[{ value: 'a' }, {}], 1],
    [[{ value: '' }], 0],
    [[{ value: null }], 0],
    [[{ display: 'A' }], 0],
    [[{ value: 7 }], 0],
    [[['a']], 0],
    [[7], 0],
  ])('names the position of a member without id: %j', (value, at) => {
    const error = refused([{ op: 'add', path: 'members', value }], tolerantGroup);
    expect(error.scimType).toBe('invalidValue');
    expect(error.detail).toContain(`Operations[0]: members[${at}]`);
  });

  it('takes 10,000 members in one operation and 500 operations of one (C-55, V15)', () => {
    const many = Array.from({ length: 10_000 }, (_, at) => ({ value: `m${at}` }));
    expect(membership([{ op: 'add', path: 'members', value: many }])).toEqual([{ op: 'add', members: many }]);
    const single = many.slice(0, 500).map((member) => ({ op: 'add', path: 'members', value: [member] }));
    expect(membership(single)).toEqual([{ op: 'add', members: many.slice(0, 500) }]);
  });
});

describe('remove of members', () => {
  it.each<[Json]>([
    [[{ value: 'a' }, { value: 'b' }]],
    [
      [
        { $ref: null, value: 'a' },
        { value: 'b', display: 'B' },
      ],
    ],
    [[{ value: 'a' }, { value: 'b' }, { value: 'a' }]],
  ])('removes only those that value lists: %j (PAT-24, C-11, C-12, V10)', (value) => {
    for (const compatibility of ['strict', 'tolerant'] as const) {
      expect(membership([{ op: 'remove', path: 'members', value }], compatibility)).toEqual([
        { op: 'remove', ids: ['a', 'b'] },
      ]);
    }
  });

  it('takes a single object, and a bare id in tolerant rules', () => {
    expect(membership([{ op: 'remove', path: 'members', value: { value: 'a' } }])).toEqual([
      { op: 'remove', ids: ['a'] },
    ]);
    expect(membership([{ op: 'Remove', path: 'members', value: 'a' }], 'tolerant')).toEqual([
      { op: 'remove', ids: ['a'] },
    ]);
    expect(refused([{ op: 'remove', path: 'members', value: [{}] }], group).scimType).toBe('invalidValue');
  });

  it('removes nobody for an empty list, and all without a value (C-75)', () => {
    expect(membership([{ op: 'remove', path: 'members', value: [] }])).toEqual([{ op: 'remove', ids: [] }]);
    expect(membership([{ op: 'remove', path: 'members' }])).toEqual([{ op: 'replace', members: [] }]);
    expect(membership([{ op: 'remove', path: 'members', value: null }])).toEqual([{ op: 'replace', members: [] }]);
  });

  it.each<[string, string[]]>([
    ['members[value eq "a"]', ['a']],
    ['members[value eq "a" or value eq "b"]', ['a', 'b']],
    ['members[(value eq "a" or value eq "b") or value eq "c"]', ['a', 'b', 'c']],
    ['members[VALUE EQ "A"]', ['A']],
    ['urn:ietf:params:scim:schemas:core:2.0:Group:members[value eq "a"]', ['a']],
    ['members eq "a"', ['a']],
  ])('reads the ids of %s (C-13, V11)', (path, expected) => {
    expect(membership([{ op: 'remove', path }])).toEqual([{ op: 'remove', ids: expected }]);
  });

  it('lets the filter select when a value comes along (V12)', () => {
    const operation = { op: 'remove', path: 'members[value eq "a"]', value: [{ value: 'b' }] };
    expect(membership([operation])).toEqual([{ op: 'remove', ids: ['a'] }]);
  });

  it.each([
    'members[type eq "User"]',
    'members[value eq "a" and type eq "User"]',
    'members[value ne "a"]',
    'members[value eq null]',
    'members[value eq "a" or display pr]',
    'members[not (value eq "a")]',
  ])('leaves other filters to the store: %s', (path) => {
    expect(membership([{ op: 'remove', path }])).toMatchObject([{ op: 'removeMatching', filter: {} }]);
  });
});

describe('replace of members', () => {
  it('sets the whole list, with a path or without (C-14, C-15, C-16, V13, V14)', () => {
    const value = [{ value: 'a', display: null }];
    const replace = [{ op: 'replace', members: ids('a') }];
    expect(membership([{ op: 'replace', path: 'members', value }])).toEqual(replace);
    expect(membership([{ op: 'replace', value: { members: value } }])).toEqual(replace);
    expect(membership([{ op: 'add', value: { Members: value } }])).toEqual([{ op: 'add', members: ids('a') }]);
    for (const nothing of [[], null]) {
      expect(membership([{ op: 'replace', path: 'members', value: nothing }])).toEqual([
        { op: 'replace', members: [] },
      ]);
      expect(membership([{ op: 'replace', value: { members: nothing } }])).toEqual([{ op: 'replace', members: [] }]);
    }
  });

  it('does not touch members that are not named (C-17, V8, V9)', () => {
    const operations = [
      { op: 'replace', value: { schemas: ops.schemas ?? [], id: '7', displayName: 'N', externalId: 'e' } },
    ];
    const outcome = patched(operations, tolerantGroup);
    expect(outcome).toMatchObject({ members: [], document: { ...ops, displayName: 'N', externalId: 'e' } });
  });

  it('replaces one member by another', () => {
    const operation = { op: 'replace', path: 'members[value eq "a"]', value: { value: 'b', type: 'User' } };
    const added = { op: 'add', members: [{ value: 'b', sent: { type: 'User' } }] };
    expect(membership([operation])).toEqual([{ op: 'remove', ids: ['a'] }, added]);
    const matching = { ...operation, path: 'members[type eq "Group"]' };
    expect(membership([matching])).toMatchObject([{ op: 'removeMatching' }, added]);
    expect(membership([{ ...operation, value: null }])).toEqual([{ op: 'remove', ids: ['a'] }]);
    expect(refused([{ ...operation, value: { type: 'User' } }], group).scimType).toBe('invalidValue');
  });
});

describe('add to members that a filter names', () => {
  const add = (path: string, value: Json) => [{ op: 'add', path, value }];

  it('adds the one member that it describes', () => {
    const member = { value: 'a', sent: { display: 'A' } };
    for (const value of [{ display: 'A' }, [{ display: 'A' }], { value: 'a', display: 'A' }]) {
      expect(membership(add('members[value eq "a"]', value))).toEqual([{ op: 'add', members: [member] }]);
    }
    expect(membership(add('members[value eq "a"]', null))).toEqual([]);
  });

  it('refuses another id, several members and what is no object', () => {
    expect(refused(add('members[value eq "a"]', { value: 'b' }), group).scimType).toBe('mutability');
    expect(refused(add('members[value eq "a"]', 'b'), group).scimType).toBe('invalidValue');
    expect(refused(add('members[value eq "a"]', [{}, {}]), group).scimType).toBe('invalidValue');
    expect(refused(add('members[value eq "a" or value eq "b"]', { display: 'A' }), group).scimType).toBe('noTarget');
    expect(refused(add('members[type eq "User"]', { display: 'A' }), group).scimType).toBe('noTarget');
  });
});

describe('an edit of a member in place (RFC 7643 §4.2)', () => {
  it.each(['members[value eq "a"].display', 'members.type', 'members[value eq "a"].$ref'])(
    'of %s is refused in strict rules and ignored in tolerant',
    (path) => {
      for (const operation of [
        { op: 'replace', path, value: 'x' },
        { op: 'remove', path },
      ]) {
        expect(refused([operation], group).scimType).toBe('mutability');
        const outcome = patched([operation], tolerantGroup);
        expect(outcome).toMatchObject({ members: [], changed: false, quirks: ['member-edit'] });
      }
    },
  );

  it('of an id is refused in both', () => {
    for (const compatibility of ['strict', 'tolerant'] as const) {
      const error = refused([{ op: 'replace', path: 'members[value eq "a"].value', value: 'b' }], {
        ...group,
        compatibility,
      });
      expect(error.scimType).toBe('mutability');
    }
  });
});

it('keeps the order of unlike operations and merges runs of like ones', () => {
  const one = (op: string, value: string) => ({ op, path: 'members', value: [{ value }] });
  const operations = [
    one('add', 'a'),
    { op: 'add', path: 'members', value: [{ value: 'a', display: 'A' }] },
    one('add', 'b'),
    one('remove', 'b'),
    one('remove', 'c'),
    { op: 'remove', path: 'members[type eq "Group"]' },
    { op: 'remove', path: 'members' },
    one('add', 'd'),
    one('add', 'd'),
    one('replace', 'e'),
    one('add', 'f'),
    one('remove', 'f'),
  ];
  expect(membership(operations)).toMatchObject([
    { op: 'add', members: [{ value: 'a', sent: { display: 'A' } }, { value: 'b' }] },
    { op: 'remove', ids: ['b', 'c'] },
    { op: 'removeMatching' },
    { op: 'replace', members: ids('d') },
    { op: 'replace', members: ids('e', 'f') },
    { op: 'remove', ids: ['f'] },
  ]);
});

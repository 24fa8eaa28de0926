import { createCatalogue, type Json } from '@rollcall/scim';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Link } from '../journal.ts';
import { compileMappings } from '../mapping/compile.ts';
import { defaultMappings } from '../mapping/default-mappings.ts';
import type { AttributeMapping } from '../mapping/model.ts';
import { findDrift } from './drift.ts';
import { findMemberDrift } from './drift-members.ts';
import { driftRule } from './drift-rule.ts';

type Values = Readonly<Record<string, Json>>;

const mappings = defaultMappings();
const row = (target: string, source: AttributeMapping['source'], apply: AttributeMapping['apply'] = 'always') => ({
  target,
  source,
  matching: 0,
  apply,
});
const more: AttributeMapping[] = [
  row('password', { kind: 'constant', value: 'secret' }),
  row('nickName', { kind: 'direct', attribute: 'givenName' }, 'create'),
  row('userType', { kind: 'expression', expression: 'Redact([jobTitle])' }),
  row('roles', { kind: 'expression', expression: 'AppRoleAssignmentsComplex([appRoleAssignments])' }),
  row('locale', { kind: 'none' }),
];
const compiled = compileMappings(
  { ...mappings, users: { ...mappings.users, attributes: [...mappings.users.attributes, ...more] } },
  createCatalogue(),
);

function linkOf(sent: Values, echoed: Values = {}, more: Partial<Link> = {}): Link {
  return {
    type: 'User',
    id: 'u',
    targetId: 't',
    label: 'u@acme.example',
    state: 'active',
    sent: new Map(Object.entries(sent)),
    echoed: new Map(Object.entries(echoed)),
    sourceVersion: 1,
    membersVersion: 0,
    mappingsHash: compiled.hash,
    adopted: false,
    deleteAt: null,
    linkedAt: 0,
    ...more,
  };
}

/** The drift as `path kind`. */
function drift(link: Link, read: Values | undefined): string[] {
  const shown = read === undefined ? undefined : new Map(Object.entries(read));
  return findDrift(link, shown, compiled.users, compiled.hash).map(({ path, kind }) => `${path} ${kind}`);
}

describe('drift of an object', () => {
  it.each<[string, Values, Values, Values, string[]]>([
    ['is none while the target shows what was sent', { title: 'A' }, { title: 'A' }, { title: 'A' }, []],
    ['is another value', { title: 'A' }, { title: 'A' }, { title: 'B' }, ['title value']],
    ['is a value that is gone', { title: 'A' }, { title: 'A' }, {}, ['title value']],
    ['is a value that is gone where no answer ever came', { title: 'A' }, {}, {}, ['title value']],
    ['is none of a value that the target spells its own way', { title: 'A' }, { title: 'a-1' }, { title: 'a-1' }, []],
    ['is none where the target shows what was sent after all', { title: 'A' }, { title: 'a-1' }, { title: 'A' }, []],
    ['is none of what the answer left out', { title: 'A' }, { title: null, userName: 'u' }, { userName: 'u' }, []],
    ['is none in another case', { title: 'Ärzt' }, {}, { title: 'ÄRZT' }, []],
    ['regards case where the target does', { externalId: 'a' }, {}, { externalId: 'A' }, ['externalId value']],
    ['is none of a boolean that is a text', { active: true }, {}, { active: 'True' }, []],
    ['says that somebody was disabled', { active: true }, {}, { active: false }, ['active disabled']],
    [
      'is a value where nothing was sent and the target answers',
      {},
      { userName: 'u' },
      { userName: 'u', title: 'B' },
      ['title value'],
    ],
    ['is none of a default of a target that never answers', { userName: 'u' }, {}, { userName: 'u', title: 'B' }, []],
    ['is none of what is sent on creation only', { nickName: 'A' }, { nickName: 'A' }, { nickName: 'B' }, []],
    ['is none of a password, which no target shows', { password: 'secret' }, {}, {}, []],
    ['is none of a row without a source', {}, { userName: 'u' }, { userName: 'u', locale: 'de' }, []],
    [
      'is none of a role beside those that are given',
      { roles: [{ value: 'a' }] },
      {},
      { roles: [{ value: 'a' }, { value: 'b' }] },
      [],
    ],
    ['is a role that was taken away', { roles: [{ value: 'a' }] }, {}, { roles: [{ value: 'b' }] }, ['roles value']],
  ])('%s', (_title, sent, echoed, read, expected) => {
    expect(drift(linkOf(sent, echoed), read)).toEqual(expected);
  });

  it('says that the object is missing, and nothing else', () => {
    expect(drift(linkOf({ title: 'A' }), undefined)).toEqual(['id missing']);
  });

  it('says that somebody was enabled who left', () => {
    expect(drift(linkOf({ active: false }, {}, { state: 'disabled' }), { active: true })).toEqual(['active enabled']);
  });

  it('does not look at what is left alone, nor at what a call left in doubt', () => {
    expect(drift(linkOf({ title: 'A' }, {}, { state: 'left' }), { title: 'B' })).toEqual([]);
    expect(drift(linkOf({}, { title: 'A' }, { sourceVersion: 0 }), { title: 'B' })).toEqual([]);
  });

  it('waits for rows that are new in the mapping to be sent once', () => {
    const link = linkOf({}, { userName: 'u' }, { mappingsHash: 'before' });
    expect(drift(link, { userName: 'u', title: 'B' })).toEqual([]);
  });

  it('hides values that the log must not show', () => {
    const [item] = findDrift(linkOf({ userType: 'A' }), new Map([['userType', 'B']]), compiled.users, compiled.hash);
    expect(item).toMatchObject({ expected: '[Redact]', found: '[Redact]' });
  });

  it('is never found in what was just sent, whatever it is', () => {
    const value = fc.oneof(fc.string({ minLength: 1 }), fc.constant('ß'), fc.constant('İ'));
    fc.assert(
      fc.property(value, value, (title, shown) => {
        expect(drift(linkOf({ title }, {}), { title })).toEqual([]);
        expect(drift(linkOf({ title }, { title: shown }), { title: shown })).toEqual([]);
      }),
    );
  });
});

describe('drift of memberships', () => {
  const member = (id: string) => ({ targetId: `t-${id}`, id, label: `${id}@acme.example` });
  const found = (believed: string[], there: string[], linked: string[] = [], exclusive = false) =>
    findMemberDrift(
      believed.map(member),
      there.map((id) => `t-${id}`),
      new Map(linked.map((id) => [`t-${id}`, member(id)])),
      exclusive,
    );

  it('is none while the group has its members, and others that the directory does not know', () => {
    expect(found(['a', 'b'], ['b', 'a'])).toBeUndefined();
    expect(found(['a'], ['a', 'x'])).toBeUndefined();
  });

  it('names who is missing, and who is there without being meant', () => {
    const drifted = found(['a', 'b'], ['b', 'c', 'x'], ['c']);
    expect(drifted).toMatchObject({ missing: ['a'], extra: ['c'], foreign: false });
    expect(drifted?.item).toMatchObject({
      path: 'members',
      expected: { members: 2, missing: 1, names: ['a@acme.example'] },
      found: { members: 3, added: 1, names: ['c@acme.example'] },
    });
  });

  it('counts members that the directory does not know where groups are exclusive', () => {
    expect(found(['a'], ['a', 'x'], [], true)).toMatchObject({ missing: [], extra: [], foreign: true });
  });

  it('has the same mark while it stays the same, in whatever order members come', () => {
    expect(found(['a', 'b'], ['c', 'd'], ['c', 'd'])?.item.mark).toBe(
      found(['b', 'a'], ['d', 'c'], ['d', 'c'])?.item.mark,
    );
    expect(found(['a'], [])?.item.mark).not.toBe(found(['b'], [])?.item.mark);
  });
});

describe('the rule for drift', () => {
  const item = { path: 'title', kind: 'value', expected: 'A', found: 'B', mark: 'm' } as const;
  const rules = new Map([['title', 'push' as const]]);

  it('is to report it, unless the path has another', () => {
    expect(driftRule(item, [], new Map())).toBe('report');
    expect(driftRule(item, [], rules)).toBe('push');
  });

  it('is what a person said of this object, before the rule for all', () => {
    expect(driftRule(item, [{ path: 'title', rule: 'ignore', mark: 'other' }], rules)).toBe('ignore');
    expect(driftRule(item, [{ path: 'title', rule: 'accept', mark: 'm' }], rules)).toBe('accept');
  });

  it('is asked for again when what was accepted has moved', () => {
    expect(driftRule(item, [{ path: 'title', rule: 'accept', mark: 'other' }], new Map())).toBe('report');
  });
});

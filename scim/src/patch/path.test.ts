import { describe, expect, it } from 'vitest';
import { groupType, refusal, SITE_SCHEMA, userType } from '../../test/patching.ts';
import type { Compatibility } from '../rules.ts';
import { ENTERPRISE_USER_SCHEMA as E } from '../schema/core/enterprise-user.ts';
import { USER_SCHEMA as U } from '../schema/core/user.ts';
import { asValuePath, resolvePath } from './path.ts';

function resolve(path: string, compatibility: Compatibility = 'strict', type = userType) {
  return resolvePath(type, path, { compatibility, notes: [] });
}

function textOf(path: string, compatibility: Compatibility = 'strict'): string | undefined {
  const target = resolve(path, compatibility);
  return target?.kind === 'attribute' ? target.reference.text : target?.urn;
}

describe('the forms of a path (RFC 7644 §3.5.2, PAT-13)', () => {
  it.each([
    ['nickName', 'nickName'],
    ['NICKNAME', 'nickName'],
    ['name.familyName', 'name.familyName'],
    ['emails', 'emails'],
    ['emails.type', 'emails.type'],
    ['emails[type eq "work"]', 'emails'],
    ['emails[type eq "work"].value', 'emails.value'],
    ['Emails[Type EQ "work"].VALUE', 'emails.value'],
    ['emails[value eq "a]b\\"]"].type', 'emails.type'],
    ['emails[not (type eq "work") and primary eq true]', 'emails'],
    [`${U}:userName`, 'userName'],
    [`${U}:emails[type eq "work"].value`, 'emails.value'],
    [`${E}:department`, `${E}:department`],
    [`${E.toUpperCase()}:DEPARTMENT`, `${E}:department`],
    [`${E}:manager.value`, `${E}:manager.value`],
    [`${E}:manager.$ref`, `${E}:manager.$ref`],
    [`${SITE_SCHEMA}:desks[value eq "d1"].notes`, `${SITE_SCHEMA}:desks.notes`],
    [`${SITE_SCHEMA}:tags[value eq "blue"]`, `${SITE_SCHEMA}:tags`],
    [E, E],
    [E.toLowerCase(), E],
    ['externalId', 'externalId'],
    ['meta.created', 'meta.created'],
    ['schemas', 'schemas'],
  ])('reads %s as %s (C-61)', (path, text) => {
    expect(textOf(path)).toBe(text);
  });

  it.each([`${E}.department`, `${E}.manager.value`])('reads a dot instead of the colon after a URN: %s', (path) => {
    expect(textOf(path)).toBe(path.replace('User.', 'User:'));
  });

  it.each(['manager', 'department', 'manager.value'])('finds %s in the extension in tolerant rules only', (path) => {
    expect(textOf(path, 'tolerant')).toBe(`${E}:${path}`);
    expect(textOf(path)).toBeUndefined();
  });

  it.each([
    'nosuch',
    'name.nosuch',
    'emails.',
    'name.',
    '.name',
    'name..givenName',
    ' title',
    'userName.x',
    `${E}:`,
    `${E}:nosuch`,
    'urn:nosuch:User:a',
    'nosuch[type eq "x"]',
    '[type eq "x"]',
    'emails.nosuch',
    '__proto__',
    'constructor',
    'toString',
  ])('knows no attribute of the name %s (C-64)', (path) => {
    expect(textOf(path)).toBeUndefined();
    expect(textOf(path, 'tolerant')).toBeUndefined();
  });

  it.each([
    ['emails[type eq "work"', 'invalidPath'],
    ['emails[type eq "work]', 'invalidPath'],
    ['emails[type eq "work"]value', 'invalidPath'],
    ['emails[type eq "work"].', 'invalidPath'],
    ['emails[type eq "work"].nosuch', 'invalidPath'],
    ['emails[type eq "work"].value.x', 'invalidPath'],
    ['emails[type eq "work"][0]', 'invalidPath'],
    ['emails.value[type eq "work"]', 'invalidPath'],
    ['name[givenName eq "A"]', 'invalidPath'],
    ['userName[value eq "A"]', 'invalidPath'],
    ['emails[]', 'invalidFilter'],
    ['emails[type]', 'invalidFilter'],
    ['emails[type xx "work"]', 'invalidFilter'],
    ['emails[nosuch eq "work"]', 'invalidFilter'],
    ['emails[primary gt true]', 'invalidFilter'],
    ['emails[primary eq "True"]', 'invalidFilter'],
    ['emails[emails[type eq "x"]]', 'invalidFilter'],
  ])('refuses %s with %s (PAT-14, PAT-15)', (path, scimType) => {
    expect(refusal(() => resolve(path)).scimType).toBe(scimType);
  });

  it('takes a filter of 1,000 ids for members, and one of 4,096 characters elsewhere', () => {
    const ids = Array.from({ length: 1000 }, (_, at) => `value eq "member-${at}"`).join(' or ');
    expect(resolve(`members[${ids}]`, 'strict', groupType)).toBeDefined();
    expect(refusal(() => resolve(`emails[${ids}]`)).scimType).toBe('invalidFilter');
  });
});

describe('the seed of a path', () => {
  const seedOf = (path: string, compatibility: Compatibility = 'strict') => {
    const target = resolve(path, compatibility);
    return target?.kind === 'attribute' ? target.seed : undefined;
  };

  it.each<[string, object]>([
    ['emails[type eq "work"]', { type: 'work' }],
    ['emails[Type eq "Work" and primary eq true].value', { type: 'Work', primary: true }],
    ['emails[(type eq "a" and value eq "b") and primary eq false]', { type: 'a', value: 'b', primary: false }],
    [`${SITE_SCHEMA}:tags[value eq "x"]`, { value: 'x' }],
    [`${SITE_SCHEMA}:desks[notes eq "n"]`, { notes: ['n'] }],
  ])('of %s is %j (E 8097)', (path, seed) => {
    expect(seedOf(path)).toEqual(seed);
  });

  it.each([
    'emails[type eq "a" or type eq "b"]',
    'emails[type ne "a"]',
    'emails[not (type eq "a")]',
    'emails[type pr]',
    'emails[type eq "a" and type eq "b"]',
    'emails[type eq "a" and value sw "b"]',
    'emails[type eq null]',
    'emails',
  ])('of %s is none', (path) => {
    expect(seedOf(path)).toBeUndefined();
  });

  it('has booleans for the strings of a tolerant filter, noted once', () => {
    const notes: { quirk: string }[] = [];
    const target = resolvePath(userType, 'roles[primary eq "True"].value', { compatibility: 'tolerant', notes });
    expect(target).toMatchObject({ seed: { primary: true } });
    expect(notes.map(({ quirk }) => quirk)).toEqual(['boolean-as-string']);
  });
});

describe('asValuePath', () => {
  it.each([
    ['tags eq "x"', 'tags[value eq "x"]'],
    ['tags', 'tags'],
    ['emails[type eq "work"]', 'emails[type eq "work"]'],
  ])('turns %s into %s (E 7122)', (path, valuePath) => {
    expect(asValuePath(path)).toBe(valuePath);
  });
});

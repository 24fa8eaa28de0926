import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyFilter, anyResource, naive } from '../../test/naive-filter.ts';
import { groupType, HR_SCHEMA, mira, strict, tolerant, userType } from '../../test/specimen.ts';
import type { Json, JsonObject } from '../json.ts';
import { resolveAttribute } from '../schema/resolve.ts';
import { bindElementFilter, bindFilter } from './bind.ts';
import { matches, matchesElement } from './evaluate.ts';
import { parseFilter } from './parse.ts';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

function select(text: string, resource: JsonObject = mira, rules = strict(), type = userType): boolean {
  return matches(bindFilter(parseFilter(text, undefined, rules), type, rules), resource);
}

const hr = (expression: string) => `${HR_SCHEMA}:${expression}`;

describe('matches', () => {
  it.each([
    ['USERNAME Eq "MIRA"', true],
    ['not(title pr) and active eq true', true],
    ['userName eq "x" or userName eq "mira" and title pr', false],
    ['emails[type eq "work" and value co "home"]', false],
    ['emails.type eq "work" and emails.value co "home"', true],
    ['emails co "acme.example"', true],
    ['emails[type eq "work" or (type eq "home" and value ew "@home.example")]', true],
    ['title eq null', true],
    ['urn:ietf:params:scim:schemas:core:2.0:User:userName sw "MI"', true],
    ['urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value pr', false],
  ])('decides the vector %s as %s (RFC 7644 §3.4.2.2)', (text, expected) => {
    expect(select(text)).toBe(expected);
  });

  it.each([
    'active gt true',
    'name eq "Mira"',
    'userName regex "m.*"',
    'userName eq mira',
    "userName eq 'mira'",
    'emails[name.x eq 1]',
    '(userName pr',
    'userName eq "a" and',
  ])('refuses the vector %s with invalidFilter (RFC 7644 §3.4.2.2)', (text) => {
    expect(() => select(text)).toThrow(expect.objectContaining({ status: 400, scimType: 'invalidFilter' }));
  });

  describe('any value of a multi-valued attribute (FIL-10, FIL-11)', () => {
    it.each([
      ['emails.value eq "M@HOME.example"', true],
      ['emails.value eq "other"', false],
      ['emails.value ne "m@acme.example"', true],
      ['emails.type ne "work"', true],
      ['not (emails.type eq "work")', false],
      ['phoneNumbers.value ne "tel:+1"', false],
      ['phoneNumbers.type ne "work"', true],
      ['phoneNumbers.type eq null', true],
      ['emails.type eq null', false],
      ['emails.display pr', false],
      ['emails[primary eq true].value sw "m@acme"', true],
      ['emails[primary eq true].value sw "m@home"', false],
      ['emails[not (type eq "work")]', true],
      ['phoneNumbers[not (value pr)]', false],
      ['ims[not (value pr)]', false],
      [hr('tags eq "blue"'), true],
      [hr('tags[value sw "gr" and value ew "en"]'), true],
      [hr('tags[value sw "gr" and value ew "ue"]'), false],
      [hr('levels gt 4'), true],
      [hr('levels gt 5'), false],
      [hr('levels[value gt 1 and value lt 5]'), false],
      [hr('levels gt 1 and levels lt 5').replace(' and levels', ` and ${HR_SCHEMA}:levels`), true],
      [hr('contract.notes eq "second"'), true],
      [hr('contract[start pr and notes co "sec"]'), true],
      ['name[givenName eq "mira" and not (middleName pr)]', true],
      ['name[middleName pr]', false],
    ])('decides %s as %s', (text, expected) => {
      expect(select(text)).toBe(expected);
    });

    it('does not find a missing complex attribute by what it lacks', () => {
      expect(select('name[not (givenName pr)]', { userName: 'x' })).toBe(false);
    });
  });

  describe('presence (FIL-15, NUL-04)', () => {
    it.each([
      ['userName pr', mira, true],
      ['title pr', mira, false],
      ['nickName pr', mira, false],
      ['name pr', mira, true],
      ['emails pr', mira, true],
      ['addresses pr', mira, false],
      ['active pr', { active: false }, true],
      [hr('quota pr'), { [HR_SCHEMA]: { quota: 0 } }, true],
      ['name pr', { name: { givenName: '', familyName: null } }, false],
      ['name pr', { name: {} }, false],
      ['emails pr', { emails: [] }, false],
      ['emails pr', { emails: [{}, { value: '' }] }, false],
      ['emails pr', { emails: [{}, { value: 'x' }] }, true],
      ['emails.value pr', { emails: [{}, { value: 'x' }] }, true],
      [hr('tags pr'), { [HR_SCHEMA]: { tags: [] } }, false],
      [hr('contract pr'), { [HR_SCHEMA]: { contract: { notes: [''] } } }, false],
      [hr('contract pr'), { [HR_SCHEMA]: { contract: { notes: ['', 'x'] } } }, true],
    ])('decides %s of %j as %s', (text, resource, expected) => {
      expect(select(text, resource)).toBe(expected);
    });
  });

  describe('an attribute without value (FIL-16, AMB-09)', () => {
    it.each([
      ['title eq "x"', false],
      ['title ne "x"', true],
      ['title co ""', false],
      ['title gt ""', false],
      ['title le "x"', false],
      ['title eq null', true],
      ['title ne null', false],
      ['userName eq null', false],
      ['userName ne null', true],
      ['nickName eq null', true],
      ['nickName eq ""', true],
      ['nickName co ""', true],
      ['ims.value ne "x"', true],
      ['ims.value eq null', true],
      ['ims eq null', true],
      ['emails eq null', false],
      ['name eq null', false],
      ['name.middleName ne "x"', true],
      [`${ENTERPRISE}:manager.value ne "x"`, true],
      [`${ENTERPRISE}:department eq null`, true],
      [hr('constructor pr'), false],
      [hr('constructor eq null'), true],
    ])('decides %s as %s', (text, expected) => {
      expect(select(text)).toBe(expected);
    });

    it('reads null and an empty array as no value (NUL-01)', () => {
      expect(select('title eq null', { title: null })).toBe(true);
      expect(select('title ne "x"', { title: null })).toBe(true);
      expect(select('emails.value ne "x"', { emails: [] })).toBe(true);
      expect(select('emails[value ne "x"]', { emails: null })).toBe(false);
      expect(select('emails[value ne "x"]', { emails: [] })).toBe(false);
    });

    it('takes a value of another type for none', () => {
      expect(select('active eq true', { active: 'true' })).toBe(false);
      expect(select('active ne true', { active: 'true' })).toBe(true);
      expect(select('name.givenName eq "x"', { name: 'x' })).toBe(false);
    });
  });

  describe('operators by type (FIL-17, FIL-19, FIL-20, FIL-30, C-36)', () => {
    it.each([
      ['userName ne "MIRA"', false],
      ['userName ne "x"', true],
      ['userName co "IR"', true],
      ['userName sw "IR"', false],
      ['userName ew "RA"', true],
      ['userName ew "MI"', false],
      ['userName co ""', true],
      ['userName gt "MIQ"', true],
      ['userName gt "mira"', false],
      ['userName ge "MIRA"', true],
      ['userName lt "mirb"', true],
      ['userName le "mira"', true],
      ['userName le "miqz"', false],
      ['id eq "7D0C2F9E-52A1-7A57-9F0E-6D1B7F0A9C11"', false],
      ['externalId eq "hr-000417-A"', true],
      ['externalId eq "HR-000417-A"', false],
      ['externalId co "-a"', false],
      ['schemas eq "urn:ietf:params:scim:schemas:core:2.0:User"', true],
      [`schemas eq "${ENTERPRISE}"`, false],
      ['meta.resourceType eq "User"', true],
      ['meta.version eq "W/\\"1\\""', true],
      ['meta.location ew "6d1b7f0a9c11"', true],
      ['meta.created eq "2026-03-01T09:30:00+01:00"', true],
      ['meta.lastModified gt "2026-03-02T09:59:59.999Z"', true],
      ['meta.lastModified lt "2026-03-02T10:00:00Z"', false],
      [hr('hiredAt eq "2026-03-01T07:30:00Z"'), true],
      [hr('quota eq 3.0'), true],
      [hr('quota ge 4'), false],
      [hr('ratio lt 1.6'), true],
      [hr('badge eq "AQID"'), true],
      [hr('badge ne "AQIE"'), true],
      [hr('homepage eq "https://acme.example/mira"'), false],
    ])('decides %s as %s', (text, expected) => {
      expect(select(text)).toBe(expected);
    });

    it('compares what differs only in normalisation or width (I18-07, C-30)', () => {
      expect(select('displayName eq "e\u0301"', { displayName: '\u00c9' })).toBe(true);
      expect(select('userName eq "mira"', { userName: '\uff2d\uff29\uff32\uff21' })).toBe(true);
      expect(select('displayName eq "strasse"', { displayName: 'stra\u00dfe' })).toBe(false);
      expect(select('displayName eq "\u00c5SA \u{1f600}"', { displayName: '\u00e5sa \u{1f600}' })).toBe(true);
    });

    it('orders strings by code point', () => {
      expect(select('displayName gt "\uffee"', { displayName: '\u{1f600}' })).toBe(true);
    });
  });

  describe('what clients send', () => {
    const user: JsonObject = {
      id: 'U77',
      userName: 'a+b@x',
      active: true,
      name: { familyName: 'E' },
      emails: [{ type: 'work', value: 'A@example.org' }],
      [ENTERPRISE]: { manager: { value: 'U12' } },
      meta: { lastModified: '2026-03-02T10:00:00.000Z' },
    };

    it.each([
      ['V21, ConnId', 'username eq "A+B@X"'],
      [
        'V22',
        'active eq true and (meta.lastModified ge "0001-01-03T00:00:00.0000000Z" and meta.lastModified le "2026-11-24T00:00:00Z")',
      ],
      ['V23', 'name.FamilyName eq "E" and (emails.Value co "example.com" or emails.Value co "example.org")'],
      ['V26, authentik', 'userName eq a+b@x'],
      ['Entra, looking for a manager', 'id eq "U77" and manager eq "U12"'],
      ['Entra, in the other order', 'manager eq "U12" and id eq "U77"'],
      ['C-28', 'userName eq "A+b@X"'],
      ['C-29', 'emails[type eq "work"].value eq "a@example.org"'],
      ['C-34', 'emails.primary eq null and not (profileUrl pr)'],
    ])('matches %s: %s', (_source, text) => {
      expect(select(text, user, tolerant())).toBe(true);
    });

    it.each([
      ['C-31', 'Say "hi" \\ (now)', 'displayName eq "Say \\"hi\\" \\\\ (now)"'],
      ['C-31, brackets', 'a] and [b', 'displayName eq "a] and [b"'],
      ['C-32', 'EDU All personal', 'displayName eq "edu all personal"'],
      ['C-37', 'N', 'displayName eq "N"'],
      ['a name with parentheses', 'LACreateGroup-(1a2b3c4d)', 'displayName eq "LACreateGroup-(1a2b3c4d)"'],
      ['an apostrophe', "O'Brien's", 'displayName eq "O\'Brien\'s"'],
    ])('matches a group by its name (%s)', (_source, displayName, text) => {
      expect(select(text, { displayName }, tolerant(), groupType)).toBe(true);
      expect(select(text, { displayName: `${displayName}x` }, tolerant(), groupType)).toBe(false);
    });

    it('finds members by id, case-exact (AMB-36)', () => {
      const group = { displayName: 'N', members: [{ value: 'a' }, { value: 'b' }] };
      expect(select('members eq "b"', group, strict(), groupType)).toBe(true);
      expect(select('members[value eq "a" or value eq "c"]', group, strict(), groupType)).toBe(true);
      expect(select('members.value eq "A"', group, strict(), groupType)).toBe(false);
    });

    it('evaluates every term of a compound filter (C-35)', () => {
      expect(select('userName eq "a+b@x" and active eq true and title pr', user)).toBe(false);
      expect(select('title pr or nickName pr or id eq "U77"', user)).toBe(true);
      expect(select('externalId eq "x"', user)).toBe(false);
    });
  });

  it('gives what a constant says', () => {
    expect(matches({ kind: 'constant', value: true }, {})).toBe(true);
    expect(matches({ kind: 'constant', value: false }, mira)).toBe(false);
  });

  it('needs no memory or time beyond one walk for a conjunction of alternatives', () => {
    // Multiplied out, these are 2^30 conjunctions: more than a test has time or memory for.
    const text = Array.from({ length: 30 }, () => '(userName eq "a" or userName eq "mira")').join(' and ');
    const filter = bindFilter(parseFilter(text), userType, strict());
    expect(matches(filter, mira)).toBe(true);
  });
});

describe('matchesElement', () => {
  const selects = (path: string, text: string, element: Json) => {
    const parent = resolveAttribute(userType, path, { guessExtension: false });
    return parent && matchesElement(bindElementFilter(parseFilter(text), parent, strict()), element);
  };

  it('selects elements of a complex attribute', () => {
    expect(selects('emails', 'type eq "work" and value ew "@x"', { type: 'Work', value: 'a@x' })).toBe(true);
    expect(selects('emails', 'type eq "work" and value ew "@x"', { type: 'home', value: 'a@x' })).toBe(false);
    expect(selects('emails', 'not (type pr)', { value: 'a@x' })).toBe(true);
  });

  it('selects elements of a simple attribute', () => {
    expect(selects(`${HR_SCHEMA}:tags`, 'value sw "bl"', 'Blue')).toBe(true);
    expect(selects(`${HR_SCHEMA}:levels`, 'value gt 3', 3)).toBe(false);
  });
});

describe('matches and a naive evaluator of its own', () => {
  it('agree on every filter and resource', () => {
    fc.assert(
      fc.property(anyFilter, anyResource, (filter, resource) => {
        const bound = bindFilter(filter, userType, strict());
        expect(matches(bound, resource)).toBe(naive(filter, resource));
      }),
      { numRuns: 10_000 },
    );
  });
});

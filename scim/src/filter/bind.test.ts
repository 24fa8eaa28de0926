import { describe, expect, it } from 'vitest';
import { groupType, HR_SCHEMA, strict, tolerant, userType } from '../../test/specimen.ts';
import type { Rules } from '../rules.ts';
import { resolveAttribute } from '../schema/resolve.ts';
import type { AttributeReference } from '../schema/resource-type.ts';
import type { BoundFilter } from './ast.ts';
import { bindElementFilter, bindFilter } from './bind.ts';
import { parseFilter } from './parse.ts';

const bind = (text: string, rules: Rules = strict()) => bindFilter(parseFilter(text), userType, rules);
const bindAbsent = (text: string, type = groupType) => bindFilter(parseFilter(text), type, strict(), 'absent');
const hr = (name: string) => `${HR_SCHEMA}:${name}`;

function reference(text: string, type = userType): AttributeReference {
  const found = resolveAttribute(type, text, { guessExtension: false });
  if (found === undefined) throw new Error(`${text} is not an attribute of ${type.name}.`);
  return found;
}

const compared = (text: string, operator: string, key: unknown) => ({ kind: 'compare', path: { text }, operator, key });

describe('bindFilter', () => {
  it.each([
    ['USERNAME eq "Mira"', 'userName', 'mira'],
    ['id eq "A-1"', 'id', 'A-1'],
    ['externalId eq "A-1"', 'externalId', 'A-1'],
    ['meta.LASTMODIFIED eq "2026-03-01T10:00:00+02:00"', 'meta.lastModified', Date.UTC(2026, 2, 1, 8)],
    ['meta.version eq "W/\\"1\\""', 'meta.version', 'W/"1"'],
    ['meta.location eq "https://a/B"', 'meta.location', 'https://a/B'],
    ['schemas eq "URN:Example"', 'schemas', 'urn:example'],
    ['urn:ietf:params:scim:schemas:core:2.0:User:name.givenName eq "X"', 'name.givenName', 'x'],
    ['active eq true', 'active', true],
    [`${hr('quota')} eq 3`, hr('quota'), 3],
    [`${hr('ratio')} eq 1.50`, hr('ratio'), 1.5],
    [`${hr('badge')} eq "AQID"`, hr('badge'), '010203'],
    [`${hr('homepage')} eq "https://a/B"`, hr('homepage'), 'https://a/B'],
    [`${hr('tags')} eq "Blue"`, hr('tags'), 'blue'],
  ])('looks up %s and makes a key of its value (FIL-08, FIL-20, FIL-22, FIL-28)', (text, path, key) => {
    expect(bind(text)).toMatchObject(compared(path, 'eq', key));
  });

  it.each([
    ['emails co "Acme"', 'emails.value', 'acme'],
    ['groups co "G1"', 'groups.value', expect.any(String)],
    [
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager co "U12"',
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value',
      'U12',
    ],
  ])('reads the complex attribute of %s as its value (FIL-14)', (text, path, key) => {
    expect(bind(text)).toMatchObject(compared(path, 'co', key));
  });

  it.each([
    ['name eq "Mira"', '"name" at position 1 is complex; compare one of its sub-attributes: formatted, familyName,'],
    [
      'title pr and addresses eq "x"',
      '"addresses" at position 14 is complex; compare one of its sub-attributes: formatted,',
    ],
    ['meta eq "x"', '"meta" at position 1 is complex'],
  ])('refuses to compare the complex attribute of %s (FIL-14)', (text, detail) => {
    expect(() => bind(text)).toThrow(detail);
  });

  it('allows presence and null of any complex attribute (FIL-14, FIL-16)', () => {
    expect(bind('name pr')).toMatchObject({ kind: 'present', path: { text: 'name' } });
    expect(bind('emails pr')).toMatchObject({ kind: 'present', path: { text: 'emails', sub: undefined } });
    expect(bind('name eq null')).toMatchObject(compared('name', 'eq', null));
    expect(bind('emails ne null')).toMatchObject(compared('emails', 'ne', null));
  });

  it.each(['gt', 'ge', 'lt', 'le', 'co', 'sw', 'ew'])('refuses title %s null', (operator) => {
    expect(() => bind(`title ${operator} null`)).toThrow(
      '"title" at position 1 can be compared with null by eq and ne only.',
    );
  });

  const text = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'];
  const ordered = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'];
  const matrix: [string, string, string[]][] = [
    ['userName', '"a"', text],
    [hr('homepage'), '"a"', text],
    ['active', 'true', ['eq', 'ne']],
    [hr('quota'), '1', ordered],
    [hr('ratio'), '1', ordered],
    [hr('hiredAt'), '"2026-03-01T08:30:00Z"', ordered],
    [hr('badge'), '"AQID"', ['eq', 'ne']],
    ['x509Certificates', '"AQID"', ['eq', 'ne']],
  ];
  it.each(matrix)('compares %s with %s by %j only (FIL-17)', (path, value, allowed) => {
    for (const operator of text) {
      const attempt = () => bind(`${path} ${operator} ${value}`);
      if (allowed.includes(operator)) expect(attempt()).toMatchObject({ kind: 'compare', operator });
      else
        expect(attempt).toThrow(
          expect.objectContaining({
            scimType: 'invalidFilter',
            message: expect.stringContaining(`"${operator}" does not compare`),
          }),
        );
    }
    expect(bind(`${path} pr`)).toMatchObject({ kind: 'present' });
  });

  it.each([
    ['userName eq 5', '"userName" at position 1 is compared with a string only.'],
    ['userName eq true', '"userName" at position 1 is compared with a string only.'],
    ['active eq "true"', '"active" at position 1 is compared with true or false only.'],
    ['active eq 1', '"active" at position 1 is compared with true or false only.'],
    [`${hr('quota')} eq "3"`, 'is compared with a number only.'],
    [`${hr('hiredAt')} gt "2026-03-01"`, 'is compared with a date and time such as "2026-03-01T08:30:00Z" only.'],
    ['meta.created gt "yesterday"', '"meta.created" at position 1 is compared with a date and time'],
    [`${hr('badge')} eq "%%"`, 'is compared with a string in base64 only.'],
  ])('refuses %s, a value of another type, in strict (FIL-18)', (text, detail) => {
    expect(() => bind(text)).toThrow(
      expect.objectContaining({ scimType: 'invalidFilter', message: expect.stringContaining(detail) }),
    );
  });

  it.each([
    ['active eq "True"', 'active', true],
    ['active eq "false"', 'active', false],
    ['roles.primary eq "TRUE"', 'roles.primary', true],
  ])('reads the boolean of %s in tolerant, with a note', (text, path, key) => {
    const rules = tolerant();
    expect(bind(text, rules)).toMatchObject(compared(path, 'eq', key));
    expect(rules.notes).toEqual([{ quirk: 'boolean-as-string', detail: `"${path}" at position 1 of the filter` }]);
  });

  it('refuses a string that is no boolean in tolerant too', () => {
    expect(() => bind('active eq "yes"', tolerant())).toThrow(
      '"active" at position 1 is compared with true or false only.',
    );
  });

  it.each([strict(), tolerant()])(
    'refuses an unknown attribute, with its position (FIL-24, C-38; rules %#)',
    (rules) => {
      expect(() => bind('title pr and usrName eq "x"', rules)).toThrow(
        expect.objectContaining({
          scimType: 'invalidFilter',
          message: '"usrName" at position 14 is not an attribute of User.',
        }),
      );
      expect(() => bind('name.surname pr', rules)).toThrow('"name.surname" at position 1 is not an attribute of User.');
      expect(() => bind('urn:example:none:thing pr', rules)).toThrow('"urn:example:none:thing" at position 1');
    },
  );

  it('does not guess an extension in strict, but says what to write (FIL-09)', () => {
    expect(() => bind('manager eq "U12"')).toThrow(
      '"manager" at position 1 is not an attribute of User; write urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.',
    );
  });

  it('finds manager eq "U12" in the extension in tolerant, with a note', () => {
    const rules = tolerant();
    expect(bind('id eq "U77" and manager eq "U12"', rules)).toMatchObject({
      kind: 'and',
      filters: [
        compared('id', 'eq', 'U77'),
        compared('urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value', 'eq', 'U12'),
      ],
    });
    expect(rules.notes).toEqual([{ quirk: 'unqualified-extension-attribute', detail: 'manager' }]);
  });

  it('guesses nothing where two extensions have the attribute', () => {
    expect(() => bind('department eq "x"', tolerant())).toThrow(
      '"department" at position 1 is not an attribute of User.',
    );
  });

  it.each([
    'password eq "x"',
    'password pr',
    hr('secret pr'),
    hr('token sw "a"'),
    hr('contract.pin pr'),
    hr('contract[pin pr]'),
  ])('refuses %s, which is never returned (FIL-31, ATT-09)', (text) => {
    for (const rules of [strict(), tolerant()]) {
      expect(() => bind(text, rules)).toThrow(
        expect.objectContaining({ scimType: 'invalidFilter', message: expect.stringContaining('is never returned') }),
      );
    }
  });

  it('binds brackets relative to the element (FIL-13)', () => {
    expect(bind('emails[TYPE eq "Work" and primary eq true]')).toMatchObject({
      kind: 'element',
      path: { text: 'emails', sub: undefined },
      filter: {
        kind: 'and',
        filters: [
          { path: { extension: undefined, attribute: { name: 'type' }, sub: undefined, text: 'type' }, key: 'work' },
          { path: { attribute: { name: 'primary' }, text: 'primary' }, key: true },
        ],
      },
    });
  });

  it('knows the element of a simple multi-valued attribute as value', () => {
    expect(bind(hr('tags[Value eq "Blue"]'))).toMatchObject({
      kind: 'element',
      filter: { path: { attribute: { name: 'tags' }, text: 'value' }, key: 'blue' },
    });
    expect(() => bind(hr('tags[type eq "x"]'))).toThrow(`is not an attribute of ${HR_SCHEMA}:tags.`);
  });

  it('reads brackets on a complex attribute with one value as a dot', () => {
    expect(bind('name[givenName eq "Mira"]')).toMatchObject({
      kind: 'and',
      filters: [{ kind: 'present', path: { text: 'name' } }, compared('name.givenName', 'eq', 'mira')],
    });
  });

  it.each([
    ['userName[value eq "x"]', '"userName" at position 1 is not multi-valued and takes no [ ].'],
    ['emails.value[value eq "x"]', '"emails.value" at position 1 is not multi-valued and takes no [ ].'],
    [hr('contract.notes[value pr]'), 'is not multi-valued and takes no [ ].'],
    ['emails[colour eq "x"]', '"colour" at position 8 is not an attribute of emails.'],
    ['emails[type gt true]', '"type" at position 8 is compared with a string only.'],
    ['emails[type eq "work"].colour pr', '"colour" at position 24 is not an attribute of emails.'],
    ['colours[value pr]', '"colours" at position 1 is not an attribute of User.'],
  ])('refuses %s', (text, detail) => {
    expect(() => bind(text)).toThrow(
      expect.objectContaining({
        scimType: 'invalidFilter',
        message: detail.startsWith('"') ? detail : expect.stringContaining(detail),
      }),
    );
  });

  describe('over several resource types (FIL-23, RFC 7644 §3.4.2.1)', () => {
    const constant = (value: boolean) => ({ kind: 'constant', value });

    it.each([
      ['userName pr', false],
      ['userName eq "mira"', false],
      ['userName ne "mira"', true],
      ['userName eq null', true],
      ['userName ne null', false],
      ['userName gt 5', false],
      ['emails[type eq "work"]', false],
      ['not (userName pr)', true],
      ['not (userName ne "x")', false],
      ['userName pr or emails pr', false],
      ['userName pr or title ne "x"', true],
      ['userName ne "x" and title ne "x"', true],
      ['displayName pr and userName pr', false],
      ['displayName pr or title ne "x"', true],
      ['meta.resourceType eq "Group"', true],
      ['meta.resourceType eq "User"', false],
      ['meta.resourceType pr', true],
      ['meta.resourceType eq null', false],
      ['meta.resourceType eq "User" and displayName eq "x"', false],
      ['not (meta.resourceType eq "User")', true],
    ])('decides %s for groups without a resource: %s', (text, value) => {
      expect(bindAbsent(text)).toEqual(constant(value));
    });

    it('leaves out what is decided', () => {
      const displayName = compared('displayName', 'eq', 'x');
      expect(bindAbsent('userName eq "x" or displayName eq "x"')).toMatchObject(displayName);
      expect(bindAbsent('meta.resourceType eq "Group" and displayName eq "x"')).toMatchObject(displayName);
      expect(bindAbsent('userName eq "x" or displayName eq "x" or id eq "y"')).toMatchObject({
        kind: 'or',
        filters: [displayName, compared('id', 'eq', 'y')],
      });
    });

    it('treats an unknown sub-attribute in brackets the same way', () => {
      expect(bindAbsent('members[colour eq "x"]')).toEqual(constant(false));
      expect(bindAbsent('members[colour ne "x"]')).toMatchObject({ kind: 'element', filter: constant(true) });
    });

    it('still refuses what is wrong for a type that has the attribute', () => {
      expect(() => bindAbsent('password pr', userType)).toThrow('never returned');
      expect(() => bindAbsent('displayName eq 5')).toThrow('is compared with a string only');
      expect(() => bindAbsent('userName gt null')).toThrow('by eq and ne only');
    });
  });
});

describe('bindElementFilter', () => {
  const inElement = (text: string, parent: AttributeReference, rules = strict()): BoundFilter =>
    bindElementFilter(parseFilter(text), parent, rules);

  it('binds the filter of a PATCH path to the elements of its attribute', () => {
    expect(inElement('value eq "a" or value eq "b"', reference('members', groupType))).toMatchObject({
      kind: 'or',
      filters: [{ path: { text: 'value' } }, { path: { text: 'value' } }],
    });
  });

  it('coerces roles[primary eq "True"] in tolerant', () => {
    const rules = tolerant();
    expect(inElement('primary eq "True"', reference('roles'), rules)).toMatchObject({ key: true });
    expect(rules.notes).toMatchObject([{ quirk: 'boolean-as-string' }]);
  });

  it.each([
    ['name.x eq 1', 'emails'],
    ['emails[type pr]', 'emails'],
    ['meta.resourceType eq "User"', 'emails'],
    ['value eq 1', 'emails'],
    ['value pr', 'name'],
  ])('refuses %s inside %s', (text, parent) => {
    expect(() => inElement(text, reference(parent))).toThrow(expect.objectContaining({ scimType: 'invalidFilter' }));
  });

  it('binds to the one value of a complex attribute', () => {
    expect(inElement('givenName pr', reference('name'))).toMatchObject({
      kind: 'present',
      path: { text: 'givenName' },
    });
  });
});

import type { JsonObject } from '@rollcall/scim';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTargetPath, readTargetPath, TargetPathInvalid, writeTargetPath } from './target-path.ts';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const write = (values: readonly (readonly [string, string | boolean])[], document: JsonObject = {}) =>
  values.reduce((written, [path, value]) => writeTargetPath(written, path, value), document);

describe('A target path', () => {
  it('is taken apart into extension, attribute, brackets and sub-attribute', () => {
    expect(parseTargetPath('userName')).toMatchObject({ attribute: 'userName', sub: undefined, terms: undefined });
    expect(parseTargetPath('name.givenName')).toMatchObject({ attribute: 'name', sub: 'givenName' });
    expect(parseTargetPath('emails[type eq "work"].value')).toMatchObject({
      attribute: 'emails',
      terms: [{ name: 'type', value: 'work' }],
      sub: 'value',
    });
    expect(parseTargetPath(`${ENTERPRISE}:manager.value`)).toMatchObject({
      extension: ENTERPRISE,
      attribute: 'manager',
      sub: 'value',
    });
  });

  it('may stand behind the URN of the core schema', () => {
    expect(parseTargetPath('urn:ietf:params:scim:schemas:core:2.0:User:userName')).toMatchObject({
      extension: undefined,
      attribute: 'userName',
    });
  });

  it('has the same key in any case and order', () => {
    const key = parseTargetPath('emails[type eq "work" and primary eq true].value').key;
    expect(parseTargetPath('Emails[primary eq true and type eq "WORK"].Value').key).toBe(key);
  });

  it.each([
    '',
    'a.b.c',
    'emails[type eq "work"',
    'emails]',
    'emails[type eq "work"]value',
    'emails[type eq "work"].',
    'emails[type co "work"].value',
    'emails[type eq "work" or type eq "home"].value',
    'a b',
    '__proto__',
    'urn:x:',
  ])('is refused when it is %j', (text) => {
    expect(() => parseTargetPath(text)).toThrow(TargetPathInvalid);
  });

  it('is refused, and never anything worse, for any text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', '.', '[', ']', '"', ' ', 'eq', 'urn:', ':', '\\', '1') }),
        (text) => {
          try {
            parseTargetPath(text);
          } catch (error) {
            expect(error).toBeInstanceOf(TargetPathInvalid);
          }
        },
      ),
    );
  });
});

describe('Reading under a path', () => {
  const document: JsonObject = {
    userName: 'mia',
    name: { givenName: 'Mia' },
    emails: [
      { type: 'Work', value: 'mia@acme.example' },
      { type: 'home', value: 'mia@home.example' },
    ],
    roles: [{ value: 'reader' }, { value: 'admin', primary: true }],
    [ENTERPRISE.toLowerCase()]: { Department: 'Sales', manager: { value: 't7', displayName: 'Kai' } },
  };

  it('finds names, URNs and the values in brackets in any case', () => {
    expect(readTargetPath(document, 'username')).toBe('mia');
    expect(readTargetPath(document, 'Name.GivenName')).toBe('Mia');
    expect(readTargetPath(document, 'emails[type eq "work"].value')).toBe('mia@acme.example');
    expect(readTargetPath(document, `${ENTERPRISE}:department`)).toBe('Sales');
    expect(readTargetPath(document, 'roles[primary eq "True"].value')).toBe('admin');
  });

  it('gives the value of a complex attribute, and the values of several elements', () => {
    expect(readTargetPath(document, `${ENTERPRISE}:manager`)).toBe('t7');
    expect(readTargetPath(document, 'emails.value')).toEqual(['mia@acme.example', 'mia@home.example']);
  });

  it('gives nothing where there is nothing', () => {
    for (const path of ['title', 'name.familyName', 'emails[type eq "other"].value', 'urn:x:User:y', 'userName.sub']) {
      expect(readTargetPath(document, path)).toBeUndefined();
    }
  });
});

describe('Writing under a path', () => {
  it('makes nested objects, and one element of several sub-attributes', () => {
    const document = write([
      ['userName', 'mia'],
      ['name.givenName', 'Mia'],
      ['name.familyName', 'Ortiz'],
      ['addresses[type eq "work"].locality', 'Berlin'],
      ['addresses[type eq "work"].country', 'DE'],
      ['addresses[type eq "other"].country', 'ES'],
      [`${ENTERPRISE}:department`, 'Sales'],
      [`${ENTERPRISE}:manager`, 't7'],
    ]);
    expect(document).toEqual({
      userName: 'mia',
      name: { givenName: 'Mia', familyName: 'Ortiz' },
      addresses: [
        { type: 'work', locality: 'Berlin', country: 'DE' },
        { type: 'other', country: 'ES' },
      ],
      [ENTERPRISE]: { department: 'Sales', manager: 't7' },
    });
  });

  it('leaves the document that it was given as it was, and keeps what stands beside', () => {
    const before: JsonObject = { emails: [{ type: 'work', value: 'a', display: 'A' }], title: 'Clerk' };
    const copy = structuredClone(before);
    expect(writeTargetPath(before, 'emails[type eq "work"].value', 'b')).toEqual({
      emails: [{ type: 'work', value: 'b', display: 'A' }],
      title: 'Clerk',
    });
    expect(before).toEqual(copy);
  });

  it('takes values away, and elements and objects that are empty then', () => {
    const document = write([
      ['title', 'Clerk'],
      ['name.givenName', 'Mia'],
      ['emails[type eq "work"].value', 'a'],
      [`${ENTERPRISE}:department`, 'Sales'],
    ]);
    const paths = ['title', 'name.givenName', 'emails[type eq "work"].value', `${ENTERPRISE}:department`, 'nickName'];
    expect(paths.reduce((left, path) => writeTargetPath(left, path, undefined), document)).toEqual({});
  });

  it('gives back what was written', () => {
    const path = fc.constantFrom(
      'title',
      'name.givenName',
      'emails[type eq "work"].value',
      `${ENTERPRISE}:manager`,
      'x[primary eq true].y',
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(path, fc.string({ minLength: 1 }))), (values) => {
        const document = write(values);
        for (const [written, value] of new Map(values)) expect(readTargetPath(document, written)).toBe(value);
      }),
    );
  });
});

import { createCatalogue, type JsonObject } from '@rollcall/scim';
import { describe, expect, it } from 'vitest';
import type { ObjectType } from '../source.ts';
import { compileSourceAttribute } from './compile-source-attribute.ts';
import { SourceAttributeUnknown } from './source-attribute.ts';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const catalogue = createCatalogue({
  schemas: [
    {
      id: 'urn:acme:User',
      name: 'Acme',
      description: '',
      attributes: [
        {
          name: 'badge',
          type: 'integer',
          multiValued: false,
          description: '',
          required: false,
          caseExact: false,
          mutability: 'readWrite',
          returned: 'default',
          uniqueness: 'none',
        },
      ],
    },
  ],
  extensions: [{ resourceType: 'User', schema: 'urn:acme:User', required: false }],
});

function compile(name: string, type: ObjectType = 'User') {
  const resourceType = catalogue.resourceTypes.get(type);
  if (resourceType === undefined) throw new Error(`There is no ${type}`);
  return compileSourceAttribute(name, type, resourceType);
}

const read = (name: string, document: JsonObject, softDeleted = false) =>
  compile(name).read({ type: 'User', id: 'u1', version: 1, label: '', document }, softDeleted);

const mia: JsonObject = {
  id: 'u1',
  userName: 'mia.ortiz@acme.example',
  active: true,
  name: { givenName: 'Mia', familyName: 'Ortiz' },
  title: 'Engineer',
  userType: 'Employee',
  emails: [
    { type: 'home', value: 'mia@home.example', primary: true },
    { type: 'work', value: 'mia@acme.example' },
  ],
  phoneNumbers: [{ type: 'mobile', value: '+49 170 1' }, { value: '+49 30 2' }, { type: 'fax', value: '+49 30 3' }],
  addresses: [
    { type: 'home', locality: 'Potsdam', region: 'Brandenburg' },
    {
      type: 'work',
      formatted: 'Room 7',
      streetAddress: 'Am Platz 1',
      locality: 'Berlin',
      postalCode: '10115',
      country: 'DE',
    },
  ],
  roles: [{ value: 'admin', display: 'Administrator', primary: true }, { value: 'reader' }],
  [ENTERPRISE]: { employeeNumber: '42', department: 'Sales', organization: 'Acme', manager: { value: 'u7' } },
  'urn:acme:User': { badge: 7 },
};

describe("Entra's names", () => {
  it.each([
    ['objectId', 'u1'],
    ['userPrincipalName', 'mia.ortiz@acme.example'],
    ['originalUserPrincipalName', 'mia.ortiz@acme.example'],
    ['mailNickname', 'mia.ortiz'],
    ['accountEnabled', true],
    ['givenName', 'Mia'],
    ['surname', 'Ortiz'],
    ['SURNAME', 'Ortiz'],
    ['jobTitle', 'Engineer'],
    ['employeeType', 'Employee'],
    ['employeeId', '42'],
    ['department', 'Sales'],
    ['companyName', 'Acme'],
    ['manager', 'u7'],
    ['mail', 'mia@acme.example'],
    ['otherMails', 'mia@home.example'],
    ['proxyAddresses', ['mia@home.example', 'mia@acme.example']],
    ['telephoneNumber', '+49 30 2'],
    ['mobile', '+49 170 1'],
    ['facsimileTelephoneNumber', '+49 30 3'],
    ['physicalDeliveryOfficeName', 'Room 7'],
    ['streetAddress', 'Am Platz 1'],
    ['city', 'Berlin'],
    ['postalCode', '10115'],
    ['country', 'DE'],
  ])('%s gives %j', (name, value) => {
    expect(read(name, mia)).toEqual(value);
  });

  it('state is not taken from another address than city', () => {
    expect(read('state', mia)).toBeNull();
  });

  it('mail is the work address, else the primary, else the first', () => {
    const emails = [{ value: 'first' }, { value: 'primary', primary: true }, { value: 'work', type: 'work' }];
    expect(read('mail', { emails })).toBe('work');
    expect(read('mail', { emails: emails.slice(0, 2) })).toBe('primary');
    expect(read('mail', { emails: emails.slice(0, 1) })).toBe('first');
    expect(read('mail', {})).toBeNull();
  });

  it("a guest's userPrincipalName is the address that it was made of", () => {
    const userName = 'kai_berg_partner.example#EXT#@acme.example';
    expect(read('userPrincipalName', { userName })).toBe('kai_berg@partner.example');
    expect(read('originalUserPrincipalName', { userName })).toBe(userName);
  });

  it('accountEnabled is true of an account that does not say', () => {
    expect(read('accountEnabled', {})).toBe(true);
    expect(read('accountEnabled', { active: false })).toBe(false);
    expect(read('active', {})).toBeNull();
  });

  it('appRoleAssignments gives roles with their names', () => {
    expect(read('appRoleAssignments', mia)).toEqual([
      { value: 'admin', display: 'Administrator', primary: true },
      { value: 'reader' },
    ]);
  });

  it('IsSoftDeleted is computed from the scope, of users and groups', () => {
    expect(read('IsSoftDeleted', mia, true)).toBe(true);
    expect(read('isSoftDeleted', mia, false)).toBe(false);
    expect(compile('IsSoftDeleted', 'Group').ofScope).toBe(true);
  });

  it('of a group are fewer', () => {
    expect(compile('objectId', 'Group').name).toBe('objectId');
    expect(() => compile('surname', 'Group')).toThrow(SourceAttributeUnknown);
  });
});

describe('SCIM paths of the directory', () => {
  it.each([
    ['title', 'Engineer'],
    ['name.familyName', 'Ortiz'],
    ['active', true],
    ['emails[type eq "work"].value', 'mia@acme.example'],
    ['emails[type eq "other"].value', null],
    ['emails', ['mia@home.example', 'mia@acme.example']],
    ['emails.type', ['home', 'work']],
    ['phoneNumbers[not (type eq "fax")].value', ['+49 170 1', '+49 30 2']],
    [`${ENTERPRISE}:department`, 'Sales'],
    ['employeeNumber', '42'],
    [`${ENTERPRISE}:manager.value`, 'u7'],
    ['badge', 7],
    ['nickName', null],
    ['entitlements', null],
  ])('%s gives %j', (path, value) => {
    expect(read(path, mia)).toEqual(value);
  });

  it('may have several values without brackets only', () => {
    expect(compile('emails.value').multiValued).toBe(true);
    expect(compile('emails[type eq "work"].value').multiValued).toBe(false);
  });

  it('of the manager gives the id of an object', () => {
    expect(compile('manager')).toMatchObject({ ofObject: true });
    expect(compile(`${ENTERPRISE}:manager.displayName`)).toMatchObject({ ofObject: false });
  });

  it.each([
    ['surnam', 'Did you mean surname?'],
    ['displayname2', 'Did you mean displayName?'],
    ['zzzzzzzz', 'The directory has no attribute "zzzzzzzz" of a User.'],
    ['name', 'write one of name.formatted, name.familyName'],
    ['password', 'is not available to mappings'],
    ['members', 'no attribute "members"'],
    ['emails[type zz "work"].value', 'position'],
    ['emails[colour eq "work"].value', 'colour'],
    ['title[type eq "work"].value', 'is not a path like'],
    ['emails[type eq "work"].colour', 'emails has no sub-attribute "colour"'],
  ])('%s is refused', (path, message) => {
    expect(() => compile(path)).toThrow(message);
    expect(() => compile(path)).toThrow(SourceAttributeUnknown);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ScimError } from '../error.ts';
import type { Json } from '../json.ts';
import type { Compatibility, Rules } from '../rules.ts';
import { createCatalogue } from '../schema/catalogue.ts';
import { ENTERPRISE_USER_SCHEMA } from '../schema/core/enterprise-user.ts';
import { GROUP_SCHEMA } from '../schema/core/group.ts';
import { USER_SCHEMA } from '../schema/core/user.ts';
import type { ResourceType } from '../schema/resource-type.ts';
import { readResource } from './read-resource.ts';
import { validateDocument } from './validate.ts';

const catalogue = createCatalogue();

function typeNamed(name: string): ResourceType {
  const type = catalogue.resourceTypes.get(name);
  if (type === undefined) throw new Error(`no resource type ${name}`);
  return type;
}

const user = typeNamed('User');
const group = typeNamed('Group');
const rules = (compatibility: Compatibility): Rules => ({ compatibility, notes: [] });

function read(body: Json, compatibility: Compatibility = 'strict') {
  return readResource(user, body, rules(compatibility)).document;
}

function refusal(body: Json, compatibility: Compatibility = 'strict', type = user): ScimError {
  try {
    readResource(type, body, rules(compatibility));
  } catch (error) {
    if (error instanceof ScimError) return error;
  }
  throw new Error('was not refused');
}

const core = { schemas: [USER_SCHEMA], userName: 'mira' };

describe('readResource', () => {
  it('puts schemas first, then core attributes as sent, then extensions', () => {
    const document = read({
      [ENTERPRISE_USER_SCHEMA.toUpperCase()]: { DEPARTMENT: 'Finance' },
      displayName: 'Mira',
      USERNAME: 'mira',
      schemas: [USER_SCHEMA],
      externalId: 'hr-000417',
    });
    expect(JSON.stringify(document)).toBe(
      JSON.stringify({
        schemas: [USER_SCHEMA, ENTERPRISE_USER_SCHEMA],
        displayName: 'Mira',
        userName: 'mira',
        externalId: 'hr-000417',
        [ENTERPRISE_USER_SCHEMA]: { department: 'Finance' },
      }),
    );
  });

  it.each<Json>([null, [], 'user', 5, true])('refuses a body that is no object: %j (ERR-04)', (body) => {
    expect(refusal(body).scimType).toBe('invalidSyntax');
  });

  it('refuses two names that differ only in case (ATT-03)', () => {
    expect(refusal({ ...core, USERNAME: 'x' }).scimType).toBe('invalidSyntax');
    expect(refusal({ ...core, foo: 1, FOO: 2 }).scimType).toBe('invalidSyntax');
    expect(refusal({ ...core, [ENTERPRISE_USER_SCHEMA]: { division: 'a', DIVISION: 'b' } }).scimType).toBe(
      'invalidSyntax',
    );
  });

  it('ignores readOnly attributes without a word (RFC 7644 §3.3, C-76, C-80)', () => {
    const strict = rules('strict');
    const body = { ...core, id: 'mine', meta: { resourceType: 5 }, groups: [{ value: 'g' }] };
    expect(readResource(user, body, strict).document).toEqual(core);
    expect(strict.notes).toEqual([]);
  });

  it('ignores unknown attributes and extensions, with a note (RFC 7644 §3.1, C-79)', () => {
    const strict = rules('strict');
    const body = {
      ...core,
      shoeSize: 43,
      'urn:example:acme:User': { badge: 'x' },
      [ENTERPRISE_USER_SCHEMA]: { rank: 1 },
    };
    expect(readResource(user, body, strict).document).toEqual(core);
    expect(strict.notes.map(({ detail }) => detail)).toEqual([
      'shoeSize',
      'urn:example:acme:User',
      `${ENTERPRISE_USER_SCHEMA}:rank`,
    ]);
  });

  it('takes null, [] and empty extensions as absent (RFC 7643 §2.5, C-73)', () => {
    const body = { ...core, emails: null, roles: [], title: null, [ENTERPRISE_USER_SCHEMA]: { manager: null } };
    expect(read(body)).toEqual(core);
    expect(read({ ...core, [ENTERPRISE_USER_SCHEMA]: null })).toEqual(core);
  });

  it('checks a password and keeps nothing of it', () => {
    expect(read({ ...core, password: 'secret' })).toEqual(core);
    expect(refusal({ ...core, password: 5 }).message).toBe('password must be a string.');
  });

  it('takes an extension whose URN is missing in schemas, and a URN without its extension (RES-05)', () => {
    expect(read({ ...core, [ENTERPRISE_USER_SCHEMA]: { costCenter: '1' } }).schemas).toEqual([
      USER_SCHEMA,
      ENTERPRISE_USER_SCHEMA,
    ]);
    expect(read({ ...core, schemas: [USER_SCHEMA, ENTERPRISE_USER_SCHEMA] }).schemas).toEqual([USER_SCHEMA]);
  });

  it('names the attribute of an extension by its URN in errors', () => {
    expect(refusal({ ...core, [ENTERPRISE_USER_SCHEMA]: { division: 5 } }).message).toBe(
      `${ENTERPRISE_USER_SCHEMA}:division must be a string.`,
    );
    expect(refusal({ ...core, [ENTERPRISE_USER_SCHEMA]: 'Finance' }).scimType).toBe('invalidValue');
  });

  it.each<[string, Json]>([
    ['without schemas', { userName: 'mira' }],
    ['with null schemas', { schemas: null, userName: 'mira' }],
    ['with empty schemas', { schemas: [], userName: 'mira' }],
    ['with a string for schemas', { schemas: USER_SCHEMA, userName: 'mira' }],
    ['with only the extension in schemas', { schemas: [ENTERPRISE_USER_SCHEMA], userName: 'mira' }],
    ['with the URNs of OneLogin', { schemas: ['urn:scim:schemas:core:2.0'], userName: 'mira' }],
    ['with core attributes under the core URN', { schemas: [USER_SCHEMA], [USER_SCHEMA]: { userName: 'mira' } }],
  ])('takes a body %s in tolerant, and refuses it with invalidSyntax in strict (V17-V19, CRE-08)', (_name, body) => {
    expect(read(body, 'tolerant')).toEqual(core);
    expect(refusal(body).scimType).toBe('invalidSyntax');
  });

  it('takes an unknown URI beside the base schema in both (CRE-10)', () => {
    const schemas = [
      USER_SCHEMA.toLowerCase(),
      'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group',
    ];
    expect(read({ ...core, schemas })).toEqual(core);
    expect(read({ ...core, schemas }, 'tolerant')).toEqual(core);
  });

  it('refuses schemas that hold something else than strings', () => {
    expect(refusal({ ...core, schemas: [USER_SCHEMA, 5] }, 'tolerant').scimType).toBe('invalidSyntax');
  });

  it('takes whole paths as names in tolerant and merges them with the rest', () => {
    const body = {
      [`${USER_SCHEMA}:userName`]: 'mira',
      schemas: [USER_SCHEMA],
      'name.givenName': 'Mira',
      name: { familyName: 'Okafor' },
      [`${ENTERPRISE_USER_SCHEMA}:department`]: 'Finance',
      [ENTERPRISE_USER_SCHEMA]: { division: 'EMEA' },
      [`${ENTERPRISE_USER_SCHEMA}:manager.value`]: 'U12',
    };
    expect(read(body, 'tolerant')).toEqual({
      schemas: [USER_SCHEMA, ENTERPRISE_USER_SCHEMA],
      userName: 'mira',
      name: { familyName: 'Okafor', givenName: 'Mira' },
      [ENTERPRISE_USER_SCHEMA]: { division: 'EMEA', department: 'Finance', manager: { value: 'U12' } },
    });
  });

  it('ignores whole paths in strict, and those into elements in both', () => {
    expect(read({ ...core, 'name.givenName': 'Mira', [`${USER_SCHEMA}:title`]: 'x' })).toEqual(core);
    expect(read({ ...core, 'emails.value': 'a@x' }, 'tolerant')).toEqual(core);
    expect(read({ ...core, 'meta.created': 'x', 'name.givenName': null }, 'tolerant')).toEqual(core);
  });

  it('refuses an attribute given in its place and under its full name', () => {
    expect(refusal({ ...core, [`${USER_SCHEMA}:userName`]: 'x' }, 'tolerant').scimType).toBe('invalidSyntax');
    expect(refusal({ ...core, name: { givenName: 'A' }, 'name.givenName': 'B' }, 'tolerant').scimType).toBe(
      'invalidSyntax',
    );
    const twice = { [ENTERPRISE_USER_SCHEMA]: { division: 'A' }, [`${ENTERPRISE_USER_SCHEMA}:division`]: 'B' };
    expect(refusal({ ...core, ...twice }, 'tolerant').scimType).toBe('invalidSyntax');
  });

  it('keeps members out of a group reached by its full name', () => {
    const body = { schemas: [GROUP_SCHEMA], displayName: 'Staff', [`${GROUP_SCHEMA}:members`]: [{ value: 'a' }] };
    const { document, members } = readResource(group, body, rules('tolerant'));
    expect(document).toEqual({ schemas: [GROUP_SCHEMA], displayName: 'Staff' });
    expect(members).toEqual([{ value: 'a', sent: undefined }]);
  });

  it('tells members that are not mentioned from members that are none', () => {
    const body = { schemas: [GROUP_SCHEMA], displayName: 'Staff' };
    expect(readResource(group, body, rules('strict')).members).toBeUndefined();
    expect(readResource(group, { ...body, members: [] }, rules('strict')).members).toEqual([]);
    expect(readResource(group, { ...body, members: null }, rules('strict')).members).toEqual([]);
  });

  it("reads Entra's create as it is sent", () => {
    const body = {
      schemas: [USER_SCHEMA, ENTERPRISE_USER_SCHEMA],
      externalId: 'mia.ortiz',
      userName: 'mia.ortiz@acme.example',
      active: 'True',
      nickName: null,
      emails: [{ primary: true, type: 'work', value: 'Mia.Ortiz@ACME.example' }],
      name: { formatted: 'Mia Ortiz', familyName: 'Ortiz', givenName: 'Mia' },
      'urn:ietf:params:scim:schemas:extension:acme:2.0:User': { badge: '1' },
      [ENTERPRISE_USER_SCHEMA]: { department: 'Finance', manager: 'U12' },
      meta: { resourceType: 'User' },
      roles: [{ primary: 'True', type: 'WindowsAzureActiveDirectoryRole', value: 'Admin' }],
    };
    expect(read(body, 'tolerant')).toEqual({
      schemas: [USER_SCHEMA, ENTERPRISE_USER_SCHEMA],
      externalId: 'mia.ortiz',
      userName: 'mia.ortiz@acme.example',
      active: true,
      emails: [{ primary: true, type: 'work', value: 'Mia.Ortiz@ACME.example' }],
      name: { formatted: 'Mia Ortiz', familyName: 'Ortiz', givenName: 'Mia' },
      roles: [{ primary: true, type: 'WindowsAzureActiveDirectoryRole', value: 'Admin' }],
      [ENTERPRISE_USER_SCHEMA]: { department: 'Finance', manager: { value: 'U12' } },
    });
  });

  it('leaves prototypes alone, whatever the names', () => {
    const text =
      '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"name":{"__proto__":{"polluted":1}}}';
    const document = read({ ...core, ...JSON.parse(text) }, 'tolerant');
    expect(document).toEqual(core);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
    expect(read(JSON.parse(`{"schemas":["${USER_SCHEMA}"],"__proto__":{"userName":"x"}}`)).userName).toBeUndefined();
  });

  it('answers any JSON with a document or a ScimError, and leaves at most 50 notes', () => {
    const names = [...user.attributes.values()].map(({ name }) => name);
    const odd = ['__proto__', 'constructor', 'toString', 'name.givenName', USER_SCHEMA, ENTERPRISE_USER_SCHEMA];
    const value = fc.letrec((tie) => ({
      json: fc.oneof(
        fc.jsonValue({ maxDepth: 2 }),
        fc.constantFrom('True', '', '1', USER_SCHEMA),
        tie('object'),
        fc.array(tie('object'), { maxLength: 3 }),
      ),
      object: fc.dictionary(
        fc.oneof(fc.constantFrom(...names, ...odd, 'value', 'primary', 'type', '$ref'), fc.string()),
        tie('json'),
        { noNullPrototype: true },
      ),
    }));
    fc.assert(
      fc.property(
        fc.oneof(value.json, value.object),
        fc.constantFrom<Compatibility>('tolerant', 'strict'),
        (body, mode) => {
          const given = rules(mode);
          for (const type of [user, group]) {
            try {
              // The generator makes JSON; its type does not say so.
              validateDocument(type, readResource(type, body as Json, given).document, 'create');
            } catch (error) {
              if (!(error instanceof ScimError)) throw error;
            }
          }
          return given.notes.length <= 50 && !Object.hasOwn(Object.prototype, 'polluted');
        },
      ),
      { numRuns: 500 },
    );
  });
});

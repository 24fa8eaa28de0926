import { describe, expect, it } from 'vitest';
import { createCatalogue } from './catalogue.ts';
import { ENTERPRISE_USER_SCHEMA } from './core/enterprise-user.ts';
import { USER_SCHEMA } from './core/user.ts';
import { parseSchemaDefinition } from './parse-definition.ts';
import { resolveAttribute, resolveSubAttribute } from './resolve.ts';
import type { Catalogue, ResourceType } from './resource-type.ts';

const ACME = 'urn:example:acme:1.0:User';
const ACME_EXTRA = 'urn:example:acme:1.0:User:extra';

function typeOf(catalogue: Catalogue, name: string): ResourceType {
  const type = catalogue.resourceTypes.get(name);
  if (type === undefined) throw new Error(`no resource type ${name}`);
  return type;
}

const user = typeOf(createCatalogue(), 'User');

const extended = typeOf(
  createCatalogue({
    schemas: [
      parseSchemaDefinition({
        id: ACME,
        attributes: [
          { name: 'badge' },
          { name: 'department' },
          { name: 'extra', type: 'complex', subAttributes: [{ name: 'code' }] },
        ],
      }),
      parseSchemaDefinition({ id: ACME_EXTRA, attributes: [{ name: 'code' }, { name: 'floor' }] }),
    ],
    extensions: [
      { resourceType: 'User', schema: ACME, required: false },
      { resourceType: 'User', schema: ACME_EXTRA, required: false },
    ],
  }),
  'User',
);

const text = (type: ResourceType, name: string, guessExtension = false) =>
  resolveAttribute(type, name, { guessExtension })?.text;

describe('resolveAttribute', () => {
  it.each([
    ['userName', 'userName'],
    ['USERNAME', 'userName'],
    ['name.familyName', 'name.familyName'],
    ['Name.FAMILYNAME', 'name.familyName'],
    ['meta.lastModified', 'meta.lastModified'],
    ['id', 'id'],
    ['externalid', 'externalId'],
    ['schemas', 'schemas'],
    ['groups.$ref', 'groups.$ref'],
    ['emails.value', 'emails.value'],
    [`${USER_SCHEMA}:userName`, 'userName'],
    [`${USER_SCHEMA.toUpperCase()}:name.givenName`, 'name.givenName'],
    [`${USER_SCHEMA}.userName`, 'userName'],
    [`${ENTERPRISE_USER_SCHEMA}:department`, `${ENTERPRISE_USER_SCHEMA}:department`],
    [`${ENTERPRISE_USER_SCHEMA.toLowerCase()}:MANAGER.value`, `${ENTERPRISE_USER_SCHEMA}:manager.value`],
    [`${ENTERPRISE_USER_SCHEMA}:manager.$ref`, `${ENTERPRISE_USER_SCHEMA}:manager.$ref`],
  ])('finds %s in any case and spells it as the schema does (RFC 7644 §3.10)', (name, canonical) => {
    expect(text(user, name)).toBe(canonical);
  });

  it('accepts a dot between URN and attribute, as retired Entra jobs send it', () => {
    expect(text(user, `${ENTERPRISE_USER_SCHEMA}.department`)).toBe(`${ENTERPRISE_USER_SCHEMA}:department`);
    expect(text(user, `${ENTERPRISE_USER_SCHEMA}.manager.value`)).toBe(`${ENTERPRISE_USER_SCHEMA}:manager.value`);
  });

  it.each([
    '',
    '.',
    ':',
    'name.',
    '.name',
    'name.familyName.',
    'name.familyName.x',
    'nosuch',
    'userName.value',
    'userName ',
    ENTERPRISE_USER_SCHEMA,
    `${ENTERPRISE_USER_SCHEMA}:`,
    `${ENTERPRISE_USER_SCHEMA}:manager.`,
    `${ENTERPRISE_USER_SCHEMA}:nosuch`,
    `${ENTERPRISE_USER_SCHEMA}:userName`,
    'urn:unknown:userName',
    '__proto__',
    'constructor',
    'emails[type eq "work"]',
  ])('does not find %j (C-64)', (name) => {
    expect(text(user, name, true)).toBeUndefined();
  });

  it('looks an unqualified name up in the extensions only when asked to (FIL-09)', () => {
    expect(text(user, 'department')).toBeUndefined();
    expect(text(user, 'department', true)).toBe(`${ENTERPRISE_USER_SCHEMA}:department`);
    expect(text(user, 'manager.value', true)).toBe(`${ENTERPRISE_USER_SCHEMA}:manager.value`);
  });

  it('does not guess between two extensions', () => {
    expect(text(extended, 'department', true)).toBeUndefined();
    expect(text(extended, 'badge', true)).toBe(`${ACME}:badge`);
  });

  it('prefers the core schema to a guess', () => {
    expect(text(user, 'displayName', true)).toBe('displayName');
  });

  it('matches the longest URN first (C-61)', () => {
    expect(text(extended, `${ACME_EXTRA}:floor`)).toBe(`${ACME_EXTRA}:floor`);
    expect(text(extended, `${ACME_EXTRA}.code`)).toBe(`${ACME_EXTRA}:code`);
    expect(text(extended, `${ACME}:badge`)).toBe(`${ACME}:badge`);
  });

  it('answers the same reference for every spelling', () => {
    const one = resolveAttribute(user, 'userName', { guessExtension: false });
    expect(resolveAttribute(user, `${USER_SCHEMA}:USERNAME`, { guessExtension: true })).toBe(one);
  });
});

describe('resolveSubAttribute', () => {
  const emails = user.attributes.get('emails');
  const userName = user.attributes.get('username');

  it('finds sub-attributes in any case', () => {
    expect(emails && resolveSubAttribute(emails, 'PRIMARY')?.name).toBe('primary');
  });

  it('finds none in a simple attribute, and none that is not there', () => {
    expect(userName && resolveSubAttribute(userName, 'value')).toBeUndefined();
    expect(emails && resolveSubAttribute(emails, 'constructor')).toBeUndefined();
  });
});

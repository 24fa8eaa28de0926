import { createCatalogue } from '@rollcall/scim';
import { describe, expect, it } from 'vitest';
import { compileMappings, MappingsInvalid } from './compile.ts';
import { defaultMappings } from './default-mappings.ts';
import type { AttributeMapping, ObjectMapping, ScopingFilter } from './model.ts';

const catalogue = createCatalogue();
const defaults = defaultMappings();

const withUsers = (users: Partial<ObjectMapping>) => ({ ...defaults, users: { ...defaults.users, ...users } });
const row = (target: string, source: AttributeMapping['source'], other: Partial<AttributeMapping> = {}) =>
  ({ target, source, matching: 0, apply: 'always', ...other }) as const;
const added = (...rows: readonly AttributeMapping[]) =>
  withUsers({ attributes: [...defaults.users.attributes, ...rows] });
const direct = (attribute: string) => ({ kind: 'direct', attribute }) as const;
const filtered = (...filters: readonly ScopingFilter[]) => withUsers({ filters });

function problemsOf(mappings: typeof defaults) {
  try {
    compileMappings(mappings, catalogue);
  } catch (error) {
    if (error instanceof MappingsInvalid) return error.problems;
    throw error;
  }
  return [];
}

const LAST = `users.attributes[${defaults.users.attributes.length}]`;

describe('The default mappings', () => {
  it('compile, and disable by active', () => {
    const { users, groups, warnings, usesRegularExpressions } = compileMappings(defaults, catalogue);
    expect(users.statusPaths).toEqual(['active']);
    expect(groups.statusPaths).toEqual([]);
    expect(groups.mapsMembers).toBe(true);
    expect(groups.attributes.map(({ mapping }) => mapping.target)).toEqual(['displayName', 'externalId']);
    expect(warnings).toEqual([]);
    expect(usesRegularExpressions).toBe(false);
  });

  it('are the table of an application that is in no gallery', () => {
    const rows = defaults.users.attributes.map(({ target, source, matching, apply }) => [
      source.kind === 'direct' ? source.attribute : source.kind === 'expression' ? source.expression : source.kind,
      target.replace(/^urn:.*:/, 'enterprise:'),
      ...(matching > 0 ? [matching] : []),
      ...(apply === 'create' ? [apply] : []),
    ]);
    expect(rows).toEqual([
      ['userPrincipalName', 'userName', 1],
      ['Switch([IsSoftDeleted], , "False", "True", "True", "False")', 'active'],
      ['displayName', 'displayName'],
      ['jobTitle', 'title'],
      ['mail', 'emails[type eq "work"].value'],
      ['preferredLanguage', 'preferredLanguage'],
      ['givenName', 'name.givenName'],
      ['surname', 'name.familyName'],
      ['Join(" ", [givenName], [surname])', 'name.formatted'],
      ['physicalDeliveryOfficeName', 'addresses[type eq "work"].formatted'],
      ['streetAddress', 'addresses[type eq "work"].streetAddress'],
      ['city', 'addresses[type eq "work"].locality'],
      ['state', 'addresses[type eq "work"].region'],
      ['postalCode', 'addresses[type eq "work"].postalCode'],
      ['country', 'addresses[type eq "work"].country'],
      ['telephoneNumber', 'phoneNumbers[type eq "work"].value'],
      ['mobile', 'phoneNumbers[type eq "mobile"].value'],
      ['facsimileTelephoneNumber', 'phoneNumbers[type eq "fax"].value'],
      ['objectId', 'externalId'],
      ['employeeId', 'enterprise:employeeNumber'],
      ['department', 'enterprise:department'],
      ['manager', 'enterprise:manager'],
    ]);
  });
});

describe('The hash of mappings', () => {
  const hashOf = (mappings: typeof defaults) => compileMappings(mappings, catalogue).hash;

  it('is the same for the same mappings, in whatever order their members were written', () => {
    const turned = {
      groups: { ...defaults.groups },
      users: Object.fromEntries(Object.entries(defaults.users).toReversed()),
    };
    // The same members in another order.
    expect(hashOf(turned as typeof defaults)).toBe(hashOf(defaults));
  });

  it('is another one when a row is', () => {
    expect(hashOf(added(row('nickName', direct('givenName'))))).not.toBe(hashOf(defaults));
  });
});

describe('Mappings that are wrong', () => {
  it.each<[string, typeof defaults, string, string]>([
    [
      'an unknown attribute',
      added(row('nickName', direct('surnam'))),
      `${LAST}.source.attribute`,
      'Did you mean surname?',
    ],
    ['a target that is no path', added(row('nick name', direct('surname'))), `${LAST}.target`, 'is not a path like'],
    [
      'a target that is mapped twice',
      added(row('USERNAME', direct('surname'))),
      `${LAST}.target`,
      'has a mapping already: users.attributes[0]',
    ],
    ['a target that assigns itself', added(row('id', direct('objectId'))), `${LAST}.target`, 'itself assigns id'],
    ['a part of it', added(row('meta.version', direct('objectId'))), `${LAST}.target`, 'itself assigns meta.version'],
    [
      'matching on several values',
      added(row('roles', direct('title'), { matching: 2 })),
      `${LAST}.matching`,
      'has several values: nothing can be found by it',
    ],
    [
      'matching on what has no source',
      added(row('nickName', { kind: 'none' }, { matching: 2 })),
      `${LAST}.matching`,
      'has no source',
    ],
    [
      'precedences that are not 1, 2, 3',
      added(row('nickName', direct('title'), { matching: 3 })),
      'users.attributes',
      'they are 1, 3',
    ],
    [
      'a constant that is no boolean',
      added(row('urn:acme:User:vip', { kind: 'constant', value: 'yes' })),
      `${LAST}.source.value`,
      'takes True or False and was given "yes"',
    ],
    [
      'a default that is no number',
      added(row('urn:acme:User:level', direct('title'), { defaultValue: 'high' })),
      `${LAST}.defaultValue`,
      'takes a whole number and was given "high"',
    ],
    [
      'a reference from what is none',
      added(row('urn:acme:User:assistant', direct('title'))),
      `${LAST}.source.attribute`,
      'only manager can be its source',
    ],
  ])('are refused for %s', (_what, mappings, field, message) => {
    const vip = {
      path: 'urn:acme:User:vip',
      type: 'boolean',
      required: false,
      multiValued: false,
      caseExact: false,
    } as const;
    const targetAttributes = [
      vip,
      { ...vip, path: 'urn:acme:User:level', type: 'integer' as const },
      { ...vip, path: 'urn:acme:User:assistant', type: 'reference' as const },
    ];
    expect(problemsOf({ ...mappings, users: { ...mappings.users, targetAttributes } })).toEqual([
      { field, message: expect.stringContaining(message) },
    ]);
  });

  it('name the position in an expression', () => {
    expect(problemsOf(added(row('nickName', { kind: 'expression', expression: 'ToLower([givenName]' })))).toEqual([
      { field: `${LAST}.source.expression`, message: expect.any(String), position: expect.any(Number) },
    ]);
    expect(problemsOf(added(row('nickName', { kind: 'expression', expression: 'ToLower([givenNam])' })))).toEqual([
      {
        field: `${LAST}.source.expression`,
        message: expect.stringContaining('Did you mean givenName?'),
        position: 8,
      },
    ]);
  });

  it('name everything that is wrong, in one go', () => {
    const problems = problemsOf({
      users: { ...defaults.users, attributes: [row('id', direct('nothing'))] },
      groups: { ...defaults.groups, attributes: [] },
    });
    expect(problems.map(({ field }) => field)).toEqual([
      'users.attributes[0].source.attribute',
      'users.attributes[0].target',
      'users.attributes',
      'groups.attributes',
    ]);
  });

  it('may leave out what the target requires, and are warned of', () => {
    const attributes = defaults.users.attributes
      .filter(({ target }) => target !== 'userName')
      .map((one) => (one.target === 'externalId' ? { ...one, matching: 1 } : one));
    expect(compileMappings(withUsers({ attributes }), catalogue).warnings).toEqual([
      { field: 'users.attributes', message: 'The target requires userName, and nothing is mapped to it.' },
    ]);
  });

  it('take the members of a group from its members only', () => {
    const groups = {
      ...defaults.groups,
      attributes: [...defaults.groups.attributes.slice(0, 2), row('members', direct('displayName'))],
    };
    expect(problemsOf({ ...defaults, groups })).toEqual([
      { field: 'groups.attributes[2].source', message: 'The members of a group are mapped directly, from members.' },
    ]);
  });
});

describe('Scoping filters that are wrong', () => {
  const clause = (attribute: string, operator: ScopingFilter['clauses'][number]['operator'], value?: string) =>
    filtered({ name: 'F', clauses: [{ attribute, operator, value }] });

  it.each<[string, typeof defaults, string, string]>([
    ['an unknown attribute', clause('departmnt', 'EQUALS', 'x'), 'attribute', 'Did you mean department?'],
    ['several values', clause('proxyAddresses', 'INCLUDES', 'x'), 'attribute', 'it has several values'],
    ['a reference', clause('manager', 'IS NULL'), 'attribute', 'it refers to another object'],
    ['roles', clause('appRoleAssignments', 'IS NULL'), 'attribute', 'it has several values'],
    ['what the scope itself decides', clause('IsSoftDeleted', 'IS TRUE'), 'attribute', 'it is computed from the scope'],
    ['a boolean as text', clause('accountEnabled', 'EQUALS', 'True'), 'operator', 'use IS TRUE or IS FALSE'],
    ['a text as boolean', clause('department', 'IS TRUE'), 'operator', 'IS TRUE does not take department'],
    ['no value', clause('department', 'EQUALS'), 'value', 'there is IS NULL'],
    ['a value too many', clause('department', 'IS NULL', 'x'), 'value', 'takes no value'],
    ['a number that is none', clause('employeeId', 'GREATER_THAN', '7a'), 'value', 'takes a whole number'],
    ['a pattern that is none', clause('department', 'REGEX MATCH', '(a'), 'value', 'regular expression'],
  ])('are refused for %s', (_what, mappings, part, message) => {
    expect(problemsOf(mappings)).toEqual([
      { field: `users.filters[0].clauses[0].${part}`, message: expect.stringContaining(message) },
    ]);
  });

  it('are refused without name and clauses', () => {
    expect(problemsOf(filtered({ name: ' ', clauses: [] })).map(({ field }) => field)).toEqual([
      'users.filters[0].name',
      'users.filters[0].clauses',
    ]);
  });
});

describe('Regular expressions', () => {
  const uses = (mappings: typeof defaults) => compileMappings(mappings, catalogue).usesRegularExpressions;

  it('are known of in filters and in expressions', () => {
    const clause = { attribute: 'department', operator: 'REGEX MATCH', value: '^S' } as const;
    expect(uses(filtered({ name: 'F', clauses: [clause] }))).toBe(true);
    expect(uses(added(row('nickName', { kind: 'expression', expression: 'RegexMatch([givenName], "^S")' })))).toBe(
      true,
    );
    expect(uses(filtered({ name: 'F', clauses: [{ ...clause, operator: 'EQUALS' }] }))).toBe(false);
  });
});

import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../json.ts';
import { createCatalogue } from '../schema/catalogue.ts';
import { ENTERPRISE_USER_SCHEMA } from '../schema/core/enterprise-user.ts';
import { GROUP_SCHEMA } from '../schema/core/group.ts';
import { USER_SCHEMA } from '../schema/core/user.ts';
import { parseSchemaDefinition } from '../schema/parse-definition.ts';
import type { Catalogue, ResourceType } from '../schema/resource-type.ts';
import { needs, project } from './project.ts';
import { parseProjection } from './projection.ts';
import { sentAttributes } from './sent-attributes.ts';

const ACME = 'urn:example:acme:1.0:User';

function typeOf(catalogue: Catalogue, name: string): ResourceType {
  const type = catalogue.resourceTypes.get(name);
  if (type === undefined) throw new Error(`no resource type ${name}`);
  return type;
}

const core = createCatalogue();
const user = typeOf(core, 'User');
const group = typeOf(core, 'Group');
const hiding = typeOf(
  createCatalogue({
    schemas: [
      parseSchemaDefinition({
        id: ACME,
        attributes: [
          { name: 'badge', returned: 'always' },
          { name: 'pin', mutability: 'writeOnly' },
          { name: 'history', returned: 'request' },
          { name: 'floor' },
          {
            name: 'keys',
            type: 'complex',
            multiValued: true,
            subAttributes: [
              { name: 'code', returned: 'never' },
              { name: 'door' },
              { name: 'serial', returned: 'always' },
              { name: 'log', returned: 'request' },
            ],
          },
        ],
      }),
    ],
    extensions: [{ resourceType: 'User', schema: ACME, required: false }],
  }),
  'User',
);

const mira = {
  schemas: [USER_SCHEMA, ENTERPRISE_USER_SCHEMA],
  id: '7d0c2f9e',
  externalId: 'hr-000417',
  userName: 'mira',
  name: { givenName: 'Mira', familyName: 'Okafor' },
  emails: [{ value: 'm@acme.example', type: 'work' }, { type: 'home' }],
  groups: [{ value: 'g1', type: 'direct' }],
  [ENTERPRISE_USER_SCHEMA]: { department: 'Finance', manager: { value: 'U12', $ref: '../Users/U12' } },
  meta: { resourceType: 'User', version: 'W/"1"' },
};
const always = { schemas: mira.schemas, id: mira.id };

const only = (names: string[], type = user, resource: JsonObject = mira) =>
  project(type, resource, parseProjection(type, names));
const without = (names: string[], type = user, resource: JsonObject = mira) =>
  project(type, resource, parseProjection(type, undefined, names));

describe('project', () => {
  it('shows everything when nothing is selected', () => {
    expect(project(user, mira, { kind: 'all' })).toBe(mira);
  });

  it('returns the minimum set and what attributes names, in any case (PRJ-03, PRJ-10)', () => {
    expect(only(['USERNAME', ' externalId '])).toEqual({ ...always, externalId: 'hr-000417', userName: 'mira' });
  });

  it('returns the default set but for what excludedAttributes names; id and schemas stay (PRJ-03, PRJ-07)', () => {
    const { emails, groups, ...rest } = mira;
    expect(without(['emails', 'Groups', 'id', 'schemas'])).toEqual(rest);
  });

  it('drops meta when attributes does not name it, and returns it when it does (PRJ-07)', () => {
    expect(only(['meta.version'])).toEqual({ ...always, meta: { version: 'W/"1"' } });
    expect(only(['meta'])).toEqual({ ...always, meta: mira.meta });
    expect(without(['meta.version']).meta).toEqual({ resourceType: 'User' });
  });

  it('returns a parent with only the sub-attribute that is named, element by element (PRJ-06)', () => {
    expect(only(['name.familyName', 'emails.value'])).toEqual({
      ...always,
      name: { familyName: 'Okafor' },
      emails: [{ value: 'm@acme.example' }],
    });
    expect(without(['name.familyName', 'emails.type'])).toMatchObject({
      name: { givenName: 'Mira' },
      emails: [{ value: 'm@acme.example' }],
    });
  });

  it('returns the whole attribute when it and one of its sub-attributes are named', () => {
    expect(only(['name', 'name.familyName']).name).toEqual(mira.name);
  });

  it('leaves an attribute out when nothing of it is left', () => {
    expect(only(['emails.display', 'name.middleName'])).toEqual(always);
  });

  it('selects attributes of an extension by their full names (PRJ-04)', () => {
    expect(only([`${ENTERPRISE_USER_SCHEMA}:Department`])).toEqual({
      ...always,
      [ENTERPRISE_USER_SCHEMA]: { department: 'Finance' },
    });
    expect(only([`${ENTERPRISE_USER_SCHEMA}:manager.value`])[ENTERPRISE_USER_SCHEMA]).toEqual({
      manager: { value: 'U12' },
    });
    expect(without([`${ENTERPRISE_USER_SCHEMA}:manager`])[ENTERPRISE_USER_SCHEMA]).toEqual({ department: 'Finance' });
  });

  it('selects a whole extension by its URN (PRJ-08, AMB-31)', () => {
    const container = mira[ENTERPRISE_USER_SCHEMA];
    expect(only([ENTERPRISE_USER_SCHEMA.toUpperCase()])).toEqual({ ...always, [ENTERPRISE_USER_SCHEMA]: container });
    expect(only([ENTERPRISE_USER_SCHEMA, `${ENTERPRISE_USER_SCHEMA}:manager.value`])[ENTERPRISE_USER_SCHEMA]).toEqual(
      container,
    );
    expect(without([ENTERPRISE_USER_SCHEMA])).not.toHaveProperty([ENTERPRISE_USER_SCHEMA]);
  });

  it('ignores names that lead nowhere, value filters among them (PRJ-09)', () => {
    expect(only(['nosuch', 'department', 'emails[type eq "work"]', '__proto__', 'name.'])).toEqual(always);
    expect(without(['nosuch'])).toEqual(mira);
  });

  it('keeps an empty list of members and drops it when it is excluded (C-50)', () => {
    const empty = { schemas: [GROUP_SCHEMA], id: 'g1', displayName: 'Staff', members: [] };
    expect(only(['members'], group, empty)).toEqual({ schemas: [GROUP_SCHEMA], id: 'g1', members: [] });
    expect(only(['members.value'], group, empty).members).toEqual([]);
    expect(without(['members'], group, empty)).not.toHaveProperty('members');
  });

  it('shows nothing that no schema knows: it can be what an extension left behind', () => {
    expect(project(user, { ...mira, [ACME]: { pin: '1' } }, { kind: 'all' })).toEqual(mira);
    const stale = { ...mira, [ENTERPRISE_USER_SCHEMA]: { department: 'Finance', pin: '1' } };
    expect(project(user, stale, { kind: 'all' })[ENTERPRISE_USER_SCHEMA]).toEqual({ department: 'Finance' });
    expect(project(user, { ...mira, [ENTERPRISE_USER_SCHEMA]: 'x' }, { kind: 'all' })).not.toHaveProperty([
      ENTERPRISE_USER_SCHEMA,
    ]);
  });
});

describe('project with returned always, never and request', () => {
  const container = {
    badge: 'B1',
    pin: '1234',
    history: 'h',
    floor: '3',
    keys: [{ code: 'x', door: 'A', serial: '9', log: 'l' }],
  };
  const resource = { schemas: [USER_SCHEMA, ACME], id: 'u1', userName: 'mira', [ACME]: container };
  const shown = (projected: JsonObject) => projected[ACME];

  it('shows always and default, never writeOnly, never or request (PRJ-05, ATT-09)', () => {
    expect(shown(project(hiding, resource, { kind: 'all' }))).toEqual({
      badge: 'B1',
      floor: '3',
      keys: [{ door: 'A', serial: '9' }],
    });
  });

  it('never shows what is never returned, even when it is named', () => {
    expect(shown(only([`${ACME}:pin`, `${ACME}:keys.code`], hiding, resource))).toEqual({
      badge: 'B1',
      keys: [{ serial: '9' }],
    });
  });

  it('shows request when it is named (PRJ-05)', () => {
    expect(shown(only([`${ACME}:history`, `${ACME}:keys.log`], hiding, resource))).toEqual({
      badge: 'B1',
      history: 'h',
      keys: [{ serial: '9', log: 'l' }],
    });
    expect(shown(only([ACME], hiding, resource))).toEqual({
      badge: 'B1',
      floor: '3',
      keys: [{ door: 'A', serial: '9' }],
    });
  });

  it('shows request in the answer to a write that specified it (AMB-43)', () => {
    const sent = sentAttributes(hiding, {
      schemas: [],
      userName: 'mira',
      [ACME]: { history: 'h', keys: [{ log: 'l' }], pin: '1' },
    });
    expect(shown(project(hiding, resource, { kind: 'all' }, sent))).toEqual({
      badge: 'B1',
      history: 'h',
      floor: '3',
      keys: [{ door: 'A', serial: '9', log: 'l' }],
    });
    const { [ACME]: _, ...rest } = resource;
    expect(project(hiding, resource, parseProjection(hiding, ['userName']), sent)).toEqual({
      ...rest,
      [ACME]: { badge: 'B1' },
    });
    expect(
      shown(project(hiding, resource, parseProjection(hiding, undefined, [`${ACME}:history`]), sent)),
    ).not.toHaveProperty('history');
  });

  it('cannot exclude what is always returned (PRJ-03)', () => {
    expect(shown(without([ACME], hiding, resource))).toEqual({ badge: 'B1' });
    expect(shown(without([`${ACME}:badge`, `${ACME}:keys.serial`], hiding, resource))).toMatchObject({
      badge: 'B1',
      keys: [{ door: 'A', serial: '9' }],
    });
  });
});

describe('needs', () => {
  it.each<[ResourceType, string[], string[], { members: boolean; groups: boolean }]>([
    [user, [], [], { members: false, groups: true }],
    [group, [], [], { members: true, groups: false }],
    [user, ['userName'], [], { members: false, groups: false }],
    [user, ['groups.value'], [], { members: false, groups: true }],
    [user, [], ['groups'], { members: false, groups: false }],
    [group, ['displayName'], [], { members: false, groups: false }],
    [group, ['MEMBERS'], [], { members: true, groups: false }],
    [group, [], ['members'], { members: false, groups: false }],
    [group, [], ['members.display'], { members: true, groups: false }],
  ])('says which rows an answer can show (C-50): %#', (type, attributes, excluded, expected) => {
    expect(needs(type, parseProjection(type, attributes, excluded))).toEqual(expected);
  });
});

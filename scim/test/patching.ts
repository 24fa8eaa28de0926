import { ScimError } from '../src/error.ts';
import type { Json, JsonObject } from '../src/json.ts';
import { applyPatch } from '../src/patch/apply.ts';
import type { MemberOperation } from '../src/patch/operation.ts';
import { PATCH_SCHEMA, parsePatch } from '../src/patch/parse.ts';
import type { Compatibility } from '../src/rules.ts';
import { attribute, complex } from '../src/schema/attribute.ts';
import { createCatalogue } from '../src/schema/catalogue.ts';
import { ENTERPRISE_USER_SCHEMA } from '../src/schema/core/enterprise-user.ts';
import { GROUP_SCHEMA } from '../src/schema/core/group.ts';
import { USER_SCHEMA } from '../src/schema/core/user.ts';
import type { SchemaDefinition } from '../src/schema/definition.ts';
import { defaultSubAttributes } from '../src/schema/multi-valued.ts';
import type { ResourceType } from '../src/schema/resource-type.ts';

/** An extension of User with what the core schemas lack: immutable, readOnly and required parts, simple lists. */
export const SITE_SCHEMA = 'urn:example:schemas:site:1.0:User';
export const PARKING_SCHEMA = 'urn:example:schemas:parking:1.0:User';
export const LOCKER_SCHEMA = 'urn:example:schemas:locker:1.0:Locker';
export const TENANCY_SCHEMA = 'urn:example:schemas:tenancy:1.0:Locker';

const immutable = { mutability: 'immutable' } as const;
const readOnly = { mutability: 'readOnly' } as const;

const site: SchemaDefinition = {
  id: SITE_SCHEMA,
  name: 'Site',
  description: 'Where somebody works.',
  attributes: [
    attribute('badge', 'string', '', immutable),
    attribute('keys', 'string', '', { ...immutable, multiValued: true }),
    attribute('visits', 'integer', '', readOnly),
    attribute('floor', 'integer', ''),
    attribute('tags', 'string', '', { multiValued: true }),
    attribute('codes', 'string', '', { multiValued: true, caseExact: true }),
    complex('contract', '', [
      attribute('number', 'string', '', { required: true }),
      attribute('start', 'dateTime', '', immutable),
      attribute('clerk', 'string', '', readOnly),
      attribute('notes', 'string', '', { multiValued: true }),
    ]),
    complex(
      'desks',
      '',
      [
        ...defaultSubAttributes(attribute('value', 'string', '', { required: true }), []),
        attribute('serial', 'string', '', immutable),
        attribute('notes', 'string', '', { multiValued: true }),
      ],
      { multiValued: true },
    ),
  ],
};

const parking: SchemaDefinition = {
  id: PARKING_SCHEMA,
  name: 'Parking',
  description: 'Where somebody parks.',
  attributes: [attribute('plate', 'string', '', { required: true }), attribute('colour', 'string', '')],
};

const locker: SchemaDefinition = {
  id: LOCKER_SCHEMA,
  name: 'Locker',
  description: 'A locker.',
  attributes: [attribute('label', 'string', '')],
};

const tenancy: SchemaDefinition = {
  id: TENANCY_SCHEMA,
  name: 'Tenancy',
  description: 'Who rents the locker.',
  attributes: [attribute('tenant', 'string', '', { required: true }), attribute('until', 'dateTime', '')],
};

const catalogue = createCatalogue({
  schemas: [site, parking, locker, tenancy],
  resourceTypes: [
    {
      name: 'Locker',
      endpoint: '/Lockers',
      description: '',
      schema: LOCKER_SCHEMA,
      schemaExtensions: [{ schema: TENANCY_SCHEMA, required: true }],
    },
  ],
  extensions: [
    { resourceType: 'User', schema: SITE_SCHEMA, required: false },
    { resourceType: 'User', schema: PARKING_SCHEMA, required: false },
  ],
});

export const userType = typeNamed('User');
export const groupType = typeNamed('Group');
export const lockerType = typeNamed('Locker');

function typeNamed(name: string): ResourceType {
  const type = catalogue.resourceTypes.get(name);
  if (type === undefined) throw new Error(`The catalogue has no ${name}.`);
  return type;
}

/** The user of the PATCH vectors: a name, two e-mail addresses, no title. */
export const bo: JsonObject = {
  schemas: [USER_SCHEMA],
  userName: 'bo',
  name: { givenName: 'A', familyName: 'B' },
  emails: [
    { value: 'w', type: 'work', primary: true },
    { value: 'h', type: 'home' },
  ],
};

/** bo with data in the extensions. */
export const boAtSite: JsonObject = {
  ...bo,
  schemas: [USER_SCHEMA, ENTERPRISE_USER_SCHEMA, SITE_SCHEMA],
  [ENTERPRISE_USER_SCHEMA]: { department: 'Ops', manager: { value: 'U5', $ref: 'https://sp.example/v2/Users/U5' } },
  [SITE_SCHEMA]: {
    badge: 'b-1',
    keys: ['k1'],
    tags: ['blue', 'green'],
    codes: ['x'],
    contract: { number: 'c-1', start: '2026-03-01T08:00:00Z', notes: ['first'] },
    desks: [{ value: 'd1', type: 'work', serial: 's1', primary: true, notes: ['n'] }, { value: 'd2' }],
  },
};

export const ops: JsonObject = { schemas: [GROUP_SCHEMA], displayName: 'Ops' };

export interface Setting {
  readonly document?: JsonObject;
  readonly type?: ResourceType;
  readonly compatibility?: Compatibility;
  readonly representation?: JsonObject;
}

export interface Outcome {
  readonly document: JsonObject;
  readonly changed: boolean;
  readonly touched: readonly string[];
  readonly members: readonly MemberOperation[];
  readonly quirks: readonly string[];
}

/** Parses and applies operations, to bo in strict rules if nothing else is said. The document is frozen. */
export function patched(operations: Json, setting: Setting = {}): Outcome {
  const { document = bo, type = userType, compatibility = 'strict', representation = document } = setting;
  const rules = { compatibility, notes: [] };
  const patch = parsePatch(type, { schemas: [PATCH_SCHEMA], Operations: operations }, rules);
  const result = applyPatch(type, frozen(document), patch, rules, representation);
  const quirks = rules.notes.map(({ quirk }) => quirk);
  return { ...result, members: patch.memberOperations, quirks: [...new Set(quirks)] };
}

/** The same, of which the error is wanted: its keyword, and its detail. */
export function refused(operations: Json, setting: Setting = {}): { scimType: string; detail: string } {
  return refusal(() => patched(operations, setting));
}

/** What the group's membership is to become. */
export function membership(operations: Json, compatibility: Compatibility = 'strict'): readonly MemberOperation[] {
  return patched(operations, { document: ops, type: groupType, compatibility }).members;
}

export function refusal(run: () => unknown): { scimType: string; detail: string } {
  try {
    run();
  } catch (error) {
    if (error instanceof ScimError) return { scimType: error.scimType ?? String(error.status), detail: error.message };
    throw error;
  }
  throw new Error('It was not refused.');
}

function frozen(document: JsonObject): JsonObject {
  freeze(document);
  return document;
}

function freeze(value: Json): void {
  if (typeof value !== 'object' || value === null) return;
  Object.freeze(value);
  for (const inner of Object.values(value)) freeze(inner);
}

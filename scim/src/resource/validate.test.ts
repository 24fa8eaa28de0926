import { describe, expect, it } from 'vitest';
import { ScimError } from '../error.ts';
import type { JsonObject } from '../json.ts';
import { createCatalogue } from '../schema/catalogue.ts';
import { parseSchemaDefinition } from '../schema/parse-definition.ts';
import type { Catalogue, ResourceType } from '../schema/resource-type.ts';
import { validateDocument, type WriteMode } from './validate.ts';

const ACME = 'urn:example:acme:1.0:User';

function typeOf(catalogue: Catalogue, name: string): ResourceType {
  const type = catalogue.resourceTypes.get(name);
  if (type === undefined) throw new Error(`no resource type ${name}`);
  return type;
}

const core = createCatalogue();
const user = typeOf(core, 'User');
const group = typeOf(core, 'Group');
const badged = typeOf(
  createCatalogue({
    schemas: [
      parseSchemaDefinition({
        id: ACME,
        attributes: [
          { name: 'badge', required: true },
          { name: 'pin', required: true, mutability: 'readOnly' },
          { name: 'password', required: true, mutability: 'writeOnly' },
          {
            name: 'keys',
            type: 'complex',
            multiValued: true,
            subAttributes: [{ name: 'code', required: true }, { name: 'door' }],
          },
        ],
      }),
    ],
    extensions: [{ resourceType: 'User', schema: ACME, required: true }],
  }),
  'User',
);
const optional = typeOf(
  createCatalogue({
    schemas: [parseSchemaDefinition({ id: ACME, attributes: [{ name: 'badge' }] })],
    extensions: [{ resourceType: 'Group', schema: ACME, required: true }],
  }),
  'Group',
);

function refusal(type: ResourceType, document: JsonObject, mode: WriteMode = 'create'): ScimError {
  try {
    validateDocument(type, document, mode);
  } catch (error) {
    if (error instanceof ScimError) return error;
  }
  throw new Error('was not refused');
}

describe('validateDocument', () => {
  it('accepts a document that has what is required', () => {
    expect(() => validateDocument(user, { userName: 'mira' }, 'create')).not.toThrow();
    expect(() => validateDocument(group, { displayName: 'Staff' }, 'replace')).not.toThrow();
    expect(() => validateDocument(badged, { userName: 'mira', [ACME]: { badge: 'B' } }, 'patch')).not.toThrow();
  });

  it.each<[string, ResourceType, JsonObject, string]>([
    ['no userName', user, {}, 'userName is required'],
    ['an empty userName', user, { userName: '' }, 'userName is required'],
    ['a blank userName', user, { userName: ' \t' }, 'userName is required'],
    ['no displayName of a group', group, {}, 'displayName is required'],
    ['an empty displayName of a group', group, { displayName: '' }, 'displayName is required'],
    [
      'no attribute that an extension requires',
      badged,
      { userName: 'm', [ACME]: { keys: [] } },
      `${ACME}:badge is required`,
    ],
    ['no required extension', badged, { userName: 'm' }, `${ACME}:badge is required`],
    ['nothing of a required extension', optional, { displayName: 'S' }, `Extension '${ACME}' is required`],
    [
      'an element without its required sub-attribute',
      badged,
      { userName: 'm', [ACME]: { badge: 'B', keys: [{ code: '1' }, { door: 'A' }] } },
      `${ACME}:keys.code is required`,
    ],
  ])('refuses %s with invalidValue (CRE-07, PUT-06)', (_name, type, document, detail) => {
    const error = refusal(type, document);
    expect(error.scimType).toBe('invalidValue');
    expect(error.message).toContain(detail);
  });

  it('says what to do in the words of the request', () => {
    expect(refusal(user, {}, 'create').message).toBe('userName is required; send it with a value.');
    expect(refusal(user, {}, 'replace').message).toBe(
      'userName is required; a PUT must send every required attribute.',
    );
    expect(refusal(user, {}, 'patch').message).toBe('userName is required; it must keep a value.');
  });

  it('refuses two primary values, also where a PATCH brought them together (MVA-03)', () => {
    const roles = [
      { value: 'a', primary: true },
      { value: 'b', primary: true },
    ];
    expect(refusal(user, { userName: 'm', roles }, 'patch').message).toMatch(/^roles has more than one/);
  });

  it('refuses more than 1,000 values, also where PATCHes brought them together', () => {
    const roles = Array.from({ length: 1_001 }, (_, index) => ({ value: `r${index}` }));
    expect(refusal(user, { userName: 'm', roles }, 'patch').message).toMatch(/^roles has more than 1000 values/);
  });
});

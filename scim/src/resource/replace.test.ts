import { describe, expect, it } from 'vitest';
import { createCatalogue } from '../schema/catalogue.ts';
import { ENTERPRISE_USER_SCHEMA } from '../schema/core/enterprise-user.ts';
import { USER_SCHEMA } from '../schema/core/user.ts';
import { parseSchemaDefinition } from '../schema/parse-definition.ts';
import type { Catalogue, ResourceType } from '../schema/resource-type.ts';
import { replaceDocument } from './replace.ts';

const ACME = 'urn:example:acme:1.0:User';

function typeOf(catalogue: Catalogue, name: string): ResourceType {
  const type = catalogue.resourceTypes.get(name);
  if (type === undefined) throw new Error(`no resource type ${name}`);
  return type;
}

const user = typeOf(
  createCatalogue({
    schemas: [
      parseSchemaDefinition({
        id: ACME,
        attributes: [
          { name: 'badge', mutability: 'immutable' },
          { name: 'pin', mutability: 'writeOnly' },
          { name: 'history', returned: 'request' },
          {
            name: 'locker',
            type: 'complex',
            subAttributes: [
              { name: 'number', mutability: 'immutable' },
              { name: 'code', returned: 'never' },
              { name: 'note' },
            ],
          },
        ],
      }),
    ],
    extensions: [{ resourceType: 'User', schema: ACME, required: false }],
  }),
  'User',
);

const current = {
  schemas: [USER_SCHEMA, ENTERPRISE_USER_SCHEMA],
  userName: 'mira',
  externalId: 'hr-1',
  title: 'Boss',
  active: false,
  name: { givenName: 'Mira', familyName: 'Okafor' },
  emails: [{ value: 'a@x' }, { value: 'b@x' }],
  [ENTERPRISE_USER_SCHEMA]: { department: 'Finance' },
};

describe('replaceDocument', () => {
  it('replaces what was sent and clears what was omitted, sub-attributes and extensions too (RFC 7644 §3.5.1, C-77, C-78)', () => {
    const next = {
      schemas: [USER_SCHEMA],
      userName: 'MIRA',
      active: true,
      name: { givenName: 'M' },
      emails: [{ value: 'c@x' }],
    };
    expect(replaceDocument(user, current, next)).toEqual(next);
  });

  it('keeps the order that was sent', () => {
    const next = { schemas: [USER_SCHEMA], title: 'T', userName: 'mira', active: true };
    expect(Object.keys(replaceDocument(user, current, next))).toEqual(['schemas', 'title', 'userName', 'active']);
  });

  it('keeps active when it is omitted: silence does not bring a disabled user back (C-75)', () => {
    expect(replaceDocument(user, current, { schemas: [USER_SCHEMA], userName: 'mira' })).toEqual({
      schemas: [USER_SCHEMA],
      userName: 'mira',
      active: false,
    });
  });

  const badged = { ...current, schemas: [USER_SCHEMA, ACME], [ACME]: { badge: 'B1', pin: '1234', history: 'h' } };
  const plain = { schemas: [USER_SCHEMA], userName: 'mira', active: true };

  it('keeps what the client could not have read: writeOnly, never, request (PUT-03)', () => {
    expect(replaceDocument(user, badged, plain)).toEqual({
      ...plain,
      schemas: [USER_SCHEMA, ACME],
      [ACME]: { badge: 'B1', pin: '1234', history: 'h' },
    });
    expect(replaceDocument(user, badged, { ...plain, [ACME]: { pin: '9' } })[ACME]).toEqual({
      badge: 'B1',
      pin: '9',
      history: 'h',
    });
  });

  it('sets an immutable attribute once, keeps it when omitted and takes a matching value (PUT-04)', () => {
    expect(replaceDocument(user, current, { ...plain, [ACME]: { badge: 'B2' } })[ACME]).toEqual({ badge: 'B2' });
    expect(replaceDocument(user, badged, { ...plain, [ACME]: { badge: 'b1' } })[ACME]).toMatchObject({ badge: 'B1' });
  });

  it('refuses another value of an immutable attribute with mutability (PUT-04)', () => {
    expect(() => replaceDocument(user, badged, { ...plain, [ACME]: { badge: 'B2' } })).toThrow(
      expect.objectContaining({
        status: 400,
        scimType: 'mutability',
        message: expect.stringContaining(`${ACME}:badge`),
      }),
    );
  });

  it('applies the same to sub-attributes', () => {
    const locked = {
      ...plain,
      schemas: [USER_SCHEMA, ACME],
      [ACME]: { locker: { number: '7', code: 'x', note: 'n' } },
    };
    expect(replaceDocument(user, locked, plain)[ACME]).toEqual({ locker: { number: '7', code: 'x' } });
    expect(replaceDocument(user, locked, { ...plain, [ACME]: { locker: { note: 'm' } } })[ACME]).toEqual({
      locker: { note: 'm', number: '7', code: 'x' },
    });
    expect(() => replaceDocument(user, locked, { ...plain, [ACME]: { locker: { number: '8' } } })).toThrow(
      /locker\.number/,
    );
  });

  it('drops what no schema knows any more', () => {
    expect(replaceDocument(user, { ...current, 'urn:gone': { a: 'b' } }, plain)).toEqual(plain);
  });

  it('changes neither document', () => {
    const before = JSON.stringify([badged, plain]);
    replaceDocument(user, badged, plain);
    expect(JSON.stringify([badged, plain])).toBe(before);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ScimError } from '../src/error.ts';
import type { Json, JsonObject } from '../src/json.ts';
import { applyPatch } from '../src/patch/apply.ts';
import { PATCH_SCHEMA, parsePatch } from '../src/patch/parse.ts';
import { validateDocument } from '../src/resource/validate.ts';
import { ENTERPRISE_USER_SCHEMA as E } from '../src/schema/core/enterprise-user.ts';
import { boAtSite, groupType, ops, patched, SITE_SCHEMA, userType } from './patching.ts';

const json = fc.jsonValue({ maxDepth: 5 }) as fc.Arbitrary<Json>;

const name = fc.constantFrom(
  'userName',
  'active',
  'name',
  'name.givenName',
  'emails',
  'emails.type',
  'emails[type eq "work"]',
  'emails[type eq "x"].value',
  'emails[primary eq "True"].primary',
  'emails[',
  'schemas',
  'id',
  'meta.version',
  'groups',
  'password',
  'members',
  'members[value eq "a"]',
  'members.display',
  'nosuch',
  '',
  '__proto__',
  'constructor',
  'manager',
  `${E}:manager`,
  E,
  `${E}:department`,
  SITE_SCHEMA,
  `${SITE_SCHEMA}:badge`,
  `${SITE_SCHEMA}:tags`,
  `${SITE_SCHEMA}:tags[value eq "x"]`,
  `${SITE_SCHEMA}:contract`,
  `${SITE_SCHEMA}:contract.notes`,
  `${SITE_SCHEMA}:desks[value eq "d1"].serial`,
  `${SITE_SCHEMA}:desks`,
  'tags eq "x"',
  'addresses[type eq "work" and country eq "ES"].locality',
);

const scalar: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(null, true, false, '', 'x', 'True', 'w', 'h', 0, 1.5, [], {}),
  fc.string(),
);
const element: fc.Arbitrary<Json> = fc.oneof(
  scalar,
  fc.dictionary(
    fc.constantFrom(
      'value',
      'type',
      'primary',
      'display',
      'Value',
      '$ref',
      'givenName',
      'serial',
      'notes',
      '__proto__',
    ),
    scalar,
  ),
);
const value: fc.Arbitrary<Json> = fc.oneof(
  element,
  fc.array(element, { maxLength: 4 }),
  fc.dictionary(name, element),
  json,
);
const operation = fc.oneof(
  fc.record(
    {
      op: fc.constantFrom<Json>('add', 'Add', 'remove', 'replace', 'Replace', 'move', 1),
      path: fc.oneof(name, json),
      value,
    },
    { requiredKeys: ['op'] },
  ) as fc.Arbitrary<Json>,
  json,
);
const operations = fc.array(operation, { minLength: 1, maxLength: 4 });
const compatibility = fc.constantFrom('strict' as const, 'tolerant' as const);
const subject = fc.constantFrom({ type: userType, document: boAtSite }, { type: groupType, document: ops });

describe('any PATCH', () => {
  it('has a result or a ScimError, from any JSON as its body', () => {
    fc.assert(
      fc.property(json, compatibility, (body, mode) => {
        try {
          parsePatch(userType, body, { compatibility: mode, notes: [] });
        } catch (error) {
          expect(error).toBeInstanceOf(ScimError);
        }
      }),
    );
  });

  it('has a valid document or a ScimError that names the operation, and leaves the input alone', () => {
    const before = structuredClone(boAtSite);
    fc.assert(
      fc.property(subject, operations, compatibility, ({ type, document }, list, mode) => {
        try {
          const outcome = patched(list, { type, document, compatibility: mode });
          validateDocument(type, outcome.document, 'patch');
          expect(Object.getPrototypeOf(outcome.document)).toBe(Object.prototype);
          expect(outcome.changed).toBe(outcome.document !== document);
        } catch (error) {
          expect(error).toBeInstanceOf(ScimError);
          expect(String(error)).toMatch(/ScimError: (?:Operations\[\d\]: |Operations must )/);
        }
      }),
      { numRuns: 3000 },
    );
    expect(boAtSite).toEqual(before);
    expect({}).not.toHaveProperty('polluted');
  });

  // A replace by filter can change what the filter matches, so that the same request then means something else.
  it('of one operation without a filter changes nothing when it is sent again', () => {
    fc.assert(
      fc.property(operation, compatibility, (single, mode) => {
        fc.pre(!/\[(?:type|value|primary) /.test(JSON.stringify(single)));
        let first: JsonObject;
        try {
          first = patched([single], { document: boAtSite, compatibility: mode }).document;
        } catch {
          return;
        }
        const again = () => patched([single], { document: first, compatibility: mode });
        expect(again().changed).toBe(false);
      }),
      { numRuns: 3000 },
    );
  });
});

it('does not take names from the prototype for attributes', () => {
  const body = JSON.parse(
    `{"schemas":["${PATCH_SCHEMA}"],"Operations":[{"op":"add","path":"emails","value":[{"__proto__":{"polluted":1},"value":"n"}]},
      {"op":"replace","path":"name","value":{"__proto__":{"polluted":1},"constructor":"x","givenName":"G"}}]}`,
  );
  const rules = { compatibility: 'tolerant', notes: [] } as const;
  const patch = parsePatch(userType, body, { ...rules, notes: [] });
  const { document } = applyPatch(userType, boAtSite, patch, { ...rules, notes: [] });
  expect(document.name).toEqual({ givenName: 'G', familyName: 'B' });
  expect(document.emails).toContainEqual({ value: 'n' });
  expect({}).not.toHaveProperty('polluted');
});

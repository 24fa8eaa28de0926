import { applyPatch, createCatalogue, type Json, type JsonObject, parsePatch } from '@rollcall/scim';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTargetPath } from '../mapping/target-path.ts';
import { createBody } from './create-body.ts';
import { patchBody } from './patch-body.ts';
import { patchEntra } from './patch-entra.ts';
import { patchRfc } from './patch-rfc.ts';
import { readPath, withValue } from './scim-path.ts';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const PATHS = [
  'title',
  'active',
  'name.givenName',
  'name.familyName',
  'emails[type eq "work"].value',
  'emails[type eq "work"].display',
  'emails[type eq "home"].value',
  'addresses[type eq "work"].locality',
  'addresses[type eq "work"].country',
  'roles[primary eq "True"].value',
  `${ENTERPRISE}:department`,
  `${ENTERPRISE}:manager`,
] as const;

const text = fc.string({ minLength: 1, maxLength: 8, unit: 'grapheme' }).filter((value) => value.trim() !== '');

/** What a user holds, by path; without a key where it holds nothing. */
const held: fc.Arbitrary<ReadonlyMap<string, Json>> = fc
  .tuple(...PATHS.map((path) => fc.option<Json>(path === 'active' ? fc.boolean() : text)))
  .map((values) => new Map<string, Json>([['userName', 'mia'], ...zipped(values)]));

const zipped = (values: readonly Json[]): [string, Json][] =>
  PATHS.map((path, at): [string, Json] => [path, values[at] ?? null]).filter(([, value]) => value !== null);

const user = createCatalogue().resourceTypes.get('User');

function applied(
  document: JsonObject,
  operations: readonly JsonObject[],
  compatibility: 'strict' | 'tolerant',
): JsonObject {
  if (user === undefined) throw new Error('There are no users');
  if (operations.length === 0) return document;
  const rules = { compatibility, notes: [] };
  // The body goes over the wire.
  const body: Json = JSON.parse(JSON.stringify(patchBody(operations)));
  return applyPatch(user, document, parsePatch(user, body, rules), rules).document;
}

const plain = (document: JsonObject): JsonObject => JSON.parse(JSON.stringify(document));

const valuesOf = (document: JsonObject) =>
  new Map(PATHS.map((path) => [path, readTargetPath(document, readPath(path))]));

const changesBetween = (before: ReadonlyMap<string, Json>, after: ReadonlyMap<string, Json>) =>
  PATHS.map((path) => ({ path, from: before.get(path), to: after.get(path) })).filter(({ from, to }) => from !== to);

describe('a PATCH', () => {
  it.each([
    ['rfc', 'strict', (before, after) => patchRfc(changesBetween(before, after), after)],
    ['entra without the flag', 'tolerant', (before, after) => patchEntra(changesBetween(before, after), false)],
    ['entra with the flag', 'tolerant', (before, after) => patchEntra(changesBetween(before, after), true)],
  ] satisfies readonly (readonly [
    string,
    'strict' | 'tolerant',
    (before: ReadonlyMap<string, Json>, after: ReadonlyMap<string, Json>) => readonly JsonObject[],
  ])[])('of the dialect %s brings about what is wanted from whatever was there', (_, compatibility, patch) => {
    fc.assert(
      fc.property(held, held, (before, after) => {
        const document = plain(createBody('User', before, 'rfc'));
        const result = applied(document, patch(before, after), compatibility);
        expect(valuesOf(result)).toEqual(new Map(PATHS.map((path) => [path, after.get(path)])));
      }),
      { numRuns: 150 },
    );
  });

  it('and a PUT come to the same', () => {
    fc.assert(
      fc.property(held, held, (before, after) => {
        const document = plain(createBody('User', before, 'rfc'));
        const put = changesBetween(before, after).reduce<JsonObject>(
          (made, { path, to }) => withValue(made, readPath(path), to),
          document,
        );
        expect(valuesOf(put)).toEqual(new Map(PATHS.map((path) => [path, after.get(path)])));
      }),
      { numRuns: 150 },
    );
  });
});

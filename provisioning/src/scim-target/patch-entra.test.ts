import { describe, expect, it } from 'vitest';
import type { AttributeChange } from '../target.ts';
import { hasCompliantFlag, memberOperationsEntra, patchEntra } from './patch-entra.ts';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

const added = (path: string, to: AttributeChange['to']): AttributeChange => ({ path, from: undefined, to });
const replaced = (path: string, to: AttributeChange['to']): AttributeChange => ({ path, from: 'old', to });

const several = [
  replaced('title', 'Senior Analyst'),
  added('phoneNumbers[type eq "mobile"].value', '+34 600 000 009'),
  replaced('name.familyName', 'Ortiz Gil'),
  added(`${ENTERPRISE}:costCenter`, 'CC-9'),
];

const withoutFlag = (changes: readonly AttributeChange[]) => JSON.stringify(patchEntra(changes, false));
const withFlag = (changes: readonly AttributeChange[]) => JSON.stringify(patchEntra(changes, true));

describe('a PATCH as Entra ID sends it', () => {
  it.each([
    [replaced('active', false), '[{"op":"Replace","path":"active","value":"False"}]'],
    [replaced('active', true), '[{"op":"Replace","path":"active","value":"True"}]'],
    [added('nickName', 'Mi'), '[{"op":"Add","path":"nickName","value":"Mi"}]'],
    [replaced('name.givenName', 'Mía'), '[{"op":"Replace","path":"name.givenName","value":"Mía"}]'],
    [
      replaced('emails[type eq "work"].value', 'm@acme.example'),
      '[{"op":"Replace","path":"emails[type eq \\"work\\"].value","value":"m@acme.example"}]',
    ],
    [added(`${ENTERPRISE}:manager`, 'U12'), `[{"op":"Add","path":"${ENTERPRISE}:manager","value":"U12"}]`],
    [replaced(`${ENTERPRISE}:manager`, undefined), `[{"op":"Replace","path":"${ENTERPRISE}:manager","value":""}]`],
    [added('tags', ['1', '2']), '[{"op":"Add","path":"tags","value":[{"value":"1"},{"value":"2"}]}]'],
    [
      added('roles', [{ id: '1', value: '25', displayName: 'Role25' }]),
      '[{"op":"Add","path":"roles","value":[{"value":"{\\"id\\":\\"1\\",\\"value\\":\\"25\\",\\"displayName\\":\\"Role25\\"}"}]}]',
    ],
  ])('has capitalised verbs and text for everything: %j', (change, expected) => {
    expect(withoutFlag([change])).toBe(expected);
  });

  it('has an operation with a path for each attribute', () => {
    expect(withoutFlag(several)).toBe(
      '[{"op":"Replace","path":"title","value":"Senior Analyst"},' +
        '{"op":"Add","path":"phoneNumbers[type eq \\"mobile\\"].value","value":"+34 600 000 009"},' +
        '{"op":"Replace","path":"name.familyName","value":"Ortiz Gil"},' +
        `{"op":"Add","path":"${ENTERPRISE}:costCenter","value":"CC-9"}]`,
    );
  });

  it('adds and removes members by a list under the path members', () => {
    expect(JSON.stringify(memberOperationsEntra('add', ['U77', 'U12'], false))).toBe(
      '[{"op":"Add","path":"members","value":[{"$ref":null,"value":"U77"},{"$ref":null,"value":"U12"}]}]',
    );
    expect(JSON.stringify(memberOperationsEntra('remove', ['U05'], false))).toBe(
      '[{"op":"Remove","path":"members","value":[{"$ref":null,"value":"U05"}]}]',
    );
  });
});

describe('a PATCH as Entra ID sends it with aadOptscim062020', () => {
  it.each([
    'https://host/scim/v2?aadOptscim062020',
    'https://host/scim/v2/?aadOptscim062020=true',
    'https://host/?a=b&aadOptscim062020',
  ])('is chosen by the flag in %s', (url) => {
    expect(hasCompliantFlag(url)).toBe(true);
  });

  it('is not chosen without the flag', () => {
    expect(hasCompliantFlag('https://host/scim/aadOptscim062020')).toBe(false);
    expect(hasCompliantFlag('https://host/scim?aadOptscim0620201')).toBe(false);
  });

  it.each([
    [replaced('active', false), '[{"op":"replace","path":"active","value":false}]'],
    [added('nickName', 'Mi'), '[{"op":"add","path":"nickName","value":"Mi"}]'],
    [replaced(`${ENTERPRISE}:manager`, 'U12'), `[{"op":"replace","path":"${ENTERPRISE}:manager","value":"U12"}]`],
  ])('has lower-case verbs and JSON types: %j', (change, expected) => {
    expect(withFlag([change])).toBe(expected);
  });

  it('gathers several simple attributes in an operation without a path, after those with one', () => {
    expect(withFlag(several)).toBe(
      '[{"op":"add","path":"phoneNumbers[type eq \\"mobile\\"].value","value":"+34 600 000 009"},' +
        `{"op":"replace","value":{"title":"Senior Analyst","name.familyName":"Ortiz Gil","${ENTERPRISE}:costCenter":"CC-9"}}]`,
    );
  });

  it('removes members one by one', () => {
    expect(JSON.stringify(memberOperationsEntra('remove', ['U77', 'a"b'], true))).toBe(
      '[{"op":"remove","path":"members[value eq \\"U77\\"]"},{"op":"remove","path":"members[value eq \\"a\\\\\\"b\\"]"}]',
    );
    expect(JSON.stringify(memberOperationsEntra('add', ['U77'], true))).toBe(
      '[{"op":"add","path":"members","value":[{"value":"U77"}]}]',
    );
  });
});

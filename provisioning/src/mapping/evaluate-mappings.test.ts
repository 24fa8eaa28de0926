import { createCatalogue, type JsonObject } from '@rollcall/scim';
import { describe, expect, it } from 'vitest';
import { compileMappings } from './compile.ts';
import { defaultMappings } from './default-mappings.ts';
import { evaluateMappings, statusOf } from './evaluate-mappings.ts';
import type { AttributeMapping, TargetAttribute } from './model.ts';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const environment = { now: 0, random: (bytes: number) => new Uint8Array(bytes).fill(7) };
const catalogue = createCatalogue();

function compile(attributes: readonly AttributeMapping[], targetAttributes: readonly TargetAttribute[] = []) {
  const mappings = defaultMappings();
  return compileMappings({ ...mappings, users: { ...mappings.users, attributes, targetAttributes } }, catalogue).users;
}

const userName: AttributeMapping = {
  target: 'userName',
  source: { kind: 'direct', attribute: 'userName' },
  matching: 1,
  apply: 'always',
};
const row = (target: string, source: AttributeMapping['source'], other: Partial<AttributeMapping> = {}) =>
  ({ target, source, matching: 0, apply: 'always', ...other }) as const;
const expression = (text: string) => ({ kind: 'expression', expression: text }) as const;
const direct = (attribute: string) => ({ kind: 'direct', attribute }) as const;
const object = (document: JsonObject) => ({ type: 'User', id: 'u1', version: 1, label: '', document }) as const;

const evaluated = (rows: readonly AttributeMapping[], document: JsonObject, added: readonly TargetAttribute[] = []) =>
  evaluateMappings(compile([userName, ...rows], added), object({ userName: 'mia', ...document }), false, environment);

const plain = (path: string, other: Partial<TargetAttribute>): TargetAttribute => ({
  path,
  type: 'string',
  required: false,
  multiValued: false,
  caseExact: false,
  ...other,
});

describe('The default mappings', () => {
  const mia = object({
    id: 'u1',
    userName: 'mia@acme.example',
    active: true,
    name: { givenName: 'Mia', familyName: 'Ortiz' },
    displayName: 'Mia Ortiz',
    emails: [{ type: 'work', value: 'mia@acme.example' }],
    [ENTERPRISE]: { department: 'Sales', manager: { value: 'u7' } },
  });
  const users = compileMappings(defaultMappings(), catalogue).users;

  it('give what the target should hold', () => {
    const result = evaluateMappings(users, mia, false, environment);
    expect(Object.fromEntries(result.attributes)).toEqual({
      userName: 'mia@acme.example',
      active: true,
      displayName: 'Mia Ortiz',
      'emails[type eq "work"].value': 'mia@acme.example',
      'name.givenName': 'Mia',
      'name.familyName': 'Ortiz',
      'name.formatted': 'Mia Ortiz',
      externalId: 'u1',
      [`${ENTERPRISE}:department`]: 'Sales',
    });
    expect(result.references).toEqual([{ path: `${ENTERPRISE}:manager`, id: 'u7' }]);
    expect(result.matching).toEqual([{ path: 'userName', value: 'mia@acme.example' }]);
    expect(result.empty).toContain('title');
    expect(result.empty).not.toContain(`${ENTERPRISE}:manager`);
    expect(result.problems).toEqual([]);
  });

  it('disable who is out of scope, by active', () => {
    expect(evaluateMappings(users, mia, true, environment).attributes.get('active')).toBe(false);
    expect(statusOf(users, mia, environment)).toEqual(new Map([['active', false]]));
    expect(statusOf(users, undefined, environment)).toEqual(new Map([['active', false]]));
  });

  it('refer to nothing where there is no manager', () => {
    const result = evaluateMappings(users, object({ id: 'u2', userName: 'kai' }), false, environment);
    expect(result.references).toEqual([{ path: `${ENTERPRISE}:manager`, id: undefined }]);
  });
});

describe('The status of an account', () => {
  it.each([
    'Switch([IsSoftDeleted], , "False", "True", "True", "False")',
    'Not([IsSoftDeleted])',
    'IIF([IsSoftDeleted]="True", "False", "True")',
  ])('may be written as %s', (text) => {
    const mapping = compile([userName, row('active', expression(text))]);
    const status = (softDeleted: boolean) =>
      evaluateMappings(mapping, object({ userName: 'mia' }), softDeleted, environment).attributes.get('active');
    expect(mapping.statusPaths).toEqual(['active']);
    expect([status(false), status(true)]).toEqual([true, false]);
  });
});

describe('A row', () => {
  it('with a constant gives it, in the type of the target', () => {
    const vip = plain('vip', { type: 'boolean' });
    const level = plain('level', { type: 'integer' });
    const rows = [row('vip', { kind: 'constant', value: 'TRUE' }), row('level', { kind: 'constant', value: '42' })];
    const { attributes } = evaluated(rows, {}, [vip, level]);
    expect(attributes.get('vip')).toBe(true);
    expect(attributes.get('level')).toBe(42);
  });

  it('writes booleans into texts as .NET does', () => {
    expect(evaluated([row('nickName', direct('active'))], { active: true }).attributes.get('nickName')).toBe('True');
  });

  it('takes one value out of a list of one, and refuses several', () => {
    const rows = [row('nickName', direct('emails.value'))];
    const one = evaluated(rows, { emails: [{ value: 'a' }] });
    expect(one.attributes.get('nickName')).toBe('a');
    expect(evaluated(rows, { emails: [{ value: 'a' }, { value: 'b' }] }).problems).toEqual([
      {
        code: 'SchemaPropertyCanOnlyAcceptValue',
        path: 'nickName',
        message: 'nickName takes one value and was given 2.',
      },
    ]);
  });

  it('gives lists and roles where the target takes several values', () => {
    const tags = plain('tags', { multiValued: true });
    const rows = [
      row('tags', direct('emails.value')),
      row('roles', expression('AppRoleAssignmentsComplex([appRoleAssignments])')),
    ];
    const { attributes, additive } = evaluated(rows, { emails: [{ value: 'a' }], roles: [{ value: 'admin' }] }, [tags]);
    expect(attributes.get('tags')).toEqual(['a']);
    expect(attributes.get('roles')).toEqual([{ primary: false, value: 'admin' }]);
    expect(additive).toEqual(['roles']);
  });

  it('has a problem of its own where its expression has no result', () => {
    const { problems, attributes, empty } = evaluated([row('nickName', expression('CDate([title])'))], {
      title: 'no date',
    });
    expect(problems).toEqual([
      { code: 'ExpressionFailed', path: 'nickName', message: expect.stringMatching(/^nickName, at position 0: /) },
    ]);
    expect(attributes.get('userName')).toBe('mia');
    expect(empty).toEqual([]);
  });

  it('that gives no number to an integer has a problem', () => {
    const { problems } = evaluated([row('level', direct('title'))], { title: 'high' }, [
      plain('level', { type: 'integer' }),
    ]);
    expect(problems).toMatchObject([{ code: 'ExpressionFailed', path: 'level' }]);
  });

  it('that applies on creation is sent then only', () => {
    const { attributes, onCreate, empty } = evaluated(
      [row('nickName', direct('title'), { apply: 'create' }), row('locale', direct('locale'), { apply: 'create' })],
      { title: 'Clerk' },
    );
    expect(onCreate).toEqual(new Map([['nickName', 'Clerk']]));
    expect([...attributes.keys()]).toEqual(['userName']);
    expect(empty).toEqual([]);
  });

  it('without a value has its default on creation, and is not cleared later', () => {
    const { onCreate, empty, attributes } = evaluated([row('title', direct('title'), { defaultValue: 'Staff' })], {});
    expect(onCreate).toEqual(new Map([['title', 'Staff']]));
    expect(attributes.has('title')).toBe(false);
    expect(empty).toEqual([]);
  });

  it('without source has its default only', () => {
    const { onCreate, empty } = evaluated(
      [row('title', { kind: 'none' }, { defaultValue: 'Staff' }), row('nickName', { kind: 'none' })],
      {},
    );
    expect(onCreate).toEqual(new Map([['title', 'Staff']]));
    expect(empty).toEqual([]);
  });

  it('without a value may be cleared, unless its expression says otherwise', () => {
    const rows = [row('title', direct('title')), row('nickName', expression('IgnoreFlowIfNullOrEmpty([nickName])'))];
    expect(evaluated(rows, {}).empty).toEqual(['title']);
  });

  it('that must not be seen in the log is named', () => {
    const { redacted, attributes } = evaluated([row('nickName', expression('Redact([title])'))], { title: 'secret' });
    expect(redacted).toEqual(['nickName']);
    expect(attributes.get('nickName')).toBe('secret');
  });
});

describe('What an object lacks', () => {
  it('is a problem where the target requires it and there is no default', () => {
    const costCenter = plain('costCenter', { required: true });
    const rows = [row('costCenter', direct('costCenter'))];
    expect(evaluated(rows, {}, [costCenter]).problems).toEqual([
      { code: 'MissingValues', path: 'costCenter', message: 'costCenter has no value.' },
    ]);
    const withDefault = [row('costCenter', direct('costCenter'), { defaultValue: '1000' })];
    expect(evaluated(withDefault, {}, [costCenter]).problems).toEqual([]);
  });

  it('is a problem when nothing that is matched on has a value', () => {
    const result = evaluateMappings(compile([userName]), object({}), false, environment);
    expect(result.problems.map(({ code }) => code)).toEqual(['MissingValues', 'ImportSkipped']);
  });

  it('is passed over by the next attribute that is matched on', () => {
    const mapping = compile([{ ...userName, matching: 2 }, row('externalId', direct('externalId'), { matching: 1 })]);
    const withBoth = evaluateMappings(mapping, object({ userName: 'mia', externalId: '42' }), false, environment);
    expect(withBoth.matching.map(({ path }) => path)).toEqual(['externalId', 'userName']);
    const without = evaluateMappings(mapping, object({ userName: 'mia' }), false, environment);
    expect(without.matching).toEqual([{ path: 'userName', value: 'mia' }]);
    expect(without.problems).toEqual([]);
  });
});

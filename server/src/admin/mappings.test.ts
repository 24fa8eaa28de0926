import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  expressionFunctionListSchema,
  type MappingsView,
  mappingPreviewSchema,
  mappingsSchema,
  savedMappingsSchema,
  triedExpressionSchema,
} from '../contract/mapping.ts';
import { openTestApplications, type TestApplications } from './application.fixture.ts';

let rollcall: TestApplications;
beforeAll(async () => {
  rollcall = await openTestApplications();
  await rollcall.add({ slug: 'crm', settings: { scope: 'all' } });
});
afterAll(() => rollcall.close());

const PATH = '/applications/crm/mappings';
const get = () => rollcall.ask(mappingsSchema, 'GET', PATH);
const withTitle = (mappings: MappingsView, expression: string): MappingsView => ({
  ...mappings,
  users: {
    ...mappings.users,
    attributes: mappings.users.attributes.map((row) =>
      row.target === 'title' ? { ...row, source: { kind: 'expression', expression } } : row,
    ),
  },
});

describe('mappings', () => {
  it('begin with the default table, and what is exported can be imported', async () => {
    const exported = await get();
    expect(exported.users.attributes.find(({ matching }) => matching === 1)?.target).toBe('userName');
    const saved = await rollcall.ask(savedMappingsSchema, 'PUT', PATH, exported);
    expect(saved.users).toEqual(exported.users);
    expect(await get()).toEqual(exported);
  });

  it('are replaced as a whole and reset', async () => {
    const before = await get();
    const changed = withTitle(before, 'ToUpper([jobTitle])');
    await rollcall.ask(savedMappingsSchema, 'PUT', PATH, changed);
    expect(await get()).toEqual(changed);
    await rollcall.ask(savedMappingsSchema, 'POST', `${PATH}/reset`);
    expect(await get()).toEqual(before);
  });

  it('are refused with everything that is wrong, and stay as they were', async () => {
    const before = await get();
    const wrong = withTitle(before, 'ToUppr([jobTitle])');
    const attributes = [
      ...wrong.users.attributes,
      { target: 'nickName', source: { kind: 'expression', expression: 'Join(' } },
    ];
    const problem = await rollcall.problem('PUT', PATH, { ...wrong, users: { ...wrong.users, attributes } });
    expect(problem).toMatchObject({ status: 400, type: '/problems/invalid-request' });
    expect(problem.problems?.length).toBeGreaterThanOrEqual(2);
    expect(problem.problems?.every(({ field }) => field.startsWith('users.attributes'))).toBe(true);
    expect(problem.problems?.some(({ position }) => position !== undefined)).toBe(true);
    expect(await get()).toEqual(before);
  });

  it('can be previewed without being saved', async () => {
    const before = await get();
    const body = { mappings: withTitle(before, 'ToUpper([jobTitle])') };
    const preview = await rollcall.ask(mappingPreviewSchema, 'POST', `${PATH}/preview`, body);
    expect(preview).toMatchObject({ problems: [], objects: 5 });
    expect(await get()).toEqual(before);
    const wrong = { mappings: withTitle(before, 'ToUpper(') };
    const { problems } = await rollcall.ask(mappingPreviewSchema, 'POST', `${PATH}/preview`, wrong);
    expect(problems).toHaveLength(1);
  });
});

describe('an expression', () => {
  const tried = (expression: string, object = 'user:anna@example.com') =>
    rollcall.ask(triedExpressionSchema, 'POST', '/applications/crm/expression', { expression, object });

  it('is tried with a user', async () => {
    expect(await tried('Join(" ", [givenName], [surname])')).toEqual({ value: 'Anna Ärger', error: null });
  });

  it('that cannot be read names the position', async () => {
    const { error } = await tried('Join(" ", [givenName]');
    expect(error?.position).toBeGreaterThan(0);
  });

  it('is not tried with somebody who is not there', async () => {
    const body = { expression: '[mail]', object: 'user:nobody' };
    expect((await rollcall.problem('POST', '/applications/crm/expression', body)).status).toBe(404);
  });

  it('may use the functions that are listed with an example each', async () => {
    const { functions } = await rollcall.ask(expressionFunctionListSchema, 'GET', '/expression-functions');
    expect(functions.map(({ name }) => name)).toEqual(expect.arrayContaining(['Join', 'Switch', 'Trim', 'Contains']));
    for (const { example } of functions) expect(example).not.toBe('');
  });
});

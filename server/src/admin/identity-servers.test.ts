import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { credentialsSchema, identityServerListSchema, identityServerSchema } from '../contract/identity-server.ts';
import { problemSchema } from '../contract/problem.ts';
import { issuedTokenSchema } from '../contract/token.ts';
import { openTestRollcall, type TestRollcall } from './rollcall.fixture.ts';

let rollcall: TestRollcall;
beforeAll(async () => {
  rollcall = await openTestRollcall({ publicUrl: 'https://scim.example.org' });
});
afterAll(() => rollcall.close());

const add = (body: object) => rollcall.ask(identityServerSchema, 'POST', '/identity-servers', body);
const show = (name: string) => rollcall.ask(identityServerSchema, 'GET', `/identity-servers/${name}`);
async function problem(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown) {
  const answer = await rollcall.send(method, path, body);
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
  return problemSchema.parse(JSON.parse(answer.text));
}

describe('adding identity servers', () => {
  it('needs a name only: slug, URL and settings are made', async () => {
    const { status, headers, text } = await rollcall.send('POST', '/identity-servers', { name: 'Entra (Europe)' });
    expect(status).toBe(201);
    expect(headers.location).toBe('/api/identity-servers/entra-europe');
    expect(identityServerSchema.parse(JSON.parse(text))).toMatchObject({
      slug: 'entra-europe',
      name: 'Entra (Europe)',
      scimUrl: 'https://scim.example.org/scim/entra-europe/v2',
      active: true,
      default: false,
      security: 'bearer',
      compatibility: 'tolerant',
      saveRequests: true,
      defaultPageSize: 100,
      maxPageSize: 1000,
      rateLimit: 0,
      groupPatchAnswer: 'auto',
      uniqueGroupNames: true,
      uniqueExternalIds: false,
      restoreInactive: false,
      userName: null,
      removing: false,
      warnings: [],
    });
  });

  it('gives the same name another slug, and refuses a slug that is taken', async () => {
    const first = await add({ name: 'Twin' });
    expect((await add({ name: 'Twin' })).slug).toBe('twin-2');
    expect(await problem('POST', '/identity-servers', { name: 'Third', slug: first.slug })).toEqual({
      type: '/problems/already-exists',
      title: 'It exists already',
      status: 409,
      detail: 'The slug "twin" is taken; choose another with slug.',
      field: 'slug',
    });
  });

  it('makes ten at once under ten slugs', async () => {
    const added = await Promise.all(Array.from({ length: 10 }, () => add({ name: 'Crowd' })));
    expect(new Set(added.map((server) => server.slug)).size).toBe(10);
  });

  it('has one default at most', async () => {
    const first = await add({ name: 'First', default: true });
    expect(first.defaultScimUrl).toBe('https://scim.example.org/scim/v2');
    const second = await add({ name: 'Second', default: true });
    const { identityServers } = await rollcall.ask(identityServerListSchema, 'GET', '/identity-servers');
    expect(identityServers.filter((server) => server.default).map((server) => server.id)).toEqual([second.id]);
    await rollcall.ask(identityServerSchema, 'PATCH', `/identity-servers/${first.slug}`, { default: true });
    expect([(await show('first')).default, (await show('second')).default]).toEqual([true, false]);
  });

  it('warns of security none and of a missing password', async () => {
    expect((await add({ name: 'Open', security: 'none' })).warnings).toEqual([
      expect.stringContaining('Security is none'),
    ]);
    const basic = await add({ name: 'Basic', security: 'basic' });
    expect(basic.warnings).toEqual([expect.stringContaining('rollcall identity-server credentials basic')]);
    const path = '/identity-servers/basic/credentials';
    const { userName, password } = await rollcall.ask(credentialsSchema, 'POST', path);
    expect(userName).toBe('basic');
    expect(await show('basic')).toMatchObject({ userName: 'basic', warnings: [] });
    expect((await rollcall.send('GET', '/identity-servers/basic')).text).not.toContain(password);
  });

  it.each([
    [{ name: '' }, 'name'],
    [{}, 'name'],
    [{ name: 'x', slug: 'v2' }, 'slug'],
    [{ name: 'x', colour: 'red' }, 'colour'],
    [{ name: 'x', rateLimit: 'many' }, 'rateLimit'],
    [{ name: 'x', defaultPageSize: 50, maxPageSize: 20 }, 'defaultPageSize'],
  ])('refuses %j naming the field', async (body, field) => {
    const refused = await problem('POST', '/identity-servers', body);
    expect(refused).toMatchObject({ type: '/problems/invalid-request', status: 400, field });
    expect(refused.detail).toContain(field);
  });

  it('refuses a body that is no object', async () => {
    expect(await problem('POST', '/identity-servers')).toMatchObject({ status: 400 });
    expect(await problem('POST', '/identity-servers', ['x'])).toMatchObject({ status: 400 });
  });
});

describe('changing identity servers', () => {
  it('changes what is named and leaves the rest', async () => {
    const server = await add({ name: 'Change me', rateLimit: 7 });
    const path = `/identity-servers/${server.id}`;
    const changed = await rollcall.ask(identityServerSchema, 'PATCH', path, {
      name: 'Changed',
      maxPageSize: 500,
      active: false,
    });
    expect(changed).toEqual({
      ...server,
      name: 'Changed',
      maxPageSize: 500,
      active: false,
      modifiedAt: changed.modifiedAt,
    });
    expect(await show('change-me')).toEqual(changed);
  });

  it('can give another slug, if it is free', async () => {
    await add({ name: 'Old name' });
    const changed = await rollcall.ask(identityServerSchema, 'PATCH', '/identity-servers/old-name', {
      slug: 'new-name',
    });
    expect(changed.scimUrl).toBe('https://scim.example.org/scim/new-name/v2');
    expect(await problem('GET', '/identity-servers/old-name')).toMatchObject({
      type: '/problems/not-found',
      status: 404,
    });
    await add({ name: 'Old name' });
    expect(await problem('PATCH', '/identity-servers/old-name', { slug: 'new-name' })).toMatchObject({ status: 409 });
  });

  it('loses nothing when many change it at once', async () => {
    await add({ name: 'Busy' });
    const changes = [
      { rateLimit: 9 },
      { maxPageSize: 900 },
      { active: false },
      { compatibility: 'strict' },
      { name: 'Busier' },
    ];
    await Promise.all(changes.map((change) => rollcall.send('PATCH', '/identity-servers/busy', change)));
    expect(await show('busy')).toMatchObject(Object.assign({}, ...changes));
  });

  it.each([{ removing: true }, { id: 'x' }, { slug: 'v2' }, { security: 'digest' }])('refuses %j', async (change) => {
    await add({ name: 'Firm', slug: `firm-${Object.keys(change)[0]}` });
    expect(await problem('PATCH', `/identity-servers/firm-${Object.keys(change)[0]}`, change)).toMatchObject({
      status: 400,
    });
  });
});

describe('removing identity servers', () => {
  it('ends it at once, frees its slug, and empties it in the background', async () => {
    const server = await add({ name: 'Gone', security: 'none' });
    const scim = `${rollcall.url}/scim/gone/v2/Users`;
    for (const userName of ['a', 'b', 'c']) {
      const body = JSON.stringify({ schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName });
      await fetch(scim, { method: 'POST', headers: { 'content-type': 'application/scim+json' }, body });
    }
    await rollcall.ask(issuedTokenSchema, 'POST', '/identity-servers/gone/tokens', { name: 'x' });
    const { status, text } = await rollcall.send('DELETE', '/identity-servers/gone');
    expect([status, identityServerSchema.parse(JSON.parse(text)).removing]).toEqual([202, true]);
    expect((await fetch(scim)).status).toBe(404);
    const again = await add({ name: 'Gone', security: 'none' });
    expect(again.slug).toBe('gone');
    const list = async () => (await rollcall.ask(identityServerListSchema, 'GET', '/identity-servers')).identityServers;
    await expect.poll(async () => (await list()).some(({ id }) => id === server.id)).toBe(false);
    const listed = await fetch(scim).then((answer) => answer.json());
    expect(z.object({ totalResults: z.number() }).parse(listed).totalResults).toBe(0);
  });

  it('cannot be done twice', async () => {
    await add({ name: 'Once' });
    await rollcall.send('DELETE', '/identity-servers/once');
    expect(await problem('DELETE', '/identity-servers/once')).toMatchObject({ status: 404 });
  });
});

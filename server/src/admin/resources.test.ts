import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { identityServerSchema } from '../contract/identity-server.ts';
import { problemSchema } from '../contract/problem.ts';
import { resourceListSchema } from '../contract/resource.ts';
import { openTestRollcall, type TestRollcall } from './rollcall.fixture.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const PATH = '/identity-servers/entra/resources';

let rollcall: TestRollcall;
let ids: string[];
beforeAll(async () => {
  rollcall = await openTestRollcall();
  await rollcall.ask(identityServerSchema, 'POST', '/identity-servers', { name: 'Entra', security: 'none' });
  ids = [];
  for (const userName of ['ann', 'bob', 'cid']) {
    const answer = await fetch(`${rollcall.url}/scim/entra/v2/Users`, {
      method: 'POST',
      headers: { 'content-type': 'application/scim+json' },
      body: JSON.stringify({ schemas: [USER], userName }),
    });
    ids.push(z.object({ id: z.string() }).parse(await answer.json()).id);
  }
});
afterAll(() => rollcall.close());

const list = (path: string) => rollcall.ask(resourceListSchema, 'GET', PATH + path);

describe('looking at resources', () => {
  it.each(['/User', '/users', '/USERS'])('names the type as people do: %s', async (type) => {
    expect((await list(type)).totalResults).toBe(3);
  });

  it('filters and pages with a cursor', async () => {
    const filtered = await list(`/User?filter=${encodeURIComponent('userName eq "BOB"')}`);
    expect(filtered.Resources.map((user) => user.userName)).toEqual(['bob']);
    const first = await list('/User?cursor=&count=2&attributes=userName');
    expect(first.Resources).toHaveLength(2);
    const second = await list(`/User?cursor=${first.nextCursor}&count=2`);
    expect(second.Resources.map((user) => user.userName)).toEqual(['cid']);
    expect(second.nextCursor).toBeUndefined();
  });

  it('shows one', async () => {
    const { status, text } = await rollcall.send('GET', `${PATH}/User/${ids[0]}`);
    expect([status, JSON.parse(text)]).toEqual([200, expect.objectContaining({ id: ids[0], userName: 'ann' })]);
  });

  it('passes on what SCIM refuses, as a problem', async () => {
    const refused = await rollcall.send('GET', `${PATH}/User?filter=nonsense`);
    expect(problemSchema.parse(JSON.parse(refused.text))).toMatchObject({ type: '/problems/scim-error', status: 400 });
    const missing = await rollcall.send('GET', `${PATH}/User/nobody`);
    expect(problemSchema.parse(JSON.parse(missing.text))).toMatchObject({ type: '/problems/scim-error', status: 404 });
    const odd = await rollcall.send('GET', `${PATH}/User/${encodeURIComponent('a/b')}`);
    expect(odd.status).toBe(404);
  });

  it('refuses a type that is not there, naming those that are', async () => {
    const refused = await rollcall.send('GET', `${PATH}/Robot`);
    expect(problemSchema.parse(JSON.parse(refused.text))).toMatchObject({
      status: 404,
      detail: 'There is no resource type "Robot" here; there are User, Group.',
    });
  });
});

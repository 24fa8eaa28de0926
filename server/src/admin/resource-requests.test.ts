import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { identityServerSchema } from '../contract/identity-server.ts';
import { logSchema } from '../contract/log.ts';
import { openTestRollcall, type TestRollcall } from './rollcall.fixture.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';

let rollcall: TestRollcall;
beforeAll(async () => {
  rollcall = await openTestRollcall();
  await rollcall.ask(identityServerSchema, 'POST', '/identity-servers', { name: 'Entra', security: 'none' });
});
afterAll(() => rollcall.close());

async function scim(method: string, path: string, body?: object): Promise<string> {
  const content = body === undefined ? {} : { body: JSON.stringify(body) };
  const headers = { 'content-type': 'application/scim+json' };
  const answer = await fetch(`${rollcall.url}/scim/entra/v2${path}`, { method, headers, ...content });
  return answer.status === 204 ? '' : z.object({ id: z.string().default('') }).parse(await answer.json()).id;
}

describe('the requests that touched a resource', () => {
  it('looked for it, made it, changed it or failed to, newest first and without bodies', async () => {
    const lookup = `/Users?filter=${encodeURIComponent('userName eq "ann@example.com"')}`;
    await scim('GET', lookup);
    const ann = await scim('POST', '/Users', { schemas: [USER], userName: 'Ann@example.com' });
    await scim('POST', '/Users', { schemas: [USER], userName: 'bob@example.com' });
    await scim('POST', '/Users', { schemas: [USER], userName: 'ANN@example.com' });
    await scim('GET', `/Users/${ann}`);
    const path = `/identity-servers/entra/resources/User/${ann}/requests`;
    const found = async (query = '') => (await rollcall.ask(logSchema, 'GET', path + query)).entries;
    await expect.poll(async () => (await found()).length).toBe(4);
    const entries = await found();
    expect(entries.map(({ method, status }) => [method, status])).toEqual([
      ['GET', 200],
      ['POST', 409],
      ['POST', 201],
      ['GET', 200],
    ]);
    expect(entries[2]).toMatchObject({ requestBody: null, hasRequestBody: true, responseBody: null });
    expect(await found('?limit=1')).toEqual(entries.slice(0, 1));
    expect(await found(`?before=${entries[1]?.n}`)).toEqual(entries.slice(2));
  });
});

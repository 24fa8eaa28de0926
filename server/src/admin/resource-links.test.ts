import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { resourceListSchema } from '../contract/resource.ts';
import { resourceLinkListSchema } from '../contract/resource-link.ts';
import { openTestApplications, type TestApplications } from './application.fixture.ts';

let rollcall: TestApplications;
let anna: string;
beforeAll(async () => {
  rollcall = await openTestApplications();
  anna = await userOf('hr');
});
afterAll(() => rollcall.close());

async function userOf(server: string): Promise<string> {
  const filter = encodeURIComponent('userName eq "anna@example.com"');
  const path = `/identity-servers/${server}/resources/User?filter=${filter}`;
  return (await rollcall.ask(resourceListSchema, 'GET', path)).Resources[0]?.id ?? '';
}
const links = async (server = 'hr', id = anna) =>
  (await rollcall.ask(resourceLinkListSchema, 'GET', `/identity-servers/${server}/resources/User/${id}/links`)).links;

describe('the links of a user', () => {
  it('say where the user is in each application, and what failed', async () => {
    const { connection } = rollcall;
    await rollcall.add({ slug: 'crm', connection, settings: { scope: 'all' } });
    await rollcall.add({ slug: 'untouched', connection, settings: { scope: 'all' } });
    const picky = { name: 'picky', security: 'none', uniqueExternalIds: true };
    await rollcall.ask(z.unknown(), 'POST', '/identity-servers', picky);
    const other = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: 'other', externalId: anna };
    await rollcall.ask(z.unknown(), 'POST', '/identity-servers/picky/resources/User', other);
    const taken = { ...connection, baseUrl: `${rollcall.url}/scim/picky/v2` };
    await rollcall.add({ slug: 'taken', connection: taken, settings: { scope: 'all' } });
    expect(await links()).toEqual([]);
    for (const slug of ['crm', 'taken']) {
      await rollcall.ask(z.unknown(), 'POST', `/applications/${slug}/provision`, { user: 'anna@example.com' });
    }
    expect(await links()).toEqual([
      {
        application: { slug: 'crm', name: 'CRM' },
        type: 'User',
        targetId: await userOf('target'),
        state: 'active',
        label: 'anna@example.com',
        failure: null,
        lastAt: expect.any(String),
      },
      expect.objectContaining({
        application: { slug: 'taken', name: 'CRM' },
        targetId: null,
        state: 'none',
        failure: {
          code: expect.any(String),
          message: expect.stringContaining('externalId'),
          nextTryAt: expect.any(String),
        },
      }),
    ]);
    expect(await links('target', await userOf('target'))).toEqual([]);
    expect((await rollcall.problem('GET', '/identity-servers/hr/resources/User/nobody/links')).status).toBe(404);
  });
});

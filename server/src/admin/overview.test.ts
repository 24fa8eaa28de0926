import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { overviewSchema } from '../contract/overview.ts';
import { openTestApplications, type TestApplications } from './application.fixture.ts';

let rollcall: TestApplications;
beforeAll(async () => {
  rollcall = await openTestApplications();
});
afterAll(() => rollcall.close());

const overview = () => rollcall.ask(overviewSchema, 'GET', '/overview');

describe('GET /api/overview', () => {
  it('shows both ends', async () => {
    await fetch(`${rollcall.connection.baseUrl}/Users`, { headers: { authorization: 'Bearer wrong' } });
    const headers = { authorization: `Bearer ${rollcall.connection.secret}` };
    await fetch(`${rollcall.connection.baseUrl}/Users`, { headers });
    await rollcall.add();
    const { identityServers, applications } = await overview();
    expect(identityServers).toMatchObject([
      { slug: 'hr', default: true, users: 3, groups: 2, requests24h: 0, lastRequestAt: null },
      { slug: 'target', security: 'bearer', users: 0, groups: 0, requests24h: 2, errors24h: 1 },
    ]);
    expect(identityServers[1]?.lastRequestAt).toMatch(/^\d{4}-/);
    expect(applications).toEqual([
      {
        slug: 'crm',
        name: 'CRM',
        directory: 'hr',
        state: 'notConfigured',
        links: { users: 0, groups: 0 },
        failing: 0,
        staged: 0,
        drift: 0,
        lastCycle: null,
        progress: null,
      },
    ]);
  });

  it('shows what the last cycle did', async () => {
    await rollcall.send('PATCH', '/applications/crm', {
      connection: rollcall.connection,
      settings: { scope: 'all' },
    });
    await rollcall.send('POST', '/applications/crm/start');
    // The cycle is stored before what it was about is put away.
    await expect
      .poll(async () => (await overview()).applications[0], { timeout: 20_000 })
      .toMatchObject({
        state: 'active',
        links: { users: 3, groups: 2 },
        lastCycle: { kind: 'initial', state: 'succeeded', counts: { created: 5 } },
        progress: null,
      });
    const { identityServers } = await overview();
    expect(identityServers[1]).toMatchObject({ users: 3, groups: 2 });
    await rollcall.send('POST', '/applications/crm/stop');
  });

  it('says what needs attention, and where', async () => {
    await rollcall.send('PATCH', '/identity-servers/target', { security: 'none' });
    await rollcall.send('PATCH', '/applications/crm', { settings: { notify: ['admin@example.com'] } });
    await rollcall.send('POST', '/identity-servers/hr/tokens', { name: 'Short', expiresIn: '1d' });
    const { attention } = await overview();
    expect(attention.map(({ kind, link }) => `${kind} ${link}`).filter((text) => !text.startsWith('disk'))).toEqual([
      'tokenExpires /identity-servers/hr/tokens',
      'unprotected /identity-servers/target',
      'noMail /settings/mail',
    ]);
  });

  it('leaves out what is being removed', async () => {
    await rollcall.send('POST', '/identity-servers', { name: 'gone' });
    await rollcall.send('DELETE', '/identity-servers/gone');
    expect((await overview()).identityServers.map(({ slug }) => slug)).toEqual(['hr', 'target']);
  });
});

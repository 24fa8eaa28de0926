import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { issuedApiTokenSchema } from '../contract/api-token.ts';
import { auditLogSchema } from '../contract/audit.ts';
import { issuedTokenSchema } from '../contract/token.ts';
import { openTestApplications, type TestApplications } from './application.fixture.ts';
import { AUDITED } from './audit-routes.ts';

let rollcall: TestApplications;
beforeAll(async () => {
  rollcall = await openTestApplications();
});
afterAll(() => rollcall.close());

const entries = async (query = '') => (await rollcall.ask(auditLogSchema, 'GET', `/audit${query}`)).entries;
const newest = async () => (await entries('?limit=1'))[0];

describe('the audit log', () => {
  it('has who, what, before and after, of what differs', async () => {
    await rollcall.add({ slug: 'crm' });
    expect(await newest()).toMatchObject({
      who: 'local',
      from: null,
      action: 'application.added',
      subject: 'crm',
      before: null,
      after: { name: 'CRM', directory: 'hr', hasSecret: false },
    });
    await rollcall.send('PATCH', '/applications/crm', { name: 'Renamed' });
    expect(await newest()).toMatchObject({
      action: 'application.changed',
      before: { name: 'CRM' },
      after: { name: 'Renamed' },
    });
    expect(Object.keys((await newest())?.after ?? {})).toEqual(['name']);
  });

  it('says that a secret was replaced, and never which', async () => {
    const connection = { baseUrl: 'https://crm.example.org', secret: 'first-secret' };
    await rollcall.send('PATCH', '/applications/crm', { connection });
    expect((await newest())?.after).toMatchObject({ hasSecret: true, secret: 'replaced' });
    await rollcall.send('PATCH', '/applications/crm', { connection: { secret: 'second-secret' } });
    expect(await newest()).toMatchObject({ before: {}, after: { secret: 'replaced' } });
    const { token } = await rollcall.ask(issuedTokenSchema, 'POST', '/identity-servers/hr/tokens', { name: 'x' });
    expect(await newest()).toMatchObject({ action: 'token.issued', after: { name: 'x' } });
    await rollcall.send('POST', '/identity-servers/hr/credentials', { userName: 'basic' });
    expect(await newest()).toMatchObject({
      action: 'identityServer.credentials.renewed',
      after: { userName: 'basic' },
    });
    const { text } = await rollcall.send('GET', '/audit?limit=1000');
    expect(text).not.toMatch(/-secret"|"password"/);
    expect(text).not.toContain(token);
  });

  it('names the API token and the address of what comes over TCP', async () => {
    const { token } = await rollcall.ask(issuedApiTokenSchema, 'POST', '/api-tokens', { name: 'console' });
    const response = await fetch(`${rollcall.url}/api/applications/crm`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'From afar' }),
    });
    expect(response.status).toBe(200);
    expect(await newest()).toMatchObject({ who: 'console', from: '127.0.0.1', after: { name: 'From afar' } });
  });

  it('has mappings, assignments and jobs too', async () => {
    await rollcall.send('POST', '/applications/crm/assignments', { objects: ['group:Sales'] });
    expect(await newest()).toMatchObject({ action: 'application.assigned', after: ['group:Sales'] });
    await rollcall.send('DELETE', '/applications/crm/assignments', { objects: ['group:Sales'] });
    expect(await newest()).toMatchObject({ action: 'application.unassigned', after: ['group:Sales'] });
    await rollcall.send('POST', '/applications/crm/mappings/reset');
    expect(await newest()).toMatchObject({
      action: 'application.mappings.reset',
      subject: 'crm',
      before: {},
      after: {},
    });
    await rollcall.send('POST', '/applications/crm/restart', { reset: ['escrows'] });
    expect(await newest()).toMatchObject({ action: 'application.restarted', after: { reset: ['escrows'] } });
  });

  it('has nothing of what was refused', async () => {
    const before = await newest();
    await rollcall.problem('PATCH', '/applications/crm', { name: '' });
    await rollcall.problem('PATCH', '/applications/nowhere', { name: 'x' });
    expect(await newest()).toEqual(before);
  });

  it('is read by subject and in pages', async () => {
    const all = await entries('?subject=crm&limit=1000');
    expect(all.length).toBeGreaterThan(5);
    expect(new Set(all.map(({ subject }) => subject))).toEqual(new Set(['crm']));
    const [first, second] = all;
    expect(await entries(`?subject=crm&limit=1&before=${first?.n}`)).toEqual([second]);
  });

  it('has what remains after a removal', async () => {
    await rollcall.send('DELETE', '/applications/crm');
    expect(await newest()).toMatchObject({ action: 'application.removed', subject: 'crm', after: null });
  });
});

it('names routes that are there', async () => {
  for (const route of AUDITED.keys()) {
    const [method = '', path = ''] = route.split(' ');
    // The table holds no others.
    const known = method as 'POST';
    const { text } = await rollcall.send(known, path.slice('/api'.length).replace(/:\w+/g, 'nowhere'), {});
    expect(text, route).not.toContain('in this API');
  }
});

it('records every action under a name of its own', () => {
  const actions = [...AUDITED.values()].map(({ action }) => action);
  expect(new Set(actions).size).toBe(actions.length - 2);
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { identityServerSchema } from '../contract/identity-server.ts';
import { problemSchema } from '../contract/problem.ts';
import { issuedTokenSchema, tokenListSchema, tokenSchema } from '../contract/token.ts';
import { openTestRollcall, type TestRollcall } from './rollcall.fixture.ts';

const DAY = 86_400_000;

let rollcall: TestRollcall;
beforeAll(async () => {
  rollcall = await openTestRollcall();
  await rollcall.ask(identityServerSchema, 'POST', '/identity-servers', { name: 'Entra' });
});
afterAll(() => rollcall.close());

const issue = (body: object) => rollcall.ask(issuedTokenSchema, 'POST', '/identity-servers/entra/tokens', body);
const usersWith = async (token: string) =>
  (await fetch(`${rollcall.url}/scim/entra/v2/Users`, { headers: { authorization: `Bearer ${token}` } })).status;
async function problem(path: string, body?: unknown) {
  const { text } = await rollcall.send('POST', path, body);
  return problemSchema.parse(JSON.parse(text));
}

describe('issuing tokens', () => {
  it('answers with the token once, valid for a year for everything', async () => {
    const issued = await issue({ name: 'Entra 2026' });
    expect(issued).toMatchObject({ identityServer: 'entra', state: 'active', scope: { '*': 'write' }, networks: [] });
    expect(Date.parse(issued.expiresAt) - Date.parse(issued.createdAt)).toBe(365 * DAY);
    expect(issued.token.length).toBeLessThanOrEqual(600);
    expect(await usersWith(issued.token)).toBe(200);
    for (const path of ['/tokens', '/identity-servers/entra/tokens', `/tokens/${issued.id}`]) {
      expect((await rollcall.send('GET', path)).text).not.toContain(issued.token);
    }
  });

  it('notes when and from where it was used', async () => {
    const issued = await issue({ name: 'Used' });
    expect(issued).toMatchObject({ lastUsedAt: null, lastUsedFrom: null });
    await usersWith(issued.token);
    const shown = await rollcall.ask(tokenSchema, 'GET', `/tokens/${issued.id}`);
    expect(shown.lastUsedFrom).toBe('127.0.0.1');
    expect(Date.now() - Date.parse(shown.lastUsedAt ?? '')).toBeLessThan(60_000);
  });

  it('keeps scope and networks', async () => {
    const reader = await issue({ name: 'Reader', scope: { User: 'read' } });
    const headers = { authorization: `Bearer ${reader.token}`, 'content-type': 'application/scim+json' };
    const request = { method: 'POST', headers, body: '{}' };
    expect(await usersWith(reader.token)).toBe(200);
    const refused = await fetch(`${rollcall.url}/scim/entra/v2/Users`, request);
    expect(refused.status).toBe(403);
    expect(refused.headers.get('www-authenticate')).toContain('error="insufficient_scope"');
    const elsewhere = await issue({ name: 'Elsewhere', networks: ['192.0.2.0/24'] });
    expect(await usersWith(elsewhere.token)).toBe(401);
  });

  it.each([
    [{}, 'name'],
    [{ name: 'x', expiresIn: 'soon' }, 'expiresIn'],
    [{ name: 'x', expiresIn: '10s' }, 'expiresIn'],
    [{ name: 'x', scope: { Device: 'read' } }, 'scope'],
    [{ name: 'x', scope: { User: 'own' } }, 'scope.User'],
    [{ name: 'x', networks: ['example.org'] }, 'networks'],
    [{ name: 'x', secret: 'y' }, 'secret'],
  ])('refuses %j naming the field', async (body, field) => {
    expect(await problem('/identity-servers/entra/tokens', body)).toMatchObject({ status: 400, field });
  });

  it('refuses them for an identity server that does not exist', async () => {
    expect(await problem('/identity-servers/nobody/tokens', { name: 'x' })).toMatchObject({
      type: '/problems/not-found',
      detail: 'There is no identity server "nobody"; rollcall identity-server list shows them.',
    });
  });
});

describe('rotating tokens', () => {
  it('issues a successor of the same scope and life; both work for the overlap', async () => {
    const old = await issue({ name: 'Old', scope: { User: 'write' }, networks: ['127.0.0.0/8'], expiresIn: '30d' });
    const issued = await rollcall.ask(issuedTokenSchema, 'POST', `/tokens/${old.id}/rotate`, { overlap: '12h' });
    expect(issued).toMatchObject({ name: 'Old', scope: { User: 'write' }, networks: ['127.0.0.0/8'] });
    expect(Date.parse(issued.expiresAt) - Date.parse(issued.createdAt)).toBe(30 * DAY);
    expect([await usersWith(old.token), await usersWith(issued.token)]).toEqual([200, 200]);
    const replaced = await rollcall.ask(tokenSchema, 'GET', `/tokens/${old.id}`);
    expect(replaced.replacedBy).toBe(issued.id);
    expect(replaced.expiresAt).toBe(issued.replaces?.expiresAt);
    expect(Math.abs(Date.parse(replaced.expiresAt) - Date.now() - DAY / 2)).toBeLessThan(60_000);
  });

  it('ends the old one at once without overlap, and never makes it live longer', async () => {
    const first = await issue({ name: 'First' });
    await rollcall.ask(issuedTokenSchema, 'POST', `/tokens/${first.id}/rotate`, { overlap: '0s' });
    expect(await usersWith(first.token)).toBe(401);
    const short = await issue({ name: 'Short', expiresIn: '1h' });
    const { replaces } = await rollcall.ask(issuedTokenSchema, 'POST', `/tokens/${short.id}/rotate`);
    expect(replaces?.expiresAt).toBe(short.expiresAt);
  });

  it('refuses one that was rotated or revoked, saying what to do', async () => {
    const old = await issue({ name: 'Rotated' });
    const next = await rollcall.ask(issuedTokenSchema, 'POST', `/tokens/${old.id}/rotate`);
    expect(await problem(`/tokens/${old.id}/rotate`)).toMatchObject({
      type: '/problems/not-usable',
      status: 409,
      detail: expect.stringContaining(next.id),
    });
    await rollcall.send('POST', `/tokens/${next.id}/revoke`);
    expect((await problem(`/tokens/${next.id}/rotate`)).detail).toContain('rollcall token add');
  });
});

describe('revoking tokens', () => {
  it('counts from the next request on, and is no error the second time', async () => {
    const issued = await issue({ name: 'Short lived' });
    const other = await issue({ name: 'Other' });
    expect(await usersWith(issued.token)).toBe(200);
    const path = `/tokens/${issued.id}/revoke`;
    const revoked = await rollcall.ask(tokenSchema, 'POST', path);
    expect(revoked.state).toBe('revoked');
    expect([await usersWith(issued.token), await usersWith(other.token)]).toEqual([401, 200]);
    expect((await rollcall.ask(tokenSchema, 'POST', path)).revokedAt).toBe(revoked.revokedAt);
  });

  it('keeps them in the list', async () => {
    const { tokens } = await rollcall.ask(tokenListSchema, 'GET', '/tokens');
    expect(tokens.filter((token) => token.state === 'revoked').length).toBeGreaterThan(0);
  });

  it('refuses an unknown one', async () => {
    expect(await problem('/tokens/nothing/revoke')).toMatchObject({ type: '/problems/not-found', status: 404 });
  });
});

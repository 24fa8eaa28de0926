import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiTokenListSchema, issuedApiTokenSchema } from '../contract/api-token.ts';
import { problemSchema } from '../contract/problem.ts';
import { statusSchema } from '../contract/status.ts';
import { openTestRollcall, type TestRollcall } from './rollcall.fixture.ts';

let rollcall: TestRollcall;
beforeAll(async () => {
  rollcall = await openTestRollcall();
});
afterAll(() => rollcall.close());

const issue = (body: object) => rollcall.ask(issuedApiTokenSchema, 'POST', '/api-tokens', body);

async function overTcp(method: string, path: string, token?: string, body?: object) {
  const answer = await fetch(`${rollcall.url}/api${path}`, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, headers: answer.headers, json: await answer.json() };
}

describe('the admin API over TCP', () => {
  it('wants an API token, and says how to get one', async () => {
    const { status, headers, json } = await overTcp('GET', '/status');
    expect(status).toBe(401);
    expect(headers.get('www-authenticate')).toBe('Bearer realm="rollcall"');
    expect(problemSchema.parse(json)).toMatchObject({
      type: '/problems/not-authenticated',
      detail: 'Authentication failed. Send an API token: make one on the server with rollcall api-token add.',
    });
  });

  it('lets a token with write access do what the command line does', async () => {
    const { token } = await issue({ name: 'Deployment' });
    expect((await overTcp('POST', '/identity-servers', token, { name: 'Entra' })).status).toBe(201);
    expect((await overTcp('GET', '/identity-servers/entra', token)).status).toBe(200);
  });

  it('lets a token with read access look, and nothing else', async () => {
    const { token } = await issue({ name: 'Prometheus', access: 'read' });
    expect(statusSchema.parse((await overTcp('GET', '/status', token)).json).version).toMatch(/^\d/);
    for (const [method, path] of [
      ['POST', '/identity-servers'],
      ['PATCH', '/identity-servers/entra'],
      ['DELETE', '/identity-servers/entra'],
      ['POST', '/api-tokens'],
    ] as const) {
      const { status, json } = await overTcp(method, path, token, {});
      expect([status, problemSchema.parse(json).type]).toEqual([403, '/problems/read-only']);
    }
  });

  it('refuses backups: they reach the files of the server', async () => {
    const { token } = await issue({ name: 'Deployment' });
    const { status, json } = await overTcp('POST', '/backup', token, { file: '/tmp/never.db' });
    expect([status, problemSchema.parse(json).type]).toEqual([403, '/problems/local-only']);
  });

  it('refuses a revoked token at once, and never shows a token again', async () => {
    const issued = await issue({ name: 'Short' });
    expect((await overTcp('GET', '/status', issued.token)).status).toBe(200);
    const { text } = await rollcall.send('GET', '/api-tokens');
    expect(text).not.toContain(issued.token);
    const listed = apiTokenListSchema.parse(JSON.parse(text)).apiTokens.find(({ id }) => id === issued.id);
    expect(listed).toMatchObject({ prefix: issued.token.slice(0, 17), lastUsedFrom: '127.0.0.1' });
    await rollcall.send('POST', `/api-tokens/${issued.id}/revoke`);
    expect((await overTcp('GET', '/status', issued.token)).status).toBe(401);
  });

  it('takes no SCIM token', async () => {
    await rollcall.send('POST', '/identity-servers', { name: 'Scim' });
    const { text } = await rollcall.send('POST', '/identity-servers/scim/tokens', { name: 'x' });
    expect((await overTcp('GET', '/status', JSON.parse(text).token)).status).toBe(401);
  });

  it('takes names of any length in a path', async () => {
    const { token } = await issue({ name: 'Long' });
    const path = `/identity-servers/${'a'.repeat(5000)}`;
    expect((await overTcp('GET', path)).status).toBe(401);
    expect((await overTcp('GET', path, token)).status).toBe(404);
    expect((await rollcall.send('GET', path)).status).toBe(404);
  });

  it('answers an unknown path, a wrong body and a wrong media type with a problem', async () => {
    const { token } = await issue({ name: 'Errors' });
    expect(problemSchema.parse((await overTcp('GET', '/nothing', token)).json)).toMatchObject({
      status: 404,
      detail: 'There is no GET /api/nothing in this API.',
    });
    const send = (type: string, body: string) =>
      fetch(`${rollcall.url}/api/identity-servers`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': type },
        body,
      });
    for (const [type, body, status] of [
      ['application/json', '{', 400],
      ['application/json', '{"__proto__":{"name":"x"}}', 400],
      ['text/plain', 'x', 415],
      ['application/json', JSON.stringify({ name: 'x'.repeat(2_000_000) }), 413],
    ] as const) {
      const answer = await send(type, body);
      expect([answer.status, problemSchema.parse(await answer.json()).status]).toEqual([status, status]);
    }
  });
});

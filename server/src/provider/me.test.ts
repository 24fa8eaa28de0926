import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectError } from '../http/expect-error.fixture.ts';
import { type RunningServer, runServer, type TestClient, USER } from '../http/running-server.fixture.ts';
import { textAt, valueAt } from '../http/value-at.fixture.ts';

let server: RunningServer;
let me: TestClient;
beforeAll(async () => {
  server = await runServer();
  const scim = await server.identityServer({ security: 'basic' });
  const path = `/identity-servers/${scim.slug}/credentials`;
  const { userName, password } = Object(await server.admin('POST', path, { userName: 'Ädmin@example.org' }));
  me = scim.as(`Basic ${Buffer.from(`${userName}:${password}`).toString('base64')}`);
});
afterAll(() => server.stop());

describe('/Me', () => {
  it('is 404 as long as no user has the userName signed in with (RFC 7644 §3.11)', async () => {
    await me.user({ userName: 'somebody else' });
    expect(expectError(await me.send('GET', '/Me'), 404)).toContain('userName');
  });

  it('is the user whose userName is signed in with, in any case of letters', async () => {
    const id = await me.user({ userName: 'ädmin@EXAMPLE.org' });
    const answer = await me.send('GET', '/Me');
    expect([answer.status, textAt(answer.body, 'id')]).toEqual([200, id]);
    expect(answer.headers.location).toBe(`${server.origin}${me.base}/Users/${id}`);
    expect(textAt(answer.body, 'meta', 'location')).toBe(answer.headers.location);
    const some = await me.send('GET', '/Me?attributes=userName');
    expect(some.body).toEqual({ schemas: [USER], id, userName: 'ädmin@EXAMPLE.org' });
  });

  it('is changed, replaced and deleted as on its own address, preconditions included', async () => {
    const patched = await me.patch('/Me', { op: 'replace', path: 'title', value: 'Head' });
    expect([patched.status, valueAt(patched.body, 'title')]).toEqual([200, 'Head']);
    const user = { schemas: [USER], userName: 'ädmin@example.org', nickName: 'A' };
    expectError(await me.send('PUT', '/Me', user, { 'if-match': 'W/"99"' }), 412);
    const replaced = await me.send('PUT', '/Me', user, { 'if-match': patched.headers.etag });
    expect([replaced.status, valueAt(replaced.body, 'title')]).toEqual([200, undefined]);
    expect((await me.send('DELETE', '/Me')).status).toBe(204);
    expectError(await me.send('GET', '/Me'), 404);
  });

  it('cannot be created: 501 (RFC 7644 §3.11)', async () => {
    expect(expectError(await me.send('POST', '/Me', { schemas: [USER], userName: 'x' }), 501)).toContain('/Users');
  });

  it('is 404 for a token, which stands for a client, and has nothing below it', async () => {
    const bearer = await server.identityServer();
    expect(expectError(await bearer.send('GET', '/Me'), 404)).toContain('client');
    expectError(await bearer.send('GET', '/Me/more'), 404);
  });
});

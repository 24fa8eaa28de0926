import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LogEntryView } from '../contract/log.ts';
import { GROUP, PATCH_OP, type RunningServer, runServer, type TestClient, USER } from './running-server.fixture.ts';
import { textAt } from './value-at.fixture.ts';

let server: RunningServer;
let scim: TestClient;
beforeAll(async () => {
  server = await runServer({ logBody: 2000 });
  scim = await server.identityServer();
});
afterAll(() => server.stop());

async function newest(client: TestClient = scim): Promise<LogEntryView> {
  const [entry] = await client.log();
  if (entry === undefined) throw new Error('Nothing was logged');
  return entry;
}

describe('an entry of the request log', () => {
  it('says what came in, who sent it and what was answered', async () => {
    const before = Date.now();
    const body = { schemas: [USER], userName: 'logged', title: 'Engineer' };
    const answer = await scim.send('POST', '/Users?attributes=title', body, { 'user-agent': 'a client' });
    const entry = await newest();
    expect(entry).toMatchObject({
      id: answer.headers['x-request-id'],
      address: '127.0.0.1',
      method: 'POST',
      url: `${scim.base}/Users?attributes=title`,
      status: 201,
      token: 'test',
      reason: null,
      requestBodyCut: 0,
      responseBodyCut: 0,
      notes: [],
      membersSkipped: 0,
    });
    expect(Date.parse(entry.date)).toBeGreaterThanOrEqual(before);
    expect(entry.durationMs).toBeGreaterThan(0);
    expect(entry.requestHeaders).toMatchObject({ 'user-agent': 'a client', 'content-type': 'application/scim+json' });
    expect(JSON.parse(entry.requestBody ?? '')).toEqual(body);
    expect(entry.responseHeaders).toMatchObject({ etag: 'W/"1"', 'content-type': 'application/scim+json' });
    expect(JSON.parse(entry.responseBody ?? '')).toEqual(answer.body);
  });

  it('holds no credentials, no password and no token', async () => {
    const secret = 'correct horse battery staple';
    await scim.send(
      'POST',
      '/Users',
      { schemas: [USER], userName: 'secretive', password: secret },
      { cookie: 's=1234' },
    );
    await scim.patch(`/Users/${await scim.user()}`, { op: 'replace', path: 'password', value: secret });
    await scim.patch(`/Users/${await scim.user()}`, { op: 'replace', value: { password: secret } });
    await scim.send('POST', '/Users', `{"schemas":["${USER}"],"userName":"x","password":"${secret}"`);
    await scim.as('Basic dXNlcjpwYXNz').send('GET', `/Users?access_token=${scim.token}`);
    const entries = JSON.stringify(await scim.log());
    for (const text of [secret, scim.token, 'dXNlcjpwYXNz', 's=1234']) expect(entries).not.toContain(text);
    expect(entries).toContain('secretive');
  });

  it('has the reason of a 401, which the client is not told', async () => {
    const issue = async (name: string) =>
      await server.admin('POST', `/identity-servers/${scim.slug}/tokens`, {
        name,
        networks: name === 'far' ? ['192.0.2.0/24'] : [],
      });
    const revoked = await issue('revoked');
    await server.admin('POST', `/tokens/${textAt(revoked, 'id')}/revoke`);
    const foreign = await server.identityServer();
    const reasons = [];
    const details = new Set<unknown>();
    for (const authorization of [
      undefined,
      'Basic dXNlcjpwYXNz',
      'Bearer nonsense',
      `Bearer ${textAt(revoked, 'token')}`,
      `Bearer ${textAt(await issue('far'), 'token')}`,
      `Bearer ${foreign.token}`,
    ]) {
      const answer = await scim.as(authorization).send('GET', '/Users');
      details.add(answer.text);
      const entry = await newest();
      expect(entry).toMatchObject({ status: 401, token: null });
      reasons.push(entry.reason);
    }
    expect(details.size).toBe(1);
    expect(reasons).toEqual([
      'no credentials',
      'credentials of the scheme basic where bearer is asked for',
      'malformed token',
      expect.stringMatching(/^token "revoked" \(id .+\) was revoked on 20/),
      expect.stringMatching(/^token "far" \(id .+\) may not be used from the network of 127\.0\.0\.1/),
      expect.stringMatching(/^token "test" \(id .+\) is for another identity server/),
    ]);
  });

  it('names the quirks that were straightened', async () => {
    const id = await scim.user();
    await scim.send('PATCH', `/Users/${id}`, { Operations: [{ op: 'Replace', path: 'active', value: 'False' }] });
    const { status, notes } = await newest();
    expect(status).toBe(200);
    expect(notes.map(({ quirk }) => quirk)).toEqual(
      expect.arrayContaining(['missing-patch-schemas', 'boolean-as-string']),
    );
    await scim.as(`Bearer Bearer ${scim.token}`).send('GET', '/Users');
    expect((await newest()).notes).toEqual([{ quirk: 'bearer-twice', detail: expect.any(String) }]);
  });

  it('counts the members that were skipped', async () => {
    const members = [{ value: 'gone-1' }, { value: 'gone-2' }, { value: await scim.user() }];
    await scim.send('POST', '/Groups', { schemas: [GROUP], displayName: 'Log', members });
    const entry = await newest();
    expect([entry.status, entry.membersSkipped]).toEqual([201, 2]);
    expect(entry.responseHeaders['rollcall-members-skipped']).toBe('2; gone-1 gone-2');
  });

  it('is cut where a body is long, and says by how much; also of a streamed answer', async () => {
    const title = 'long '.repeat(1000).trim();
    const body = JSON.stringify({ schemas: [USER], userName: 'long', title });
    const answer = await scim.send('POST', '/Users', body);
    const entry = await newest();
    expect(entry.requestBody).toBe(body.slice(0, 2000));
    expect(entry.requestBodyCut).toBe(body.length - 2000);
    expect(entry.responseBodyCut).toBe(Buffer.byteLength(answer.text) - 2000);

    for (let n = 0; n < 20; n++) await scim.user({ title });
    const list = await scim.send('GET', '/Users');
    expect(list.headers['transfer-encoding']).toBe('chunked');
    const { status, responseBody, responseBodyCut } = await newest();
    expect([status, responseBody]).toEqual([200, list.text.slice(0, 2000)]);
    expect(responseBodyCut).toBeGreaterThan(0);
  });

  it('is there for whatever was refused before the body was read', async () => {
    const refused = [
      await scim.send('DELETE', '/Users'),
      await scim.send('GET', '/NoSuchEndpoint'),
      await scim.send('POST', '/Users', 'a=b', { 'content-type': 'text/plain' }),
      await scim.send('POST', '/Users', Buffer.from([0x80])),
    ];
    const logged = (await scim.log()).slice(0, 4).reverse();
    expect(logged.map(({ id, status }) => [id, status])).toEqual(
      refused.map(({ headers, status }) => [headers['x-request-id'], status]),
    );
    expect(logged.map(({ status }) => status)).toEqual([405, 404, 415, 400]);
    expect(logged.every(({ responseBody }) => responseBody?.includes('"detail"'))).toBe(true);
  });
});

describe('the setting saveRequests', () => {
  it('false keeps nothing, from that moment on', async () => {
    const other = await server.identityServer();
    await other.send('GET', '/Users');
    await server.admin('PATCH', `/identity-servers/${other.slug}`, { saveRequests: false });
    await other.send('GET', '/Groups');
    await other.as(undefined).send('GET', '/Groups');
    await other.send('PATCH', '/Groups/none', { schemas: [PATCH_OP], Operations: [] });
    expect((await other.log()).map(({ url }) => url)).toEqual([`${other.base}/Users`]);
    await server.admin('PATCH', `/identity-servers/${other.slug}`, { saveRequests: true });
    await other.send('GET', '/Schemas');
    expect((await other.log()).map(({ url }) => url)).toEqual([`${other.base}/Schemas`, `${other.base}/Users`]);
  });
});

import { copyFile, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningServer, runServer, type TestClient } from '../../server/src/http/running-server.fixture.ts';
import { type Answer, send } from '../../server/src/http/send.fixture.ts';
import { type TemporaryDatabase, temporaryDatabase } from '../../server/src/store/postgres/database.fixture.ts';

const FAILURES = 5;
const PASSWORD = 'a password of somebody who signs in';

let directory: string;
let database: TemporaryDatabase;
let here: RunningServer;
let there: RunningServer;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'rollcall-two-'));
  database = await temporaryDatabase();
  const keysFile = join(directory, 'keys');
  const start = (name: string) =>
    runServer({
      data: join(directory, name),
      databaseUrl: database.url,
      databaseConnections: 4,
      keysFile,
      signInFailures: FAILURES,
      trustedProxies: ['127.0.0.0/8'],
    });
  here = await start('here');
  there = await start('there');
});
afterAll(async () => {
  await here.stop();
  await there.stop();
  await database.drop();
  await rm(directory, { recursive: true, force: true });
});

const WITHIN_A_SECOND = { timeout: 1000, interval: 50 };

/** The same request to the other process. */
const atOther = (scim: TestClient, path: string, authorization = `Bearer ${scim.token}`, from = '198.51.100.1') =>
  send(there.origin, scim.base + path, { headers: { authorization, 'x-forwarded-for': from } });

describe('two processes on one database', () => {
  it('answer for the same identity servers, and refuse a token that the other has revoked', async () => {
    const scim = await here.identityServer();
    const id = await scim.user();
    await expect.poll(async () => (await atOther(scim, `/Users/${id}`)).status, WITHIN_A_SECOND).toBe(200);
    const { tokens } = Object(await here.admin('GET', `/identity-servers/${scim.slug}/tokens`));
    await here.admin('POST', `/tokens/${tokens[0].id}/revoke`);
    await expect.poll(async () => (await atOther(scim, `/Users/${id}`)).status, WITHIN_A_SECOND).toBe(401);
  });

  it('switch an identity server off for both', async () => {
    const scim = await here.identityServer();
    await expect.poll(async () => (await atOther(scim, '/Users')).status, WITHIN_A_SECOND).toBe(200);
    await there.admin('PATCH', `/identity-servers/${scim.slug}`, { active: false });
    await expect.poll(async () => (await scim.send('GET', '/Users')).status, WITHIN_A_SECOND).toBe(403);
  });

  it('take requests at the rate of one, whichever they come to', async () => {
    const rate = 20;
    const scim = await here.identityServer({ rateLimit: rate });
    await expect.poll(async () => (await atOther(scim, '/Users/none')).status, WITHIN_A_SECOND).toBe(404);
    let allowed = 0;
    const began = performance.now();
    const count = ({ status }: Answer) => {
      if (status !== 429) allowed++;
    };
    const ask = async (request: () => Promise<Answer>) => {
      while (performance.now() - began < 6000) count(await request());
    };
    await Promise.all([ask(() => scim.send('GET', '/Users/none')), ask(() => atOther(scim, '/Users/none'))]);
    const seconds = (performance.now() - began) / 1000;
    // A second's worth at once, and as much again that the other took before they had told each other.
    expect(allowed).toBeLessThanOrEqual(rate * (seconds + 2) + 2);
    expect(allowed).toBeGreaterThan(rate * 2);
  });

  it('keep out an address that has failed at the other too often', async () => {
    const scim = await here.identityServer();
    const wrong = (origin: string) =>
      send(origin, `${scim.base}/Users`, {
        headers: { authorization: 'Bearer wrong', 'x-forwarded-for': '198.51.100.77' },
      });
    for (let n = 0; n < FAILURES; n++) expect((await wrong(here.origin)).status).toBe(401);
    expect((await wrong(here.origin)).status).toBe(429);
    await expect.poll(async () => (await wrong(there.origin)).status, { timeout: 2000, interval: 400 }).toBe(429);
    // Others are let in.
    await expect.poll(async () => (await atOther(scim, '/Users')).status, WITHIN_A_SECOND).toBe(200);
  });

  it('know who has signed in at the other, and who has signed out', async () => {
    const link = await here.rollcall.beginSetup();
    const token = new URL(link ?? '').hash.replace(/^#.*?([\w-]{20,}).*$/, '$1');
    const headers = { 'content-type': 'application/json', 'x-rollcall-console': '1' };
    const made = await fetch(`${there.origin}/api/setup`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ token, userName: 'mira', password: PASSWORD }),
    });
    expect([made.status, await made.text()]).toEqual([expect.toSatisfy((n: number) => n < 300), expect.any(String)]);
    const cookie = (made.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const session = { headers: { ...headers, cookie } };
    expect((await fetch(`${here.origin}/api/administrators`, session)).status).toBe(200);
    await fetch(`${here.origin}/api/session`, { ...session, method: 'DELETE' });
    expect((await fetch(`${there.origin}/api/administrators`, session)).status).toBe(401);
    // The link of the first worked once, for both.
    expect(await there.rollcall.beginSetup()).toBeUndefined();
  });

  it('show in their consoles what happens at the other', async () => {
    const scim = await here.identityServer();
    await expect.poll(async () => (await atOther(scim, '/Users')).status, WITHIN_A_SECOND).toBe(200);
    const { token } = Object(await here.admin('POST', '/api-tokens', { name: 'Watch', access: 'read' }));
    const stop = new AbortController();
    const open = () =>
      fetch(`${there.origin}/api/events`, { headers: { authorization: `Bearer ${token}` }, signal: stop.signal });
    await expect.poll(async () => (await send(there.origin, '/api/status', bearer(token))).status).toBe(200);
    const events = await open();
    let text = '';
    const reading = (async () => {
      const decoder = new TextDecoder();
      for await (const chunk of events.body ?? []) text += decoder.decode(chunk);
    })().catch(() => undefined);
    await scim.user();
    await expect
      .poll(() => text, { timeout: 5000 })
      .toContain(`event: changes\ndata: {"identityServer":"${scim.slug}"}`);
    await expect.poll(() => text, { timeout: 5000 }).toContain(`event: log\ndata: {"identityServer":"${scim.slug}"}`);
    await here.admin('POST', '/applications', { name: 'CRM', directory: scim.slug });
    await here.admin('PATCH', '/applications/crm', { name: 'CRM 2' });
    await expect.poll(() => text, { timeout: 5000 }).toContain('event: application\ndata: {"application":"crm"}');
    stop.abort();
    await reading;
  });

  it('refuse a third with keys of its own, which says what to do', async () => {
    const data = join(directory, 'third');
    await expect(runServer({ data, databaseUrl: database.url })).rejects.toThrow(/copy the keys file .*--keys-file/);
    expect(await readdir(data)).not.toContain('keys');
    await copyFile(join(directory, 'keys'), join(data, 'keys'));
    const third = await runServer({ data, databaseUrl: database.url });
    await third.stop();
  });

  it('keep nothing in their data directories that others would miss', async () => {
    expect((await readdir(join(directory, 'here'))).filter((name) => /\.db/.test(name))).toEqual([]);
  });
});

const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });

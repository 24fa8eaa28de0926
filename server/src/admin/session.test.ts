import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { administratorSchema } from '../contract/administrator.ts';
import { auditLogSchema } from '../contract/audit.ts';
import { storedOf } from '../store/test-store.fixture.ts';
import { openBrowser, type TestBrowser } from './browser.fixture.ts';
import { openTestRollcall, type TestRollcall } from './rollcall.fixture.ts';

const PASSWORD = 'correct horse battery staple';
const OTHER = 'another horse, another staple';

let rollcall: TestRollcall;
let mira: string;
beforeAll(async () => {
  rollcall = await openTestRollcall();
  const body = { userName: 'mira', role: 'administrator', password: PASSWORD };
  mira = (await rollcall.ask(administratorSchema, 'POST', '/administrators', body)).id;
});
afterAll(() => rollcall.close());

const signIn = (browser: TestBrowser, userName: string, password: string) =>
  browser.send('POST', '/api/session', { userName, password });

/** Mira's browser, signed in as if by another way. */
function signedIn(began?: number, used?: number): TestBrowser {
  const browser = openBrowser(rollcall.url);
  browser.cookies.set('rollcall-session', rollcall.session(mira, began, used));
  return browser;
}

const state = async (browser: TestBrowser) => (await browser.send('GET', '/api/session')).json;

describe('a session', () => {
  it('begins with user name and password, and ends when one signs out', async () => {
    const browser = openBrowser(rollcall.url);
    expect(await state(browser)).toEqual({
      state: 'signedOut',
      person: null,
      signIn: { password: true, oidc: null },
      version: null,
      publicUrl: null,
    });
    expect((await browser.send('GET', '/api/status')).status).toBe(401);
    const answer = await signIn(browser, ' MIRA ', PASSWORD);
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
    const person = { id: mira, userName: 'mira', role: 'administrator', source: 'password' };
    expect(answer.json).toMatchObject({ state: 'signedIn', person, publicUrl: rollcall.url });
    expect(browser.setCookies[0]).toMatch(/^rollcall-session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
    expect(await state(browser)).toEqual(answer.json);
    expect((await browser.send('POST', '/api/identity-servers', { name: 'Entra' })).status).toBe(201);
    const { entries } = await rollcall.ask(auditLogSchema, 'GET', '/audit?limit=1');
    expect(entries).toMatchObject([{ who: 'mira', from: '127.0.0.1', action: 'identityServer.added' }]);

    const stolen = new Map(browser.cookies);
    expect((await browser.send('DELETE', '/api/session')).status).toBe(204);
    expect([...browser.cookies]).toEqual([]);
    const thief = openBrowser(rollcall.url);
    for (const [name, value] of stolen) thief.cookies.set(name, value);
    expect((await thief.send('GET', '/api/status')).status).toBe(401);
    expect(await state(thief)).toMatchObject({ state: 'signedOut' });
    expect((await thief.send('DELETE', '/api/session')).status).toBe(204);
  });

  it('is always a new one: nobody can plant it', async () => {
    const planted = signedIn();
    const victim = openBrowser(rollcall.url);
    for (const [name, value] of planted.cookies) victim.cookies.set(name, value);
    await signIn(victim, 'mira', PASSWORD);
    expect([...victim.cookies.values()]).not.toEqual([...planted.cookies.values()]);
    expect((await victim.send('GET', '/api/status')).status).toBe(200);
    expect((await planted.send('GET', '/api/status')).status).toBe(401);
  });

  it('says the same about a wrong password, an unknown name and who is not active', async () => {
    const away = { userName: 'away', role: 'auditor', password: PASSWORD };
    const { id } = await rollcall.ask(administratorSchema, 'POST', '/administrators', away);
    await rollcall.send('PATCH', `/administrators/${id}`, { active: false });
    await rollcall.send('POST', '/administrators', { userName: 'pending', role: 'auditor' });
    const browser = openBrowser(rollcall.url);
    const answers = [];
    for (const [userName, password] of [
      ['mira', OTHER],
      ['nobody at all', PASSWORD],
      ['away', PASSWORD],
      ['pending', PASSWORD],
    ] as const) {
      answers.push(await signIn(browser, userName, password));
    }
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401]);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers[0]?.json).toMatchObject({
      type: '/problems/not-authenticated',
      detail: 'User name or password is wrong, or the person is not active.',
    });
    expect(browser.setCookies).toEqual([]);
  });

  it('takes no password that is longer than any can be, and hashes none', async () => {
    const browser = openBrowser(rollcall.url);
    const { status, json } = await signIn(browser, 'mira', 'x'.repeat(1001));
    expect([status, json]).toMatchObject([400, { field: 'password' }]);
    expect((await signIn(browser, 'mira', 'x'.repeat(2_000_000))).status).toBe(413);
  });

  it('ends when it is not used for 12 hours, and after seven days in any case', async () => {
    const hours = (ago: number) => Date.now() - ago * 3_600_000;
    for (const [began, used, status] of [
      [11.9, 11.9, 200],
      [12.1, 12.1, 401],
      [7 * 24 - 0.1, 1, 200],
      [7 * 24 + 0.1, 0, 401],
    ] as const) {
      const browser = signedIn(hours(began), hours(used));
      expect([began, used, (await browser.send('GET', '/api/status')).status]).toEqual([began, used, status]);
    }
  });

  it('goes on when it is used', async () => {
    const used = signedIn(Date.now() - 40_000_000);
    await used.send('GET', '/api/status');
    const lastUsed = () => rollcall.lastUsed(used.cookies.get('rollcall-session') ?? '');
    await expect.poll(() => Date.now() - lastUsed()).toBeLessThan(60_000);
  });

  it('ends for all of a person when they sign out everywhere', async () => {
    const [here, there] = [signedIn(), signedIn()];
    expect((await here.send('POST', '/api/session/sign-out-everywhere')).status).toBe(204);
    expect((await there.send('GET', '/api/status')).status).toBe(401);
    expect((await here.send('GET', '/api/status')).status).toBe(401);
  });

  it('outlives a change of the password where it was made, and nowhere else', async () => {
    const [here, there] = [signedIn(), signedIn()];
    const change = (current: string, password: string) =>
      here.send('PUT', '/api/session/password', { current, password });
    for (const [current, password, field, detail] of [
      [PASSWORD, 'short', 'password', 'password: must have at least 12 characters.'],
      [PASSWORD, '😀'.repeat(201), 'password', 'password: must have at most 200 characters.'],
      [OTHER, OTHER, 'current', 'current: is not your password.'],
    ] as const) {
      expect((await change(current, password)).json).toMatchObject({ status: 400, field, detail });
    }
    expect((await change(PASSWORD, OTHER)).status).toBe(204);
    const { entries } = await rollcall.ask(auditLogSchema, 'GET', '/audit?limit=1');
    expect(entries).toMatchObject([
      { who: 'mira', action: 'administrator.password.changed', subject: 'mira', before: null, after: null },
    ]);
    expect((await here.send('GET', '/api/status')).status).toBe(200);
    expect((await there.send('GET', '/api/status')).status).toBe(401);
    expect((await change(OTHER, PASSWORD)).status).toBe(204);
  });

  it('counts for nothing beside an API token, nor on SCIM, and is in no log', async () => {
    const browser = signedIn();
    const wrong = await browser.send('GET', '/api/status', undefined, { authorization: 'Bearer wrong' });
    expect(wrong.status).toBe(401);
    const proxied = await browser.send('GET', '/api/status', undefined, { authorization: 'Basic cHJveHk6eA==' });
    expect(proxied.status).toBe(200);
    expect((await browser.send('GET', '/scim/entra/v2/Users')).status).toBe(401);
    expect((await browser.send('GET', '/metrics')).status).toBe(401);
    const token = browser.cookies.get('rollcall-session') ?? '';
    await expect
      .poll(async () => (await rollcall.send('GET', '/identity-servers/entra/log')).text)
      .toMatch(/"cookie":"\(removed\)"/);
    expect((await rollcall.send('GET', '/identity-servers/entra/log')).text).not.toContain(token);
    for (const file of ['rollcall.db', 'rollcall.db-wal', 'log.db', 'log.db-wal']) {
      const bytes = await readFile(join(rollcall.directory, 'data', file), 'latin1').catch(() => '');
      expect([file, bytes.includes(token), bytes.includes(PASSWORD)]).toEqual([file, false, false]);
    }
    const rows = await storedOf(join(rollcall.directory, 'data'));
    expect([rows.includes(token), rows.includes(PASSWORD)]).toEqual([false, false]);
  });

  it('makes an address wait that sends too many wrong passwords', async () => {
    const strict = await openTestRollcall({ signInFailures: 2 });
    try {
      const browser = openBrowser(strict.url);
      const statuses: number[] = [];
      for (let time = 0; time < 3; time++) statuses.push((await signIn(browser, 'mira', PASSWORD)).status);
      expect(statuses).toEqual([401, 401, 429]);
      const { json, headers } = await browser.send('POST', '/api/setup/reset', { token: 'x', password: PASSWORD });
      expect(json).toMatchObject({ type: '/problems/too-many-requests', status: 429 });
      expect(headers.get('retry-after')).toMatch(/^\d+$/);
    } finally {
      await strict.close();
    }
  });

  it('has a cookie that only this host can set, and only by https, where the public URL is https', async () => {
    const secure = await openTestRollcall({ publicUrl: 'https://rollcall.example.org' });
    try {
      await secure.send('POST', '/administrators', { userName: 'mira', role: 'auditor', password: PASSWORD });
      const browser = openBrowser(secure.url);
      await signIn(browser, 'mira', PASSWORD);
      expect(browser.setCookies).toEqual([
        expect.stringMatching(/^__Host-rollcall-session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Secure$/),
      ]);
      expect((await browser.send('GET', '/api/status')).status).toBe(200);
      const planted = openBrowser(secure.url);
      planted.cookies.set('rollcall-session', browser.cookies.get('__Host-rollcall-session') ?? '');
      expect((await planted.send('GET', '/api/status')).status).toBe(401);
    } finally {
      await secure.close();
    }
  });
});

describe('another site', () => {
  const attempts: [string, Record<string, string>][] = [
    ['without the header of the console', { 'x-rollcall-console': '' }],
    ['with a wrong one', { 'x-rollcall-console': 'true' }],
    ['of another origin', { 'sec-fetch-site': 'cross-site' }],
    ['of a neighbouring host', { 'sec-fetch-site': 'same-site' }],
    ['by hand', { 'sec-fetch-site': 'none' }],
  ];

  it.each(attempts)('cannot use the cookie %s', async (_, headers) => {
    const person = rollcall.person('administrator');
    const { status, json } = await person
      .send('POST', '/identity-servers', { name: 'Planted' }, headers)
      .then(async (answer) => ({ status: answer.status, json: await answer.json() }));
    expect([status, json]).toMatchObject([403, { type: '/problems/cross-site' }]);
    expect((await person.send('DELETE', '/session', undefined, headers)).status).toBe(403);
    expect((await person.send('GET', '/status', undefined, headers)).status).toBe(200);
  });

  it('cannot sign anybody in, by a form neither', async () => {
    const browser = openBrowser(rollcall.url);
    const body = { userName: 'mira', password: PASSWORD };
    const refused = await browser.send('POST', '/api/session', body, { 'sec-fetch-site': 'cross-site' });
    expect(refused.json).toMatchObject({ type: '/problems/cross-site' });
    const form = await fetch(`${rollcall.url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: JSON.stringify(body),
    });
    expect([form.status, form.headers.getSetCookie()]).toEqual([415, []]);
  });
});

import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CLIENT, openTestProvider, type TestProvider } from '../auth/oidc/provider.fixture.ts';
import { readRolesOfGroups } from '../auth/oidc/role-of-groups.ts';
import { administratorListSchema } from '../contract/administrator.ts';
import { auditLogSchema } from '../contract/audit.ts';
import { openBrowser, type TestBrowser } from './browser.fixture.ts';
import { openTestRollcall, type TestRollcall } from './rollcall.fixture.ts';

const SECRET_FILE = join(tmpdir(), `rollcall-oidc-secret-${process.pid}`);

let provider: TestProvider;
let rollcall: TestRollcall;
beforeAll(async () => {
  provider = await openTestProvider();
  await writeFile(SECRET_FILE, `${CLIENT.secret}\n`, { mode: 0o600 });
  rollcall = await openTestRollcall({
    oidcIssuer: provider.issuer,
    oidcClientId: CLIENT.id,
    oidcClientSecretFile: SECRET_FILE,
    oidcName: 'Example login',
    oidcScope: 'openid profile groups',
    oidcRoles: readRolesOfGroups('administrator=Rollcall Admins,operator=Help desk') ?? [],
  });
  provider.serve(`${rollcall.url}/api/oidc/callback`);
});
afterAll(async () => {
  await rollcall.close();
  await provider.close();
  await rm(SECRET_FILE);
});
beforeEach(() => {
  provider.person = { sub: '4711', preferred_username: 'mira@example.org', groups: ['Rollcall Admins'] };
});

/** Lets the browser go where it is sent, up to the callback: the URL that it would then ask for. */
async function atProvider(browser: TestBrowser, to = '/'): Promise<string> {
  const elsewhere = openBrowser(provider.issuer);
  let { headers } = await browser.send('GET', `/api/oidc/start?to=${encodeURIComponent(to)}`);
  for (let hop = 0; hop < 6; hop++) {
    const location = new URL(headers.get('location') ?? '', provider.issuer).href;
    if (location.startsWith(rollcall.url)) return location;
    ({ headers } = await elsewhere.send('GET', location));
  }
  throw new Error('The provider never sent the browser back');
}

async function signIn(browser: TestBrowser, to?: string): Promise<string | null> {
  const answer = await browser.send('GET', await atProvider(browser, to));
  expect(answer.status).toBe(302);
  return answer.headers.get('location');
}

const session = async (browser: TestBrowser) => (await browser.send('GET', '/api/session')).json;
const refused = (why: string) => `${rollcall.url}/sign-in?refused=${why}`;
const people = async () => (await rollcall.ask(administratorListSchema, 'GET', '/administrators')).administrators;

describe('signing in by OpenID Connect', () => {
  it('makes a person with the role of their groups, and leads on to where they wanted to go', async () => {
    const browser = openBrowser(rollcall.url);
    expect(await session(browser)).toMatchObject({ signIn: { password: false, oidc: { name: 'Example login' } } });
    expect(await signIn(browser, '/applications?x=1')).toBe(`${rollcall.url}/applications?x=1`);
    expect(browser.setCookies).toEqual([
      expect.stringMatching(/^rollcall-oidc=\S+; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax$/),
      'rollcall-oidc=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax',
      expect.stringMatching(/^rollcall-session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/),
    ]);
    expect(await session(browser)).toMatchObject({
      state: 'signedIn',
      person: { userName: 'mira@example.org', role: 'administrator', source: 'oidc' },
    });
    const { entries } = await rollcall.ask(auditLogSchema, 'GET', '/audit?limit=1');
    expect(entries).toMatchObject([
      { who: 'mira@example.org', from: '127.0.0.1', action: 'administrator.added', after: { role: 'administrator' } },
    ]);
  });

  it('knows a person again by the subject, and looks at groups and name each time', async () => {
    const before = await people();
    provider.person = { sub: '4711', preferred_username: 'mira.okafor@example.org', groups: ['Help desk', 'x'] };
    const browser = openBrowser(rollcall.url);
    await signIn(browser);
    expect(await people()).toMatchObject([
      { id: before[0]?.id, userName: 'mira.okafor@example.org', role: 'operator', source: 'oidc' },
    ]);
    const { entries } = await rollcall.ask(auditLogSchema, 'GET', '/audit?limit=1');
    expect(entries).toMatchObject([
      { action: 'administrator.changed', before: { role: 'administrator' }, after: { role: 'operator' } },
    ]);
  });

  it('does not make anybody somebody else who has their name', async () => {
    provider.person = { sub: '666', preferred_username: 'MIRA.OKAFOR@example.org', groups: ['Help desk'] };
    const browser = openBrowser(rollcall.url);
    await signIn(browser);
    expect(await session(browser)).toMatchObject({ person: { userName: '666', role: 'operator' } });
    provider.person = { sub: '667', preferred_username: 'local', groups: ['Help desk'] };
    await signIn(browser);
    expect(await session(browser)).toMatchObject({ person: { userName: '667' } });
    expect(await people()).toHaveLength(3);
  });

  it('refuses who is in no group with a role, and says so', async () => {
    const count = (await people()).length;
    for (const groups of [['rollcall admins'], [], undefined]) {
      provider.person = { sub: '815', preferred_username: 'eve', ...(groups === undefined ? {} : { groups }) };
      const browser = openBrowser(rollcall.url);
      expect(await signIn(browser)).toBe(refused('no-role'));
      expect(await session(browser)).toMatchObject({ state: 'signedOut' });
    }
    expect(await people()).toHaveLength(count);
  });

  it('refuses who has lost the groups, or was deactivated', async () => {
    const browser = openBrowser(rollcall.url);
    provider.person = { sub: '4711', preferred_username: 'mira', groups: [] };
    expect(await signIn(browser)).toBe(refused('no-role'));
    provider.person = { sub: '667', groups: ['Help desk'] };
    const found = (await people()).find(({ userName }) => userName === '667');
    await rollcall.send('PATCH', `/administrators/${found?.id}`, { active: false });
    expect(await signIn(browser)).toBe(refused('not-active'));
    expect(browser.cookies.has('rollcall-session')).toBe(false);
  });

  it('refuses what was tampered with, or begun in another browser, or long ago', async () => {
    const browser = openBrowser(rollcall.url);
    const back = new URL(await atProvider(browser));
    const stranger = openBrowser(rollcall.url);
    const locationOf = async (who: TestBrowser, url: URL) => (await who.send('GET', url.href)).headers.get('location');
    expect(await locationOf(stranger, back)).toBe(refused('expired'));

    const flow = browser.cookies.get('rollcall-oidc') ?? '';
    stranger.cookies.set('rollcall-oidc', `${flow.slice(0, -2)}AA`);
    expect(await locationOf(stranger, back)).toBe(refused('expired'));

    // The attacker's own sign-in, handed to a browser that has begun one too.
    const victim = openBrowser(rollcall.url);
    await atProvider(victim);
    expect(await locationOf(victim, back)).toBe(refused('failed'));
    expect(await session(victim)).toMatchObject({ state: 'signedOut' });

    const tampered = new URL(back);
    tampered.searchParams.set('state', 'x'.repeat(43));
    expect(await locationOf(browser, tampered)).toBe(refused('failed'));
    // However it ended, that was its one time.
    expect(await locationOf(browser, back)).toBe(refused('expired'));
  });

  it('refuses a code of another sign-in, and a code that was used', async () => {
    const [first, second] = [openBrowser(rollcall.url), openBrowser(rollcall.url)];
    const [one, two] = [new URL(await atProvider(first)), new URL(await atProvider(second))];
    const swapped = new URL(two);
    swapped.searchParams.set('code', one.searchParams.get('code') ?? '');
    const flow = second.cookies.get('rollcall-oidc') ?? '';
    expect((await second.send('GET', swapped.href)).headers.get('location')).toBe(refused('failed'));
    second.cookies.set('rollcall-oidc', flow);
    expect((await second.send('GET', two.href)).headers.get('location')).toBe(`${rollcall.url}/`);
    second.cookies.set('rollcall-oidc', flow);
    expect((await second.send('GET', two.href)).headers.get('location')).toBe(refused('failed'));
  });

  it('says when somebody has cancelled', async () => {
    provider.person = undefined;
    expect(await signIn(openBrowser(rollcall.url))).toBe(refused('cancelled'));
  });

  it.each(['//evil.example', 'https://evil.example', '/\\evil.example', '@evil.example', '.evil.example', '', 'x'])(
    'leads to no other site: %j',
    async (to) => {
      expect(await signIn(openBrowser(rollcall.url), to)).toBe(`${rollcall.url}/`);
    },
  );

  it('ends the session that the browser came with', async () => {
    const planted = openBrowser(rollcall.url);
    await signIn(planted);
    const victim = openBrowser(rollcall.url);
    for (const [name, value] of planted.cookies) victim.cookies.set(name, value);
    await signIn(victim);
    expect(await session(victim)).toMatchObject({ state: 'signedIn' });
    expect(await session(planted)).toMatchObject({ state: 'signedOut' });
  });

  it('takes groups from the ID token where they are in it', async () => {
    provider.serve(`${rollcall.url}/api/oidc/callback`, { inIdToken: true });
    const browser = openBrowser(rollcall.url);
    await signIn(browser);
    expect(await session(browser)).toMatchObject({ person: { role: 'administrator' } });
  });
});

describe('without an OpenID provider', () => {
  it('there is nothing to sign in at', async () => {
    const without = await openTestRollcall();
    try {
      expect((await openBrowser(without.url).send('GET', '/api/oidc/start')).json).toMatchObject({ status: 404 });
    } finally {
      await without.close();
    }
  });

  it('that answers, the sign-in page says so, and Rollcall runs', async () => {
    const unreachable = await openTestRollcall({
      oidcIssuer: 'http://127.0.0.1:9',
      oidcClientId: CLIENT.id,
      oidcRoles: [{ role: 'auditor', group: '*' }],
    });
    try {
      const { headers } = await openBrowser(unreachable.url).send('GET', '/api/oidc/start');
      expect(headers.get('location')).toBe(`${unreachable.url}/sign-in?refused=failed`);
    } finally {
      await unreachable.close();
    }
  });
});

import type { Json } from '@rollcall/scim';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openBrowser } from '../../server/src/admin/browser.fixture.ts';
import { administer } from '../harness/admin.ts';
import { type ServerProcess, startProcess } from '../harness/process.ts';
import { scimClient } from '../harness/scim-client.ts';
import { objectsAt, textAt } from '../harness/value-at.ts';
import { launchChromium } from './chromium.ts';
import { type ForeignSite, openForeignSite } from './foreign-site.ts';

// What a stranger tries, at the real server in a real browser.

const NAME = 'ada';
const PASSWORD = 'correct horse battery staple';
/** Whatever of this is taken for HTML, runs. */
const hostile = (place: string): string =>
  `${place}<img src=x onerror="window.hasRun='${place}'">'"><script>window.hasRun='${place}'</script>`;

let rollcall: ServerProcess;
let browser: Browser;
let foreign: ForeignSite;
let context: BrowserContext;
let page: Page;
/** What ran that must not, or was stopped only by the policy. */
let happened: string[];

beforeAll(async () => {
  rollcall = await startProcess({ environment: { ROLLCALL_ADMIN_USER: NAME, ROLLCALL_ADMIN_PASSWORD: PASSWORD } });
  foreign = await openForeignSite();
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await foreign?.close();
  await rollcall?.remove();
});
beforeEach(async () => {
  context = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce' });
  context.setDefaultTimeout(20_000);
  page = await context.newPage();
  happened = [];
  page.on('dialog', (dialog) => {
    happened.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('console', (message) => {
    if (/Content.Security.Policy/i.test(message.text())) happened.push(message.text());
  });
});
afterEach(() => context.close());

const ask = async (method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: Json) =>
  (await administer(rollcall.admin, method, path, body)).body;

/** Signs somebody in without the page, and gives the page the cookie; the cookie. */
async function signIn(userName = NAME): Promise<string> {
  const session = openBrowser(rollcall.origin);
  const { status, text } = await session.send('POST', '/api/session', { userName, password: PASSWORD });
  if (status !== 200) throw new Error(text);
  const value = session.cookies.get('rollcall-session') ?? '';
  await takeCookie(value);
  return value;
}

async function takeCookie(value: string): Promise<void> {
  const place = { domain: '127.0.0.1', path: '/', httpOnly: true, sameSite: 'Strict' } as const;
  await context.addCookies([{ name: 'rollcall-session', value, ...place }]);
}

/** Goes to a page of the console and waits until it shows what it shows. */
async function visit(path: string): Promise<void> {
  await page.goto(rollcall.origin + path);
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.waitForLoadState('networkidle', { timeout: 3000 }).catch(() => {
    // The stream of events never ends.
  });
}

const hasRun = (): Promise<unknown> => page.evaluate('window.hasRun ?? null');
const identityServers = async () =>
  objectsAt(await ask('GET', '/identity-servers'), '$.identityServers').map(({ slug }) => slug);

describe('script in what others wrote', () => {
  let paths: string[];
  beforeAll(async () => {
    await ask('POST', '/identity-servers', { name: hostile('server'), slug: 'hr' });
    await ask('POST', '/identity-servers', { name: 'Target', slug: 'target' });
    const token = async (slug: string) =>
      textAt(await ask('POST', `/identity-servers/${slug}/tokens`, { name: hostile('token') }), '$.token');
    const scim = scimClient(`${rollcall.origin}/scim/hr/v2`, await token('hr'));
    const user = await scim.user({
      userName: hostile('userName'),
      displayName: hostile('displayName'),
      title: hostile('title'),
      profileUrl: 'javascript:window.hasRun="profileUrl"',
      emails: [{ value: hostile('mail'), type: 'work' }],
    });
    const group = await scim.group(hostile('group'), [user]);
    await scim.post('/Users', { userName: hostile('body'), [hostile('member')]: hostile('value') });
    await scim.post('/Users', hostile('no JSON'));
    await scim.get(`/Users?filter=${encodeURIComponent(hostile('filter'))}`, { 'user-agent': hostile('agent') });
    const connection = { baseUrl: `${rollcall.origin}/scim/target/v2`, secret: await token('target') };
    await ask('POST', '/applications', { name: hostile('application'), slug: 'crm', directory: 'hr', connection });
    await ask('PATCH', '/applications/crm', { settings: { scope: 'all' } });
    const mappings = Object(await ask('GET', '/applications/crm/mappings'));
    const { warnings: _, ...saved } = mappings;
    const rows = saved.users.attributes.filter(({ target }: { target: string }) => target !== 'nickName');
    const row = { target: 'nickName', source: { kind: 'constant', value: hostile('constant') } };
    await ask('PUT', '/applications/crm/mappings', {
      ...saved,
      users: {
        ...saved.users,
        attributes: [...rows, row],
        filters: [{ name: hostile('scoping'), clauses: [{ attribute: 'userName', operator: 'IS NOT NULL' }] }],
      },
    });
    const provisioned = await ask('POST', '/applications/crm/provision', { user });
    const plan = await ask('POST', '/applications/crm/plans');
    const log = objectsAt(await ask('GET', '/identity-servers/hr/log'), '$.entries');
    const record = objectsAt(await ask('GET', '/applications/crm/log'), '$.entries')[0]?.n;
    expect(JSON.stringify(provisioned)).toContain('constant');
    paths = [
      '/',
      '/identity-servers',
      '/identity-servers/hr',
      '/identity-servers/hr/tokens',
      '/identity-servers/hr/connect',
      '/identity-servers/hr/users',
      `/identity-servers/hr/users/${user}`,
      '/identity-servers/hr/groups',
      `/identity-servers/hr/groups/${group}`,
      ...log.map(({ n }) => `/identity-servers/hr/log?entry=${n}`),
      '/applications',
      '/applications/crm',
      '/applications/crm/provisioning',
      '/applications/crm/users-and-groups',
      '/applications/crm/users-and-groups/add',
      '/applications/crm/mappings',
      '/applications/crm/log',
      `/applications/crm/log?entry=${record}`,
      '/applications/crm/plans',
      `/applications/crm/plans/${textAt(plan, '$.id')}`,
      '/audit',
    ];
  });

  it('is text on every page that shows it', async () => {
    await signIn();
    const shown: string[] = [];
    for (const path of paths) {
      await visit(path);
      const text = await page.locator('body').innerText();
      if (text.includes('<img src=x') || text.includes('<script>')) shown.push(path.replace(/[0-9a-f-]{36}/, 'ID'));
      expect([path, await hasRun(), happened]).toEqual([path, null, []]);
      expect([path, await page.locator('img[src=x]').count()]).toEqual([path, 0]);
      const links = page.locator('a[href^="javascript:" i]');
      expect([path, await links.count()]).toEqual([path, 0]);
    }
    // Else they would be the wrong pages.
    expect(shown).toEqual(
      expect.arrayContaining([
        '/identity-servers',
        '/identity-servers/hr/tokens',
        '/identity-servers/hr/users',
        '/identity-servers/hr/users/ID',
        '/identity-servers/hr/groups',
        '/identity-servers/hr/groups/ID',
        '/applications',
        '/applications/crm/provisioning',
        '/applications/crm/plans/ID',
      ]),
    );
  });

  it('is text where a request and its record are opened', async () => {
    await signIn();
    for (const path of ['/identity-servers/hr/log', '/applications/crm/log']) {
      await visit(path);
      const rows = page.getByRole('table').first().getByRole('row');
      await rows.nth(1).waitFor();
      const texts: string[] = [];
      for (let index = 1; index < (await rows.count()); index++) {
        await rows.nth(index).click();
        const dialog = page.getByRole('dialog');
        await dialog.getByText(/\S/).first().waitFor();
        await expect.poll(() => dialog.innerText()).toMatch(/request|response|step/i);
        texts.push(await dialog.innerText());
        expect([path, await hasRun(), happened]).toEqual([path, null, []]);
        await page.keyboard.press('Escape');
        await dialog.waitFor({ state: 'hidden' });
      }
      expect([path, texts.some((text) => text.includes('<img src=x'))]).toEqual([path, true]);
    }
  });

  it('is text in a file to import, and what would come of it', async () => {
    await signIn();
    await visit('/identity-servers/hr/import');
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
    const people = `userName,externalId,${quoted(hostile('column'))}\n${quoted(hostile('imported'))},e-9,${quoted(hostile('cell'))}\n`;
    const file = {
      name: `${hostile('file')}.csv`.replaceAll('/', ''),
      mimeType: 'text/csv',
      buffer: Buffer.from(people),
    };
    await page.locator('input[type=file]').first().setInputFiles(file);
    await page.getByRole('button', { name: 'Show what would change' }).click();
    await page.getByText('<img src=x').first().waitFor();
    expect([await hasRun(), happened]).toEqual([null, []]);
  });

  it('would be stopped by the policy, if a page had it', async () => {
    await signIn();
    await visit('/');
    await page.evaluate(`document.body.insertAdjacentHTML('beforeend', ${JSON.stringify(hostile('inserted'))})`);
    await expect.poll(() => happened.join()).toMatch(/script-src/);
    expect(await hasRun()).toBeNull();
  });
});

describe('another site', () => {
  const sites = ['crossSite', 'sameSite'] as const;

  it.each(sites)('changes nothing by a form or a request with the cookie (%s)', async (site) => {
    await signIn();
    await visit('/');
    const before = await identityServers();
    const api = `${rollcall.origin}/api`;
    const body = JSON.stringify({ name: `planted ${site}` });
    foreign.page = `<!doctype html><title>Elsewhere</title>
      <iframe name="one"></iframe><iframe name="other"></iframe>
      <form method="post" action="${api}/identity-servers" enctype="text/plain" target="one">
        <input name='{"name":"planted by a form","slug":"' value='planted"}'>
      </form>
      <form method="post" action="${api}/session/sign-out-everywhere" target="other"></form>
      <script>
        for (const form of document.forms) form.submit();
        const init = { method: 'POST', credentials: 'include', body: ${JSON.stringify(body)} };
        const json = { 'content-type': 'application/json' };
        const tries = [
          fetch('${api}/identity-servers', { ...init, mode: 'no-cors' }),
          fetch('${api}/identity-servers', { ...init, mode: 'no-cors', headers: { 'content-type': 'text/plain' } }),
          fetch('${api}/session/sign-out-everywhere', { method: 'POST', credentials: 'include', mode: 'no-cors' }),
          fetch('${api}/identity-servers', { ...init, headers: json }),
          fetch('${api}/identity-servers', { ...init, headers: { ...json, 'x-rollcall-console': '1' } }),
          fetch('${api}/session', { method: 'DELETE', credentials: 'include' }),
          fetch('${api}/administrators', { credentials: 'include' }).then((answer) => answer.text()),
          fetch('${api}/session', { credentials: 'include' }).then((answer) => answer.text()),
        ];
        Promise.allSettled(tries).then((results) => {
          window.results = results.map(({ status, value }) => status + (typeof value === 'string' ? ' read' : ''));
        });
      </script>`;
    await page.goto(foreign[site]);
    await page.waitForFunction('window.results !== undefined');
    // Some of it is sent; nothing is answered that the other site could read.
    expect(await page.evaluate('window.results')).toEqual(Array(8).fill('rejected'));
    await expect
      .poll(() =>
        page
          .frames()
          .slice(1)
          .map((frame) => frame.url()),
      )
      .not.toContain('about:blank');
    expect(await identityServers()).toEqual(before);
    await visit('/identity-servers');
    expect(page.url()).toBe(`${rollcall.origin}/identity-servers`);
  });

  it.each(sites)('shows no page of the console in a frame (%s)', async (site) => {
    await signIn();
    foreign.page = `<!doctype html><title>Elsewhere</title>${['/', '/sign-in', '/api/docs', '/api/session']
      .map((path) => `<iframe src="${rollcall.origin}${path}"></iframe>`)
      .join('')}`;
    await page.goto(foreign[site]);
    await page.waitForLoadState('load');
    await page.waitForTimeout(500);
    const urls = page
      .frames()
      .slice(1)
      .map((frame) => frame.url());
    expect(urls).toEqual(Array(4).fill('chrome-error://chromewebdata/'));
  });

  it('is where no sign-in leads', async () => {
    const evil = foreign.crossSite.replace('http://', '');
    for (const to of [
      foreign.crossSite,
      `//${evil}`,
      `/\\${evil}`,
      `\\\\${evil}`,
      `/\t/${evil}`,
      `/\n//${evil}`,
      `/.//${evil}`,
      'javascript:window.hasRun="to"',
      `/api/oidc/start?to=//${evil}`,
    ]) {
      await context.clearCookies();
      // A page of its own: what the one before still loads must not end this one's way.
      const tab = await context.newPage();
      await tab.goto(`${rollcall.origin}/sign-in?to=${encodeURIComponent(to)}`);
      await tab.getByRole('textbox', { name: 'User name' }).fill(NAME);
      await tab.getByLabel(/^Password/).fill(PASSWORD);
      await tab.getByRole('button', { name: 'Sign in', exact: true }).click();
      await expect.poll(() => tab.url(), { timeout: 20_000 }).not.toContain('/sign-in');
      await tab.waitForLoadState('load');
      expect([to, new URL(tab.url()).origin, await tab.evaluate('window.hasRun ?? null')]).toEqual([
        to,
        rollcall.origin,
        null,
      ]);
      await tab.close();
    }
  });
});

describe('a stolen session', () => {
  /** Whether the page, with this cookie and no other, is let in. */
  async function isLetIn(cookie: string): Promise<boolean> {
    await context.clearCookies();
    await takeCookie(cookie);
    await page.goto(`${rollcall.origin}/identity-servers`);
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    return !page.url().includes('/sign-in');
  }

  it('is worth nothing after its owner has signed out', async () => {
    const cookie = await signIn();
    expect(await isLetIn(cookie)).toBe(true);
    await page.getByRole('button', { name: new RegExp(NAME) }).click();
    await page.getByRole('menuitem', { name: 'Sign out', exact: true }).click();
    await page.getByRole('textbox', { name: 'User name' }).waitFor();
    expect(await isLetIn(cookie)).toBe(false);
  });

  it('is worth nothing after its owner was deactivated, and shows nothing more where it is open', async () => {
    const added = await ask('POST', '/administrators', { userName: 'noah', role: 'auditor', password: PASSWORD });
    const cookie = await signIn('noah');
    expect(await isLetIn(cookie)).toBe(true);
    await ask('PATCH', `/administrators/${textAt(added, '$.id')}`, { active: false });
    // Unless the page has noticed by itself before.
    const elsewhere = page.getByRole('link', { name: 'Applications', exact: true }).first();
    await elsewhere.click({ timeout: 3000 }).catch(() => undefined);
    await page.getByRole('textbox', { name: 'User name' }).waitFor();
    expect(await isLetIn(cookie)).toBe(false);
  });
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type ServerProcess, startProcess } from '../harness/process.ts';
import { launchChromium } from './chromium.ts';
import { settled } from './signed-in.ts';

// What two administrators do today in two consoles, from an empty data directory, by roles and labels alone.

const PEOPLE = [
  'userName,externalId,givenName,familyName,displayName,email,department,active',
  'mira@acme.example,e-1,Mira,Kühn,Mira Kühn,mira@acme.example,Sales,true',
  'noah@acme.example,e-2,Noah,Okafor,Noah Okafor,noah@acme.example,Sales,true',
  'ida@acme.example,e-3,Ida,Larsen,Ida Larsen,ida@acme.example,Support,true',
  'juan@acme.example,e-4,Juan,Peña,Juan Peña,juan@acme.example,Support,true',
  'lea@acme.example,e-5,Léa,Martin,Léa Martin,lea@acme.example,Finance,true',
].join('\n');
const GROUPS = ['group,externalId,member', 'Sales,g-1,e-1', 'Sales,g-1,e-2', 'Support,g-2,e-3', 'Support,g-2,e-4'].join(
  '\n',
);
const PASSWORD = 'correct horse battery staple';
/** Pictures go to docs/images when PICTURES is set: `npm run pictures`. */
const PICTURES = process.env.PICTURES === undefined ? undefined : 'docs/images';

const BELOW_THE_BAR = 90;

let rollcall: ServerProcess;
let browser: Browser;
let page: Page;
let directory: string;

beforeAll(async () => {
  rollcall = await startProcess();
  browser = await launchChromium();
  page = await browser.newPage({ viewport: { width: 1280, height: 860 }, locale: 'en-GB', reducedMotion: 'reduce' });
  page.setDefaultTimeout(15_000);
  directory = mkdtempSync(join(tmpdir(), 'rollcall-walk-'));
  writeFileSync(join(directory, 'people.csv'), PEOPLE);
  writeFileSync(join(directory, 'groups.csv'), GROUPS);
});
afterAll(async () => {
  await browser?.close();
  await rollcall?.remove();
  rmSync(directory, { recursive: true, force: true });
});

async function picture(name: string, from?: string): Promise<void> {
  if (PICTURES === undefined) return;
  mkdirSync(PICTURES, { recursive: true });
  if (from !== undefined) {
    const place = await page.getByRole('heading', { name: from }).boundingBox();
    await page.mouse.wheel(0, (place?.y ?? 0) - BELOW_THE_BAR);
    await page.waitForTimeout(200);
  }
  for (const close of await page.locator('.mantine-Notification-closeButton').all()) await close.click();
  await settled(page);
  await page.screenshot({ path: join(PICTURES, `${name}.png`) });
}

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
const link = (name: string | RegExp) => page.getByRole('link', { name, exact: typeof name === 'string' });
const tab = (name: string | RegExp) => page.getByRole('tab', { name });
const field = (name: string | RegExp) => page.getByRole('textbox', { name });
const navigation = (name: string) => page.getByRole('navigation').getByRole('link', { name, exact: true });
const title = (name: string) => page.getByRole('heading', { level: 1, name, exact: true }).waitFor();

/** Saves, and waits until there is nothing left to save. */
async function save(): Promise<void> {
  await button('Save').click();
  const state = async () => [await button('Save').isDisabled(), await button('Save').getAttribute('data-loading')];
  await expect.poll(state, { timeout: 15_000 }).toEqual([true, null]);
}

/** What the target holds, asked over SCIM with the token that was copied. */
async function provisioned(type: 'Users' | 'Groups'): Promise<string[]> {
  const answer = await fetch(`${scimUrl}/${type}?count=100`, { headers: { authorization: `Bearer ${token}` } });
  const { Resources } = z
    .object({ Resources: z.array(z.object({ userName: z.string().optional(), displayName: z.string().optional() })) })
    .parse(await answer.json());
  return Resources.map(({ userName, displayName }) => userName ?? displayName ?? '').toSorted();
}

let scimUrl = '';
let token = '';

// Each step goes on where the one before has ended.
describe('both administrators, in one console', () => {
  it('sign in by the setup link that the first start printed', async () => {
    await page.goto(/http:\/\/\S+\/setup#\S+/.exec(rollcall.output())?.[0] ?? '');
    await field('User name').fill('ada');
    await page.getByLabel(/^New password/).fill(PASSWORD);
    await page.getByLabel(/^Repeat the password/).fill(PASSWORD);
    await button('Create administrator').click();
    await title('Home');
  });

  it('set up an identity server, and copy its URL and a token', async () => {
    await navigation('Identity servers').click();
    await link('Add').click();
    await field('Name').fill('Help desk');
    expect(await page.getByRole('switch', { name: /^Active/ }).isChecked()).toBe(true);
    await page.getByRole('radio', { name: 'Bearer' }).check();
    await button('Save').click();
    await title('Connect');
    scimUrl = await field('API URL').inputValue();
    expect(scimUrl).toBe(`${rollcall.origin}/scim/help-desk/v2`);
    await button('Create token').click();
    token = await page.getByRole('textbox', { name: 'Token', exact: true }).inputValue();
    expect(token.split('.')).toHaveLength(3);
    await picture('identity-server');
    for (const [provider, name, step] of [
      ['Connect Entra ID', 'connect-entra', 'Paste the admin credentials'],
      ['Connect Okta', 'connect-okta', 'Fill in the SCIM connection'],
    ] as const) {
      await link(provider).click();
      await title(provider);
      expect(await page.getByRole('textbox', { name: /Tenant URL|base URL/ }).inputValue()).toBe(scimUrl);
      await picture(name, step);
      await page.goBack();
      await title('Connect');
    }
  });

  it('feed the directory from files, after a look at what they would change', async () => {
    await navigation('Identity servers').click();
    await link('Add').click();
    await field('Name').fill('HR');
    await button('Save').click();
    await tab('Import').click();
    await page.locator('input[type=file]').first().setInputFiles(join(directory, 'people.csv'));
    await page.locator('input[type=file]').last().setInputFiles(join(directory, 'groups.csv'));
    await button('Show what would change').click();
    await button('Import').click();
    await page.getByText('The import went through').waitFor();
    await tab('Users').click();
    await page.getByText('mira@acme.example').waitFor();
  });

  it('create an application, and are told what is wrong with a token', async () => {
    await navigation('Applications').click();
    await link('Add').click();
    await field(/name of your app/).fill('GLPI');
    await page.getByRole('combobox', { name: 'Directory' }).selectOption({ label: 'HR' });
    await button('Create').click();
    await title('Provisioning');
    await page.getByRole('radio', { name: 'Automatic' }).check();
    await field('Tenant URL').fill(scimUrl);
    await page.getByLabel(/^Secret token/).fill('wrong');
    await button('Test connection').click();
    await page.getByText('The credentials are wrong').waitFor();
    await page.getByLabel(/^Secret token/).fill(token);
    await button('Test connection').click();
    await page.getByText('The supplied credentials are authorized').first().waitFor();
    await picture('test-connection');
  });

  it('set a notification address and the guard, for all users and groups, and save', async () => {
    await page.getByRole('checkbox', { name: 'Send an email notification when a failure occurs' }).check();
    await field('Notification e-mail addresses').fill('ops@acme.example');
    await field('Accidental deletion threshold').fill('50');
    await page.getByRole('radio', { name: 'Sync all users and groups' }).check();
    await save();
    await page.getByRole('radio', { name: 'Sync only assigned users and groups' }).check();
    await save();
    expect(await provisioned('Users')).toEqual([]);
  });

  it('assign two people and a group', async () => {
    await tab('Users and groups').click();
    await link('Add assignment').click();
    await button(/None selected/).click();
    const panel = page.getByRole('dialog');
    await panel.getByRole('tab', { name: 'Users' }).click();
    // Any part of a name finds it.
    const search = panel.getByRole('searchbox', { name: 'Search' });
    await search.fill('arse');
    await panel.getByRole('checkbox', { name: /Mira Kühn/ }).waitFor({ state: 'detached' });
    await panel.getByRole('checkbox', { name: /Ida Larsen/ }).check();
    await search.fill('');
    await panel.getByRole('checkbox', { name: /Léa Martin/ }).check();
    await panel.getByRole('tab', { name: 'Groups' }).click();
    await panel.getByRole('checkbox', { name: /Sales/ }).check();
    await picture('assign');
    await panel
      .getByRole('button', { name: /^Select/ })
      .last()
      .click();
    await button('Assign').click();
    await title('Users and groups');
    for (const name of ['ida@acme.example', 'lea@acme.example', 'Sales']) await page.getByText(name).first().waitFor();
  });

  it('switch provisioning on, and see the initial cycle complete with the right counts', async () => {
    await tab('Provisioning').first().click();
    await page.getByRole('radiogroup', { name: 'Provisioning status' }).getByText('On', { exact: true }).click();
    await save();
    await tab('Overview').click();
    await title('Overview');
    expect(await page.title()).toBe('Overview · GLPI · Rollcall');
    await page.getByText('Initial cycle completed').first().waitFor({ timeout: 60_000 });
    await page.getByText('100% complete').first().waitFor();
    const counts = page.getByRole('definition');
    await expect.poll(async () => (await counts.allInnerTexts()).slice(0, 2), { timeout: 20_000 }).toEqual(['4', '1']);
    await picture('overview');
    expect(await provisioned('Users')).toEqual(['ida', 'lea', 'mira', 'noah'].map((name) => `${name}@acme.example`));
    expect(await provisioned('Groups')).toEqual(['Sales']);
  });

  it('find the lookups and creates in the request log of the identity server', async () => {
    await navigation('Help desk').click();
    await tab(/^Request log/).click();
    const rows = page.getByRole('table').getByRole('row');
    await rows.filter({ hasText: 'POST' }).filter({ hasText: '201' }).first().waitFor();
    await rows
      .filter({ hasText: /filter=userName/ })
      .filter({ hasText: '200' })
      .first()
      .waitFor();
    await picture('request-log');
    await rows.filter({ hasText: 'POST' }).filter({ hasText: '201' }).first().click();
    await page.getByRole('dialog').getByText('externalId').first().waitFor();
    await page.keyboard.press('Escape');
    await tab('Users').click();
    await page.getByText('lea@acme.example').waitFor();
    await picture('users');
    expect(await page.getByText('juan@acme.example').count()).toBe(0);
  });
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServerProcess, startProcess } from '../harness/process.ts';
import { launchChromium } from './chromium.ts';

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

async function picture(name: string): Promise<void> {
  if (PICTURES === undefined) return;
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `${name}.png`) });
}

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
const link = (name: string | RegExp) => page.getByRole('link', { name, exact: typeof name === 'string' });
const tab = (name: string | RegExp) => page.getByRole('tab', { name });
const field = (name: string | RegExp) => page.getByLabel(name, { exact: typeof name === 'string' });

describe('both administrators, in one console', () => {
  let scimUrl = '';
  let token = '';

  it('sign in by the setup link that the first start printed', async () => {
    const setupLink = /http:\/\/\S+\/setup#\S+/.exec(rollcall.output())?.[0] ?? '';
    await page.goto(setupLink);
    await field('User name').fill('ada');
    await field(/^New password/).fill(PASSWORD);
    await field(/^Repeat the password/).fill(PASSWORD);
    await button('Create administrator').click();
    await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
  });

  it('set up an identity server and copy its URL and a token', async () => {
    await link('Identity servers').click();
    await link(/^Add/).first().click();
    await field(/^Name/).fill('Help desk');
    await expect.poll(() => page.getByRole('switch', { name: 'Active' }).isChecked()).toBe(true);
    await page.getByRole('radio', { name: /Bearer/ }).check();
    await button('Save').click();
    scimUrl = await field(/^API URL/).inputValue();
    expect(scimUrl).toBe(`${rollcall.origin}/scim/help-desk/v2`);
    await picture('identity-server');
    await button('Create token').click();
    token = await field(/^Secret token|^Token/).inputValue();
    expect(token.split('.')).toHaveLength(3);
  });
});

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Demo, startDemo } from '../demo/start-demo.ts';
import { administer } from '../harness/admin.ts';
import { ADDRESSES, fillerOf } from './addresses.ts';
import { launchChromium } from './chromium.ts';
import { settled, signedIn } from './signed-in.ts';

// What the console offers to people who may not do everything. That the API refuses the rest is tested there.

const PASSWORD = 'correct horse battery staple';

/** What takes the role operator: to run, to test, to decide. */
const RUNNING =
  /^(Start|Stop|Restart|Test connection|Provision( again)?|Provision on demand|Make a plan|(Apply|Discard) plan|Preview|(Allow|Reject)( all)? ?(\d+|\(\d+\))|Compare now|(Push again|Accept|Ignore) \(\d+\)|Decide about .*)$/;
/** What takes the role administrator: to change settings, people and data. */
const CHANGING =
  /^(Save|Discard|Create|Create token|Add|Add (user|group|members|token|schema|assignment|person|API token|attribute|filter)|Assign|Edit|Rename|Disable|Enable|Delete permanently|(Rotate|Revoke|Remove|Actions for|Forget) .*|Clear logs|Replay|Import|Show what would change|Set rule|Send test mail)$/;
const REASON = /Your role does not allow this|Only an administrator/;

let demo: Demo;
let browser: Browser;
let fill: (address: string) => string;
const pages = new Map<string, Page>();

beforeAll(async () => {
  demo = await startDemo();
  fill = await fillerOf(demo);
  browser = await launchChromium();
  for (const role of ['auditor', 'operator']) {
    await administer(demo.admin, 'POST', '/administrators', { userName: role, role, password: PASSWORD });
    pages.set(role, await signedIn(browser, { url: demo.url, userName: role, password: PASSWORD }));
  }
});
afterAll(async () => {
  await browser?.close();
  await demo?.close();
});

function pageOf(role: string): Page {
  const page = pages.get(role);
  if (page === undefined) throw new Error(`Nobody is ${role}`);
  return page;
}

const CONTROLS = `[...document.querySelectorAll('main :is(button, a.mantine-Button-root)')]
  .filter((control) => control.offsetParent !== null && control.role !== 'tab')
  .map((control) => ({
    name: (control.getAttribute('aria-label') ?? control.textContent).trim(),
    isOffered: !control.matches(':disabled, [aria-disabled=true]'),
    isReached: !control.matches(':disabled'),
  }))`;
const controlsSchema = z.array(z.object({ name: z.string(), isOffered: z.boolean(), isReached: z.boolean() }));

async function open(role: string, address: string): Promise<Page> {
  const page = pageOf(role);
  await page.goto(fill(address));
  await settled(page);
  return page;
}

const controlsOf = async (page: Page) => controlsSchema.parse(await page.evaluate(CONTROLS));

describe.each([
  ['auditor', new RegExp(`${RUNNING.source}|${CHANGING.source}`)],
  ['operator', CHANGING],
])('an %s', (role, forbidden) => {
  it.each(Object.values(ADDRESSES))('is offered nothing that the role does not allow: %s', async (address) => {
    const page = await open(role, address);
    const controls = await controlsOf(page);
    const refused = controls.filter(({ name }) => forbidden.test(name));
    expect(refused.filter(({ isOffered }) => isOffered)).toEqual([]);
    // Start may have another reason first: it runs already.
    const [first] = refused.filter(({ name, isReached }) => isReached && name !== 'Start');
    if (first === undefined) return;
    // A button that cannot be pressed says why to whoever comes to it by mouse or keyboard.
    await page.getByRole('main').getByRole('button', { name: first.name, exact: true }).first().focus();
    await page.getByRole('tooltip').getByText(REASON).waitFor();
  });
});

describe('an operator', () => {
  it('tests a connection', async () => {
    const page = await open('operator', '/applications/crm/provisioning');
    await page.getByRole('button', { name: 'Test connection' }).click();
    await page
      .getByText(/authori[sz]ed/)
      .first()
      .waitFor();
  });

  it('stops and starts provisioning', async () => {
    const page = await open('operator', '/applications/crm');
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByText('Paused', { exact: true }).first().waitFor();
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await page.getByText('Active', { exact: true }).first().waitFor();
  });

  it('provisions a person on demand, and sees each step', async () => {
    const page = await open('operator', '/applications/crm/on-demand?user={user}');
    await page.getByRole('button', { name: 'Provision', exact: true }).click();
    await page.getByRole('heading', { name: 'Result' }).waitFor();
    await page.getByText('Read from the directory.').waitFor();
  });

  it('makes a plan and decides about a removal that is held', async () => {
    const plans = await open('operator', '/applications/crm/plans');
    await plans.getByRole('button', { name: 'Make a plan' }).click();
    await plans.getByText('Made by operator').waitFor();
    const page = await open('operator', '/applications/help-desk/staged');
    await page
      .getByRole('checkbox', { name: /^Select (?!all)/ })
      .first()
      .check();
    await page.getByRole('button', { name: 'Reject 1' }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Reject/ })
      .click();
    await page.getByText('Rejected: 1 removal').first().waitFor();
  });
});

describe('an auditor', () => {
  it('sees in a dialog that is only to be read why nothing of it can be saved', async () => {
    const page = await open('auditor', '/applications/crm/mappings');
    await page.getByRole('button', { name: 'Edit userName' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'OK' }).waitFor();
    // The dialog takes the focus when it is open.
    await settled(page);
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).focus();
    await page.keyboard.press('Tab');
    await page.getByRole('tooltip').getByText(REASON).waitFor();
  });
});

import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { type Demo, startDemo } from '../demo/start-demo.ts';
import { launchChromium } from './chromium.ts';
import { arrowTo, tabTo } from './keyboard.ts';
import { settled, signedIn } from './signed-in.ts';

// The main task of each page without a mouse, from the top of the page, with the focus in sight all the way.

let demo: Demo;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  demo = await startDemo();
  browser = await launchChromium();
  page = await signedIn(browser, demo);
});
afterAll(async () => {
  await browser?.close();
  await demo?.close();
});

type Role = 'button' | 'link' | 'textbox' | 'checkbox' | 'menuitem' | 'heading' | 'dialog' | 'tab' | 'row';

/** One thing that the person does or sees. */
type Step =
  /** Tab until the focus is there, at most `most` times. */
  | { readonly tab: Role; readonly name: string | RegExp; readonly most: number }
  | { readonly down: Role; readonly name: string | RegExp }
  | { readonly press: string }
  | { readonly type: string }
  | { readonly see: Role; readonly name: string | RegExp }
  | { readonly gone: Role }
  | { readonly read: string | RegExp };

interface Task {
  readonly page: string;
  readonly steps: readonly Step[];
}

/** Beyond the skip link the navigation has about twenty links; with it a page's own things are near. */
const SKIP: readonly Step[] = [{ tab: 'link', name: 'Skip to the content', most: 1 }, { press: 'Enter' }];

const TASKS: Readonly<Record<string, Task>> = {
  'goes to what needs attention': {
    page: '/',
    steps: [...SKIP, { tab: 'link', name: /^Open: /, most: 1 }, { press: 'Enter' }, { gone: 'dialog' }],
  },
  'adds an identity server': {
    page: '/identity-servers',
    steps: [
      ...SKIP,
      { tab: 'link', name: 'Add', most: 2 },
      { press: 'Enter' },
      { see: 'heading', name: 'Add identity server' },
      { tab: 'textbox', name: 'Name', most: 40 },
      { type: 'Keyboard' },
      { tab: 'button', name: 'Save', most: 12 },
      { press: 'Enter' },
      { see: 'heading', name: 'Connect' },
    ],
  },
  'creates a token': {
    page: '/identity-servers/hr/tokens',
    steps: [
      ...SKIP,
      { tab: 'button', name: /token/, most: 20 },
      { press: 'Enter' },
      { see: 'dialog', name: /token/ },
      { tab: 'textbox', name: 'Name', most: 1 },
      { type: 'By keyboard' },
      { tab: 'button', name: 'Create token', most: 12 },
      { press: 'Enter' },
      { see: 'textbox', name: 'Token' },
      { tab: 'button', name: 'I have copied the token', most: 4 },
      { press: 'Enter' },
      { gone: 'dialog' },
      { read: 'By keyboard' },
    ],
  },
  'opens a request of the log and closes it': {
    page: '/identity-servers/entra/log',
    steps: [
      ...SKIP,
      { tab: 'row', name: /GET|POST|PATCH|DELETE/, most: 30 },
      { press: 'ArrowDown' },
      { press: 'Enter' },
      { see: 'dialog', name: /^Request \d/ },
      { press: 'Escape' },
      { gone: 'dialog' },
    ],
  },
  'opens a person': {
    page: '/identity-servers/hr/users',
    steps: [
      ...SKIP,
      { tab: 'textbox', name: 'Search', most: 30 },
      { tab: 'row', name: /@/, most: 12 },
      { press: 'Enter' },
      { see: 'tab', name: 'Users' },
      { read: 'userName' },
    ],
  },
  'assigns a person': {
    page: '/applications/help-desk/users-and-groups',
    steps: [
      ...SKIP,
      { tab: 'link', name: 'Add assignment', most: 20 },
      { press: 'Enter' },
      { tab: 'button', name: /None selected/, most: 40 },
      { press: 'Enter' },
      { see: 'dialog', name: 'Users and groups' },
      { tab: 'checkbox', name: /./, most: 6 },
      { press: 'Space' },
      { tab: 'button', name: 'Select', most: 6 },
      { press: 'Enter' },
      { gone: 'dialog' },
      { tab: 'button', name: 'Assign', most: 2 },
      { press: 'Enter' },
      { read: '1 assignment added' },
    ],
  },
  'stops and starts provisioning': {
    page: '/applications/help-desk',
    steps: [
      ...SKIP,
      { tab: 'button', name: 'Stop', most: 20 },
      { press: 'Enter' },
      { read: /Provisioning is stopped/ },
      { press: 'Shift+Tab' },
      { tab: 'button', name: 'Start', most: 0 },
      { press: 'Enter' },
      { read: 'Provisioning is started' },
    ],
  },
  'allows one staged deletion': {
    page: '/applications/help-desk/staged',
    steps: [
      ...SKIP,
      { tab: 'checkbox', name: /^Select (?!all)/, most: 40 },
      { press: 'Space' },
      { press: 'Shift+Tab' },
      { press: 'Shift+Tab' },
      { press: 'Shift+Tab' },
      { press: 'Shift+Tab' },
      { press: 'Shift+Tab' },
      { tab: 'button', name: 'Allow 1', most: 6 },
      { press: 'Enter' },
      { see: 'dialog', name: 'Allow 1 removal?' },
      { tab: 'button', name: 'Allow 1', most: 4 },
      { press: 'Enter' },
      { gone: 'dialog' },
      { read: 'Allowed: 1 removal.' },
    ],
  },
  'edits a mapping': {
    page: '/applications/crm/mappings',
    steps: [
      ...SKIP,
      { tab: 'button', name: 'Edit title', most: 90 },
      { press: 'Enter' },
      { see: 'dialog', name: 'Edit title' },
      { tab: 'textbox', name: 'Default value', most: 6 },
      { type: 'Member of staff' },
      { tab: 'button', name: 'OK', most: 8 },
      { press: 'Enter' },
      { gone: 'dialog' },
      { read: 'Member of staff' },
    ],
  },
  'opens an entry of the provisioning log': {
    page: '/applications/crm/log',
    steps: [
      ...SKIP,
      { tab: 'row', name: /Create|Update|Disable/, most: 40 },
      { press: 'Enter' },
      { see: 'dialog', name: /./ },
      { press: 'Escape' },
      { gone: 'dialog' },
    ],
  },
  'adds a person of the console': {
    page: '/settings/people',
    steps: [
      ...SKIP,
      { tab: 'button', name: 'Add person', most: 20 },
      { press: 'Enter' },
      { see: 'dialog', name: /./ },
      { tab: 'textbox', name: 'User name', most: 1 },
      { type: 'keya' },
      { tab: 'button', name: 'Add', most: 10 },
      { press: 'Enter' },
      { see: 'textbox', name: 'Link' },
      { tab: 'button', name: 'Done', most: 4 },
      { press: 'Enter' },
      { gone: 'dialog' },
    ],
  },
  'changes the language, and back': {
    page: '/',
    steps: [
      { tab: 'button', name: /^Account of/, most: 4 },
      { press: 'Enter' },
      { down: 'menuitem', name: /Français/ },
      { press: 'Enter' },
      { see: 'heading', name: 'Accueil' },
      { tab: 'button', name: /^Compte de/, most: 0 },
      { press: 'Enter' },
      { down: 'menuitem', name: /English/ },
      { press: 'Enter' },
      { see: 'heading', name: 'Home' },
    ],
  },
  'signs out': {
    page: '/',
    steps: [
      { tab: 'button', name: /^Account of/, most: 4 },
      { press: 'Enter' },
      { down: 'menuitem', name: 'Sign out' },
      { press: 'Enter' },
      { see: 'button', name: 'Sign in' },
    ],
  },
  'signs in': {
    page: '/sign-in',
    steps: [
      { tab: 'textbox', name: 'User name', most: 2 },
      { type: 'admin' },
      { tab: 'textbox', name: 'Password', most: 1 },
      { type: 'roll call every morning' },
      { press: 'Enter' },
      { see: 'heading', name: 'Home' },
    ],
  },
};

const at = (role: Role, name: string | RegExp, within: Page | Locator = page): Locator =>
  within.getByRole(role, { name, exact: typeof name === 'string' }).first();

/** What the keyboard can reach: while a dialog is open, what is in it. */
async function reachable(): Promise<Page | Locator> {
  const dialog = page.getByRole('dialog').first();
  return (await dialog.isVisible()) ? dialog : page;
}

async function take(step: Step): Promise<void> {
  if ('tab' in step) await tabTo(page, at(step.tab, step.name, await reachable()), step.most);
  else if ('down' in step) await arrowTo(page, at(step.down, step.name), 'ArrowDown');
  else if ('press' in step) await page.keyboard.press(step.press);
  else if ('type' in step) await page.keyboard.type(step.type);
  else if ('see' in step) await at(step.see, step.name).waitFor();
  else if ('gone' in step) await page.getByRole(step.gone).first().waitFor({ state: 'hidden' });
  else await page.getByText(step.read).first().waitFor();
}

describe('by keyboard alone, a person', () => {
  for (const [name, task] of Object.entries(TASKS)) {
    it(name, async () => {
      await page.goto(task.page);
      await settled(page);
      // From the very top, wherever the page puts the focus at first.
      await page.evaluate(
        'document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute("tabindex")',
      );
      for (const step of task.steps) await take(step);
    });
  }
});

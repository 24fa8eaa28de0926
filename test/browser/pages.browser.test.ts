import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Demo, startDemo } from '../demo/start-demo.ts';
import { ADDRESSES, ENTRANCES, fillerOf, routesOf } from './addresses.ts';
import { violationsIn } from './axe.ts';
import { launchChromium } from './chromium.ts';
import { complaintsOf } from './complaints.ts';
import { DIALOGS } from './dialogs.ts';
import { settled, signedIn } from './signed-in.ts';

// Every page of the console, in light and dark, on a desk and in a hand.

const WIDE = { width: 1280, height: 860 };
const NARROW = { width: 390, height: 844 };
/** What light and dark make different. */
const COLOURS = ['color-contrast', 'link-in-text-block'];

let demo: Demo;
let browser: Browser;
let page: Page;
let complaints: ReturnType<typeof complaintsOf>;
let fill: (address: string) => string;

beforeAll(async () => {
  demo = await startDemo();
  fill = await fillerOf(demo);
  browser = await launchChromium();
  page = await signedIn(browser, demo);
  complaints = complaintsOf(page);
});
afterAll(async () => {
  await browser?.close();
  await demo?.close();
});

/** How far a page can be scrolled to the side. */
const sideways = (): Promise<unknown> => page.evaluate('document.documentElement.scrollWidth - innerWidth');

/** Looks at what is shown now in each of the four ways. */
async function expectGoodLooks(): Promise<void> {
  for (const [size, viewport] of Object.entries({ wide: WIDE, narrow: NARROW })) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme: 'light' });
    await settled(page);
    // The page may still be laid out for the new width.
    await expect.poll(sideways, { message: `${size}: pixels to the side` }).toBeLessThanOrEqual(0);
    expect(await violationsIn(page), `${size}, light`).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    await settled(page);
    expect(await violationsIn(page, COLOURS), `${size}, dark`).toEqual([]);
  }
}

async function open(address: string): Promise<void> {
  await page.setViewportSize(WIDE);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto(fill(address));
  await settled(page);
}

describe('every page', () => {
  it('is looked at: a route without an address here is forgotten', async () => {
    const known = Object.keys({ ...ADDRESSES, ...ENTRANCES });
    expect((await routesOf(page)).toSorted()).toEqual(known.toSorted());
  });

  for (const address of new Set(Object.values(ADDRESSES))) {
    it(`looks well in light and dark, wide and narrow: ${address}`, async () => {
      await open(address);
      expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
      await expectGoodLooks();
      expect(complaints.take()).toEqual([]);
    });
  }

  for (const [name, { address, show }] of Object.entries(DIALOGS)) {
    it(`looks well with what opens on it: ${name}`, async () => {
      await open(address);
      await show(page);
      await expectGoodLooks();
      expect(complaints.take()).toEqual([]);
    });
  }
});

describe('every page for who is not signed in', () => {
  beforeAll(async () => {
    await page.context().clearCookies();
  });

  for (const address of Object.values(ENTRANCES)) {
    it(`looks well in light and dark, wide and narrow: ${address}`, async () => {
      await open(address);
      await expectGoodLooks();
      expect(complaints.take()).toEqual([]);
    });
  }
});

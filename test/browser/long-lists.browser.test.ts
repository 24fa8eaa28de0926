import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seed } from '../bench/seed.ts';
import { inParallel, openPool } from '../harness/pool.ts';
import { type ServerProcess, startProcess } from '../harness/process.ts';
import { launchChromium } from './chromium.ts';
import { settled, signedIn, until } from './signed-in.ts';
import { longestTask } from './tasks.ts';

// ROWS=1000000 for the full size; what is asked for is the same: so many pages are scrolled.
const ROWS = Number(process.env.ROWS ?? 20_000);
const PAGES = 100;
const PAGE_ROWS = 100;
const ROW_HEIGHT = 40;
const MOST_NODES = 2_000;
/** Time of the processor, not of the clock: what else the machine does is not in it. */
const MOST_MS = 50;
const PERSON = { userName: 'ada', password: 'correct horse battery staple' };
const MINUTES_TO_FILL = 30;

let rollcall: ServerProcess;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  rollcall = await startProcess({
    flags: ['--log-rows', String(2 * ROWS), '--log-bytes', String(64 * 1024 ** 3)],
    environment: { ROLLCALL_ADMIN_USER: PERSON.userName, ROLLCALL_ADMIN_PASSWORD: PERSON.password },
  });
  const server = await rollcall.identityServer();
  await rollcall.kill('SIGTERM');
  await seed(rollcall.data, [{ slug: server.slug, users: ROWS, members: 1000 }]);
  await rollcall.start();
  const pool = openPool(server, 32);
  let left = ROWS;
  await inParallel(32, async () => {
    if (left-- <= 0) return false;
    await pool.request('GET', `/Users?filter=${encodeURIComponent(`userName eq "person.${left}@acme.example"`)}`);
    return true;
  });
  await pool.close();
  browser = await launchChromium();
  page = await signedIn(browser, { url: rollcall.origin, ...PERSON });
}, MINUTES_TO_FILL * 60_000);
afterAll(async () => {
  await browser?.close();
  await rollcall?.remove();
});

const LAST_ROW = `Math.max(...[...document.querySelectorAll('[role=row][data-index]')].map((row) => row.dataset.index))`;
const NODES = `(() => {
  const walker = document.createTreeWalker(document, NodeFilter.SHOW_ALL);
  let nodes = 0;
  while (walker.nextNode() !== null) nodes++;
  return nodes;
})()`;

/** Scrolls a list as the wheel does until so many pages went by, and tells the most nodes that the page ever had. */
async function scrollPages(): Promise<number> {
  await page.getByRole('table').getByRole('row').nth(3).hover();
  let mostNodes = 0;
  for (let last = 0; last < PAGES * PAGE_ROWS - 1; ) {
    await page.mouse.wheel(0, PAGE_ROWS * ROW_HEIGHT);
    await page.waitForTimeout(20);
    const now = Number(await page.evaluate(LAST_ROW));
    // At the end of what is there, the next page is on its way.
    if (now === last)
      await until(page, `${LAST_ROW} > ${last} || document.querySelector('[role=status] [aria-label]') === null`);
    last = now;
    mostNodes = Math.max(mostNodes, Number(await page.evaluate(NODES)));
  }
  return mostNodes;
}

describe(`a list of ${ROWS.toLocaleString('en')}`, () => {
  for (const list of ['log', 'users']) {
    it(`stays light while ${PAGES} pages are scrolled: ${list}`, async () => {
      await page.goto(`/identity-servers/test/${list}`);
      await settled(page);
      let nodes = 0;
      const longest = await longestTask(browser, page, async () => {
        nodes = await scrollPages();
      });
      console.info(`${list}: ${nodes} nodes at most, longest task ${longest.toFixed(1)} ms of processor time`);
      expect(nodes).toBeLessThan(MOST_NODES);
      expect(longest).toBeLessThan(MOST_MS);
    });
  }
});

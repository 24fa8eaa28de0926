import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { seed } from '../bench/seed.ts';
import { type ServerProcess, startProcess } from '../harness/process.ts';
import { launchChromium } from './chromium.ts';
import { fillLog } from './fill-log.ts';
import { settled, signedIn, until } from './signed-in.ts';
import { longestTask } from './tasks.ts';

// ROWS=1000000 for the full size, in four minutes; what is asked for is the same: so many pages are scrolled.
const ROWS = Number(process.env.ROWS ?? 20_000);
const PAGES = 100;
const PAGE_ROWS = 100;
const ROW_HEIGHT = 40;
/** Pages after which as much is kept as ever will be. */
const EARLY_PAGES = 20;
/** Between early and late; a list that kept all its rows grew by 2.8 to 3.6 million bytes. */
const MOST_GROWTH = 2 * 1024 ** 2;
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
  await fillLog(rollcall.data, server.slug, ROWS);
  await rollcall.start();
  browser = await launchChromium();
  page = await signedIn(browser, { url: rollcall.origin, ...PERSON });
}, MINUTES_TO_FILL * 60_000);
afterAll(async () => {
  await browser?.close();
  await rollcall?.remove();
});

const NODES = `(() => {
  const walker = document.createTreeWalker(document, NodeFilter.SHOW_ALL);
  let nodes = 0;
  while (walker.nextNode() !== null) nodes++;
  return nodes;
})()`;
/** The rows that are there with their numbers and texts, where the list stands, and how long it is. */
const LIST = `(() => {
  const rows = [...document.querySelectorAll('[role=row][data-index]')];
  const list = document.querySelector('[role=rowgroup] > [role=presentation]');
  const top = list?.parentElement?.scrollTop ?? 0;
  return {
    rows: rows.map((row) => [Number(row.dataset.index), row.textContent]),
    misplaced: rows.filter((row) => row.offsetHeight !== ${ROW_HEIGHT} || row.style.transform !== \`translateY(\${row.dataset.index * ${ROW_HEIGHT}}px)\`).length,
    top,
    height: list?.clientHeight ?? 0,
    nodes: ${NODES},
  };
})()`;
const listSchema = z.object({
  rows: z.array(z.tuple([z.number(), z.string()])),
  misplaced: z.number(),
  top: z.number(),
  height: z.number(),
  nodes: z.number(),
});

/** What was seen of a list while it was scrolled. */
interface Seen {
  /** The text of each row by its number; a row that says another text later has jumped. */
  readonly texts: Map<number, string>;
  readonly jumped: string[];
  height: number;
  nodes: number;
}

async function look(seen: Seen): Promise<z.infer<typeof listSchema>> {
  const list = listSchema.parse(await page.evaluate(LIST));
  for (const [index, text] of list.rows) {
    if ((seen.texts.get(index) ?? text) !== text) seen.jumped.push(`row ${index}: ${text}`);
    seen.texts.set(index, text);
  }
  if (list.misplaced > 0) seen.jumped.push(`${list.misplaced} rows at ${list.top}`);
  if (list.height < seen.height) seen.jumped.push(`${seen.height} pixels became ${list.height}`);
  seen.height = list.height;
  seen.nodes = Math.max(seen.nodes, list.nodes);
  return list;
}

/** Scrolls as the wheel does until the row is in sight. */
async function scrollTo(row: number, seen: Seen): Promise<void> {
  const step = PAGE_ROWS * ROW_HEIGHT;
  for (let list = await look(seen); ; list = await look(seen)) {
    const numbers = list.rows.map(([index]) => index);
    if (numbers.includes(row)) return;
    const isAbove = row * ROW_HEIGHT < list.top;
    const isAtEnd = !isAbove && list.top + step > list.height;
    await page.mouse.wheel(0, isAbove ? -step : step);
    await page.waitForTimeout(20);
    // At the end of what is there, the next page is on its way.
    if (isAtEnd) await until(page, 'document.querySelector("[role=status] [aria-label]") === null');
  }
}

/** Goes to a row at once, as one does with the scroll bar, and waits until it is there. */
async function dragTo(row: number, seen: Seen): Promise<void> {
  const list = `document.querySelector('[role=rowgroup] > [role=presentation]').parentElement`;
  await page.evaluate(`${list}.scrollTo(0, ${row * ROW_HEIGHT})`);
  await until(page, `document.querySelector('[role=row][data-index="${row}"]') !== null`);
  await look(seen);
}

/** Bytes that the page's scripts hold. */
async function heapOf(): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize;
}

const megabytes = (bytes: number): string => (bytes / 1024 ** 2).toFixed(1);

describe(`a list of ${ROWS.toLocaleString('en')}`, () => {
  for (const list of ['log', 'users']) {
    it(`stays light and still while ${PAGES} pages are scrolled, forward and back: ${list}`, async () => {
      await page.goto(`/identity-servers/test/${list}`);
      await settled(page);
      const seen: Seen = { texts: new Map(), jumped: [], height: 0, nodes: 0 };
      await page.getByRole('table').getByRole('row').nth(3).hover();
      const scroll = (row: number) => longestTask(browser, page, () => scrollTo(row, seen));
      const first = await scroll(EARLY_PAGES * PAGE_ROWS);
      const early = await heapOf();
      const forward = Math.max(first, await scroll(PAGES * PAGE_ROWS - 1));
      const late = await heapOf();
      const back = await scroll(0);
      for (const row of [(PAGES - 1) * PAGE_ROWS, 0, (PAGES / 2) * PAGE_ROWS]) await dragTo(row, seen);
      console.info(
        `${list}: ${seen.nodes} nodes at most, longest task ${forward.toFixed(1)} ms of processor time, ${back.toFixed(1)} back, ` +
          `${megabytes(early)} MB after ${EARLY_PAGES} pages, ${megabytes(late)} MB after ${PAGES}`,
      );
      expect(seen.jumped).toEqual([]);
      expect(seen.nodes).toBeLessThan(MOST_NODES);
      expect(Math.max(forward, back)).toBeLessThan(MOST_MS);
      expect(late - early).toBeLessThan(MOST_GROWTH);
    });
  }
});

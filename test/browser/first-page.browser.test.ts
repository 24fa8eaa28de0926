import { gzipSync } from 'node:zlib';
import type { Browser, Response } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServerProcess, startProcess } from '../harness/process.ts';
import { launchChromium } from './chromium.ts';
import { settled, signedIn } from './signed-in.ts';

const MOST = 250_000;
/** What is smaller is one packet in any case, and nobody compressed it. */
const PACKET = 1_400;
const PERSON = { userName: 'ada', password: 'correct horse battery staple' };

let rollcall: ServerProcess;
let browser: Browser;

beforeAll(async () => {
  rollcall = await startProcess({
    environment: { ROLLCALL_ADMIN_USER: PERSON.userName, ROLLCALL_ADMIN_PASSWORD: PERSON.password },
  });
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await rollcall?.remove();
});

describe('the first page', () => {
  it('needs at most 250 kB of gzipped JavaScript, which is sent compressed', async () => {
    const before = await signedIn(browser, { url: rollcall.origin, ...PERSON });
    // A profile without anything of the sign-in but its session: all that Home needs is fetched.
    const context = await browser.newContext({ baseURL: rollcall.origin });
    await context.addCookies((await before.context().storageState()).cookies);
    const page = await context.newPage();
    const scripts: Response[] = [];
    page.on('response', (response) => {
      if (new URL(response.url()).pathname.endsWith('.js')) scripts.push(response);
    });
    await page.goto('/');
    await settled(page);
    const sent = await Promise.all(
      scripts.map(async (response) => ({
        path: new URL(response.url()).pathname,
        encoding: response.headers()['content-encoding'],
        body: await response.body(),
      })),
    );
    const plain = sent.filter(({ encoding, body }) => encoding === undefined && body.length > PACKET);
    expect(plain.map(({ path }) => path)).toEqual([]);
    const sizes = sent.map(({ body }) => gzipSync(body, { level: 6 }).length);
    const total = sizes.reduce((sum, size) => sum + size, 0);
    console.info(`Home: ${sizes.length} scripts, ${total.toLocaleString('en')} bytes gzipped`);
    expect(total).toBeGreaterThan(0);
    expect(total).toBeLessThanOrEqual(MOST);
  });
});

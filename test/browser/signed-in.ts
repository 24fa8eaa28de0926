import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

const WITHIN = 15_000;

interface Server {
  readonly url: string;
  readonly userName: string;
  readonly password: string;
}

/** Opens a page of a new browser profile and signs in by the form, as a person with a password. */
export async function signedIn(browser: Browser, server: Server, options: BrowserContextOptions = {}): Promise<Page> {
  const page = await browser.newPage({
    baseURL: server.url,
    viewport: { width: 1280, height: 860 },
    locale: 'en-GB',
    reducedMotion: 'reduce',
    ...options,
  });
  page.setDefaultTimeout(15_000);
  await page.goto('/sign-in');
  await page.getByRole('textbox', { name: 'User name' }).fill(server.userName);
  await page.getByRole('textbox', { name: 'Password' }).fill(server.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
  return page;
}

/** Ends when a page has its title and everything that it loads at first. */
export async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  // While data is on its way there is a skeleton or a loader in its place.
  await until(page, `document.querySelector('.mantine-Skeleton-root, .mantine-Loader-root') === null`);
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
  // A colour on its way from light to dark is neither; what turns for ever is not waited for.
  await until(page, 'document.getAnimations().every(({ effect }) => effect.getComputedTiming().endTime === Infinity)');
}

/** Waits until an expression is true in the page. (Playwright's own would need `unsafe-eval`.) Throws after a while. */
export async function until(page: Page, expression: string): Promise<void> {
  const began = performance.now();
  while ((await page.evaluate(expression)) !== true) {
    if (performance.now() - began > WITHIN) throw new Error(`Never true: ${expression}`);
    await page.waitForTimeout(20);
  }
}

import { addedAdministratorSchema, oneTimeLinkSchema, problemSchema, sessionSchema } from '@rollcall/server/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, type TestBrowser } from '../../server/src/admin/browser.fixture.ts';
import { openTestRollcall, type TestRollcall } from '../../server/src/admin/rollcall.fixture.ts';

const PASSWORD = 'correct horse battery staple';

let rollcall: TestRollcall;
let mira: { readonly id: string; readonly browser: TestBrowser };
beforeAll(async () => {
  rollcall = await openTestRollcall();
  const link = (await rollcall.beginSetup())?.split('#')[1] ?? '';
  const browser = openBrowser(rollcall.url);
  const body = { token: link, userName: 'mira', password: PASSWORD };
  const made = await browser.send('POST', '/api/setup', body);
  mira = { id: sessionSchema.parse(made.json).person?.id ?? '', browser };
});
afterAll(() => rollcall.close());

/** Somebody else who has got hold of a person's cookie. */
function thief(cookie: string): TestBrowser {
  const browser = openBrowser(rollcall.url);
  browser.cookies.set('rollcall-session', cookie);
  return browser;
}

const cookieOf = (browser: TestBrowser): string => browser.cookies.get('rollcall-session') ?? '';

/** What the holder of a cookie may: read, write, and what is said of who they are. */
async function worth(cookie: string): Promise<unknown[]> {
  const read = await thief(cookie).send('GET', '/api/administrators');
  const write = await thief(cookie).send('POST', '/api/identity-servers', {});
  const page = await thief(cookie).send('GET', '/api/docs');
  const { json } = await thief(cookie).send('GET', '/api/session');
  return [read.status, write.status, page.status, sessionSchema.parse(json).state];
}

const EVERYTHING = [200, 400, 200, 'signedIn'];
const NOTHING = [401, 401, 401, 'signedOut'];

describe('a stolen session', () => {
  it('is worth nothing once its owner has signed out', async () => {
    const stolen = cookieOf(mira.browser);
    expect(await worth(stolen)).toEqual(EVERYTHING);
    await mira.browser.send('DELETE', '/api/session');
    expect(await worth(stolen)).toEqual(NOTHING);
  });

  it('is worth nothing once its owner signs in anew in the same browser, or signs out everywhere', async () => {
    const credentials = { userName: 'mira', password: PASSWORD };
    await mira.browser.send('POST', '/api/session', credentials);
    const first = cookieOf(mira.browser);
    await mira.browser.send('POST', '/api/session', credentials);
    const second = cookieOf(mira.browser);
    expect([await worth(first), await worth(second)]).toEqual([NOTHING, EVERYTHING]);
    await mira.browser.send('POST', '/api/session/sign-out-everywhere');
    expect(await worth(second)).toEqual(NOTHING);
  });

  it.each([
    ['made inactive', (id: string) => rollcall.send('PATCH', `/administrators/${id}`, { active: false })],
    ['removed', (id: string) => rollcall.send('DELETE', `/administrators/${id}`)],
  ])('is worth nothing once its owner was %s', async (_, end) => {
    const person = rollcall.person('administrator');
    const stolen = person.headers.cookie.split('=')[1] ?? '';
    expect(await worth(stolen)).toEqual(EVERYTHING);
    expect((await end(person.id)).status).toBeLessThan(300);
    expect(await worth(stolen)).toEqual(NOTHING);
  });

  it('is worth less at once when its owner becomes an auditor', async () => {
    const body = { userName: 'ida', role: 'administrator', password: PASSWORD };
    const { id } = await rollcall.ask(addedAdministratorSchema, 'POST', '/administrators', body);
    const browser = openBrowser(rollcall.url);
    await browser.send('POST', '/api/session', { userName: 'ida', password: PASSWORD });
    const stolen = cookieOf(browser);
    expect(await worth(stolen)).toEqual(EVERYTHING);
    expect((await rollcall.send('PATCH', `/administrators/${id}`, { role: 'auditor' })).status).toBe(200);
    expect(await worth(stolen)).toEqual([200, 403, 200, 'signedIn']);
  });

  it('is no better made up, cut or sent twice', async () => {
    await mira.browser.send('POST', '/api/session', { userName: 'mira', password: PASSWORD });
    const real = cookieOf(mira.browser);
    for (const cookie of ['', 'x', real.slice(0, -1), `${real}x`, real.toLowerCase(), `x; rollcall-session=`]) {
      expect([cookie, await worth(cookie)]).toEqual([cookie, NOTHING]);
    }
  });
});

describe('a one-time link', () => {
  it('works once, and for nobody else', async () => {
    const body = { userName: 'noah', role: 'operator' };
    const added = await rollcall.ask(addedAdministratorSchema, 'POST', '/administrators', body);
    const again = await rollcall.ask(oneTimeLinkSchema, 'POST', `/administrators/${added.id}/reset`);
    const [first, second] = [added.setupLink, again.link].map((link) => link?.split('#')[1] ?? '');
    const use = async (token: string | undefined) => {
      const { status, json } = await openBrowser(rollcall.url).send('POST', '/api/setup/reset', {
        token,
        password: PASSWORD,
      });
      return status === 200 ? status : problemSchema.parse(json).type;
    };
    expect(await use(first)).toBe('/problems/not-usable');
    expect([await use(second), await use(second)]).toEqual([200, '/problems/not-usable']);
    const setup = { token: second, userName: 'eve', password: PASSWORD };
    expect((await openBrowser(rollcall.url).send('POST', '/api/setup', setup)).status).toBe(409);
  });
});

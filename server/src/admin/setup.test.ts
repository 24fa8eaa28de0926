import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addedAdministratorSchema, administratorListSchema, oneTimeLinkSchema } from '../contract/administrator.ts';
import { auditLogSchema } from '../contract/audit.ts';
import { openBrowser, type TestBrowser } from './browser.fixture.ts';
import { openTestRollcall, type TestRollcall } from './rollcall.fixture.ts';

const PASSWORD = 'correct horse battery staple';

const tokenOf = (link: string | undefined): string => link?.split('#')[1] ?? '';
const people = async (rollcall: TestRollcall) =>
  (await rollcall.ask(administratorListSchema, 'GET', '/administrators')).administrators;

describe('the first start', () => {
  let rollcall: TestRollcall;
  beforeEach(async () => {
    rollcall = await openTestRollcall();
  });
  afterEach(() => rollcall.close());

  const setUp = (browser: TestBrowser, token: string, userName = 'mira', password = PASSWORD) =>
    browser.send('POST', '/api/setup', { token, userName, password });

  it('has a link that makes the first administrator, once', async () => {
    const link = await rollcall.beginSetup();
    expect(link).toMatch(new RegExp(`^${rollcall.url}/setup#[\\w-]{43}$`));
    const browser = openBrowser(rollcall.url);
    expect((await browser.send('GET', '/api/session')).json).toMatchObject({
      state: 'setup',
      signIn: { password: false, oidc: null },
    });
    for (const [userName, password, field, detail] of [
      ['mira', 'short', 'password', 'password: must have at least 12 characters.'],
      ['Mira.Okafor@example.org', 'mira.okafor@example.org', 'password', 'password: must not be the user name.'],
      ['local', PASSWORD, 'userName', 'userName: must be another name: the audit log has this one for others.'],
    ] as const) {
      expect((await setUp(browser, tokenOf(link), userName, password)).json).toMatchObject({ field, detail });
    }
    const answer = await setUp(browser, tokenOf(link));
    expect([answer.status, answer.json]).toMatchObject([
      201,
      { state: 'signedIn', person: { userName: 'mira', role: 'administrator', source: 'password' } },
    ]);
    expect((await browser.send('GET', '/api/administrators')).json).toMatchObject({
      administrators: [{ userName: 'mira', active: true }],
    });
    const { entries } = await rollcall.ask(auditLogSchema, 'GET', '/audit');
    expect(entries).toMatchObject([{ who: 'mira', from: '127.0.0.1', action: 'administrator.setUp', subject: 'mira' }]);

    const stranger = openBrowser(rollcall.url);
    expect((await setUp(stranger, tokenOf(link), 'eve')).json).toMatchObject({ type: '/problems/not-usable' });
    expect(await rollcall.beginSetup()).toBeUndefined();
    expect((await stranger.send('GET', '/api/session')).json).toMatchObject({ state: 'signedOut' });
    expect(await people(rollcall)).toHaveLength(1);
  });

  it('makes an earlier link worthless with each start, and every link with the first administrator', async () => {
    const [first, second] = [await rollcall.beginSetup(), await rollcall.beginSetup()];
    const browser = openBrowser(rollcall.url);
    expect((await setUp(browser, tokenOf(first))).status).toBe(409);
    await rollcall.send('POST', '/administrators', { userName: 'ken', role: 'administrator' });
    expect((await setUp(browser, tokenOf(second))).status).toBe(409);
    expect((await people(rollcall)).map(({ userName }) => userName)).toEqual(['ken']);
  });

  it('needs no link with a configured password', async () => {
    const configured = await openTestRollcall({ adminPassword: PASSWORD });
    try {
      expect(await configured.beginSetup()).toBeUndefined();
      expect(await configured.beginSetup()).toBeUndefined();
      expect(await people(configured)).toMatchObject([{ userName: 'admin', role: 'administrator' }]);
      const { entries } = await configured.ask(auditLogSchema, 'GET', '/audit');
      expect(entries).toMatchObject([{ who: 'local', action: 'administrator.setUp', subject: 'admin' }]);
      const browser = openBrowser(configured.url);
      const body = { userName: 'admin', password: PASSWORD };
      expect((await browser.send('POST', '/api/session', body)).status).toBe(200);
    } finally {
      await configured.close();
    }
  });
});

describe('administrators', () => {
  let rollcall: TestRollcall;
  beforeAll(async () => {
    rollcall = await openTestRollcall();
  });
  afterAll(() => rollcall.close());

  const add = (userName: string, role = 'auditor') =>
    rollcall.ask(addedAdministratorSchema, 'POST', '/administrators', { userName, role });
  const reset = (token: string, password = PASSWORD, browser = openBrowser(rollcall.url)) =>
    browser.send('POST', '/api/setup/reset', { token, password });

  it('choose their password by a link that works once, and is signed in with it', async () => {
    const { id, setupLink } = await add('ken');
    expect(setupLink).toMatch(new RegExp(`^${rollcall.url}/reset#[\\w-]{43}$`));
    expect((await reset(tokenOf(setupLink), 'short')).json).toMatchObject({ field: 'password' });
    const browser = openBrowser(rollcall.url);
    const answer = await reset(tokenOf(setupLink), PASSWORD, browser);
    expect(answer.json).toMatchObject({ state: 'signedIn', person: { id, role: 'auditor' } });
    expect((await browser.send('GET', '/api/status')).status).toBe(200);
    expect((await reset(tokenOf(setupLink), 'a different password')).json).toMatchObject({
      status: 409,
      type: '/problems/not-usable',
    });
    const { entries } = await rollcall.ask(auditLogSchema, 'GET', '/audit?limit=2');
    expect(entries).toMatchObject([
      { who: 'ken', from: '127.0.0.1', action: 'administrator.password.reset', subject: 'ken' },
      { who: 'local', from: null, action: 'administrator.added', subject: 'ken', after: { role: 'auditor' } },
    ]);
    expect((await rollcall.send('GET', '/audit')).text).not.toContain(tokenOf(setupLink));
  });

  it('get in again by a reset, which signs out whoever else was', async () => {
    const { id } = await add('locked-out');
    const intruder = openBrowser(rollcall.url);
    intruder.cookies.set('rollcall-session', rollcall.session(id));
    const { link } = await rollcall.ask(oneTimeLinkSchema, 'POST', `/administrators/${id}/reset`);
    expect((await intruder.send('GET', '/api/status')).status).toBe(200);
    expect((await reset(tokenOf(link))).status).toBe(200);
    expect((await intruder.send('GET', '/api/status')).status).toBe(401);
  });

  it('get nowhere with a link of somebody who is not active, or gone, or for something else', async () => {
    const [away, gone, other] = [await add('away'), await add('gone'), await add('other')];
    await rollcall.send('PATCH', `/administrators/${away.id}`, { active: false });
    expect((await rollcall.send('DELETE', `/administrators/${gone.id}`)).status).toBe(204);
    for (const { setupLink } of [away, gone]) expect((await reset(tokenOf(setupLink))).status).toBe(409);
    const body = { token: tokenOf(other.setupLink), userName: 'eve', password: PASSWORD };
    expect((await openBrowser(rollcall.url).send('POST', '/api/setup', body)).status).toBe(409);
    const answer = await rollcall.send('POST', `/administrators/${away.id}/reset`);
    expect([answer.status, JSON.parse(answer.text).detail]).toEqual([409, 'away is not active; change that first.']);
  });

  it('have names of their own, and ids that are not guessed', async () => {
    await add('Zoë');
    const again = await rollcall.send('POST', '/administrators', { userName: 'ZOË', role: 'auditor' });
    expect([again.status, JSON.parse(again.text)]).toMatchObject([
      409,
      { type: '/problems/already-exists', field: 'userName' },
    ]);
    for (const [method, path] of [
      ['GET', '/administrators/nobody'],
      ['PATCH', '/administrators/nobody'],
      ['DELETE', '/administrators/nobody'],
      ['POST', '/administrators/nobody/reset'],
    ] as const) {
      expect((await rollcall.send(method, path, method === 'PATCH' ? {} : undefined)).status).toBe(404);
    }
  });

  it('are not left without one who can administer', async () => {
    const boss = rollcall.person('administrator', 'boss');
    await add('pending', 'administrator');
    for (const [method, body] of [
      ['PATCH', { active: false }],
      ['DELETE', undefined],
    ] as const) {
      const answer = await boss.send(method, `/administrators/${boss.id}`, body);
      expect([answer.status, await answer.json()]).toMatchObject([409, { type: '/problems/not-usable' }]);
    }
    const second = rollcall.person('administrator', 'second');
    const removed = await boss.send('DELETE', `/administrators/${boss.id}`);
    expect(removed.status).toBe(204);
    expect((await boss.send('GET', '/status')).status).toBe(401);
    expect((await second.send('GET', '/status')).status).toBe(200);
  });

  it('are changed with an entry in the audit log that names who did it', async () => {
    const boss = rollcall.person('administrator', 'the boss');
    const { id } = await add('changed');
    expect((await boss.send('PATCH', `/administrators/${id}`, { role: 'operator' })).status).toBe(200);
    expect((await boss.send('DELETE', `/administrators/${id}`)).status).toBe(204);
    const { entries } = await rollcall.ask(auditLogSchema, 'GET', '/audit?subject=changed&limit=2');
    expect(entries).toMatchObject([
      { who: 'the boss', from: '127.0.0.1', action: 'administrator.removed', after: null },
      { who: 'the boss', action: 'administrator.changed', before: { role: 'auditor' }, after: { role: 'operator' } },
    ]);
  });

  it('have the role that their OpenID provider says', async () => {
    const { id } = rollcall.person('auditor', 'from elsewhere');
    const role = await rollcall.send('PATCH', `/administrators/${id}`, { role: 'administrator' });
    expect([role.status, JSON.parse(role.text)]).toMatchObject([409, { field: 'role' }]);
    expect((await rollcall.send('POST', `/administrators/${id}/reset`)).status).toBe(409);
    expect((await rollcall.send('PATCH', `/administrators/${id}`, { active: false })).status).toBe(200);
  });
});

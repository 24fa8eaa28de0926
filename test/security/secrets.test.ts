import { once } from 'node:events';
import { globSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Json } from '@rollcall/scim';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, type TestBrowser } from '../../server/src/admin/browser.fixture.ts';
import { CLIENT, openTestProvider, type TestProvider } from '../../server/src/auth/oidc/provider.fixture.ts';
import { administer } from '../harness/admin.ts';
import { type ServerProcess, startProcess } from '../harness/process.ts';
import { scimClient } from '../harness/scim-client.ts';
import { textAt } from '../harness/value-at.ts';
import { type SmtpCollector, startSmtp } from '../targets/smtp.ts';
import { type Names, operationsOf, placeOf } from './operations.ts';
import { createSecrets } from './secrets.ts';

const PASSWORD = 'correct horse & battery "staple"';
const CHANGED = 'a paßword that is another one';
const RESET = 'chosen by a link that works once';
const SCIM_PASSWORD = 'of-a-person-in-the-directory-9#';
const SMTP_PASSWORD = 'smtp+pass/word-7';
const CLIENT_SECRET = 'of the client: at a target & its +';
const REFUSED = 'a-token-of-a-target-that-is-refused';

const secrets = createSecrets();
/** What is no secret, and is to be found: or else this would not find secrets either. */
const known = createSecrets();
known.note('userName', 'lea@acme.example');
const directory = mkdtempSync(join(tmpdir(), 'rollcall-secrets-'));
/** What was answered to requests that failed, and to those that look. */
const problems: string[] = [];
/** Everything that the stream of events said while the walk went on. */
let events = '';
let rollcall: ServerProcess;
let smtp: SmtpCollector;
let provider: TestProvider;
let browser: TestBrowser;
let apiToken = '';
let real: Names = {};

const cookieOf = (from: TestBrowser): string => from.cookies.get('rollcall-session') ?? '';

/** Asks as the person who walks; throws when it is refused. */
async function ask(method: string, path: string, body?: Json): Promise<Json> {
  const { status, text } = await browser.send(method, `/api${path}`, body);
  if (status >= 400) throw new Error(`${method} ${path}: ${status} ${text}`);
  return text === '' ? null : JSON.parse(text);
}

/** Asks for what is refused, and keeps what is answered. */
async function fail(method: string, path: string, body?: Json, headers?: Record<string, string>): Promise<void> {
  const answer = await browser.send(method, path, body, headers);
  expect([method, path, answer.status >= 400]).toEqual([method, path, true]);
  problems.push(answer.text, JSON.stringify([...answer.headers]));
}

beforeAll(async () => {
  smtp = await startSmtp({ login: { user: 'rollcall@acme.example', password: SMTP_PASSWORD } });
  secrets.note('password of the mail server', SMTP_PASSWORD);
  provider = await openTestProvider();
  writeFileSync(join(directory, 'oidc-secret'), CLIENT.secret, { mode: 0o600 });
  secrets.note('secret of the OpenID client', CLIENT.secret);
  const mail = `smtp://rollcall%40acme.example:${encodeURIComponent(SMTP_PASSWORD)}@127.0.0.1:${smtp.port}`;
  rollcall = await startProcess({
    environment: {
      ROLLCALL_LOG_LEVEL: 'debug',
      ROLLCALL_SMTP_URL: mail,
      ROLLCALL_OIDC_ISSUER: provider.issuer,
      ROLLCALL_OIDC_CLIENT_ID: CLIENT.id,
      ROLLCALL_OIDC_CLIENT_SECRET_FILE: join(directory, 'oidc-secret'),
      ROLLCALL_OIDC_SCOPE: 'openid profile groups',
      ROLLCALL_OIDC_ROLES: 'administrator=Rollcall Admins',
    },
  });
  provider.serve(`${rollcall.origin}/api/oidc/callback`);
  provider.person = { sub: '4711', preferred_username: 'mira@acme.example', groups: ['Rollcall Admins'] };
  browser = openBrowser(rollcall.origin);
});
afterAll(async () => {
  await rollcall?.remove();
  await Promise.all([smtp?.close(), provider?.close()]);
  rmSync(directory, { recursive: true, force: true });
});

describe('a secret, where one of each was made', () => {
  it('signs people in', async () => {
    // It is printed once the server is ready.
    await expect.poll(() => rollcall.output()).toMatch(/\/setup#\S+\s/);
    const link = /\/setup#(\S+)/.exec(rollcall.output())?.[1] ?? '';
    await fail('POST', '/api/setup', { token: link, userName: 'ada', password: 'short' });
    await fail('POST', '/api/setup', { token: link, userName: PASSWORD, password: PASSWORD, more: PASSWORD });
    const body = { token: link, userName: 'ada', password: PASSWORD };
    expect((await browser.send('POST', '/api/setup', body)).status).toBe(201);
    await fail('POST', '/api/setup', body);
    secrets.note('password', PASSWORD);
    secrets.note('first session', cookieOf(browser));
    // Somebody types the password where the name belongs.
    await fail('POST', '/api/session', { userName: PASSWORD, password: 'ada' });
    await fail('PUT', '/api/session/password', { current: 'wrong', password: CHANGED });
    await ask('PUT', '/session/password', { current: PASSWORD, password: CHANGED });
    secrets.note('changed password', CHANGED);
    await ask('POST', '/session', { userName: 'ada', password: CHANGED });
    secrets.note('session', cookieOf(browser));

    const added = await ask('POST', '/administrators', { userName: 'noah', role: 'auditor' });
    secrets.note('link of a new person', textAt(added, '$.setupLink').split('#')[1] ?? '');
    const { link: again } = Object(await ask('POST', `/administrators/${textAt(added, '$.id')}/reset`));
    const reset = String(again).split('#')[1] ?? '';
    secrets.note('reset link', reset);
    const noah = openBrowser(rollcall.origin);
    expect((await noah.send('POST', '/api/setup/reset', { token: reset, password: RESET })).status).toBe(200);
    await fail('POST', '/api/setup/reset', { token: reset, password: RESET });
    secrets.note('password chosen by a link', RESET);
    secrets.note('session of a link', cookieOf(noah));
    real = { ...real, '/administrators/{id}': textAt(added, '$.id') };
    // Only now: it is printed, once, for whoever starts the server.
    secrets.note('setup link', link);
  });

  it('signs somebody in at an OpenID provider', async () => {
    const person = openBrowser(rollcall.origin);
    const elsewhere = openBrowser(provider.issuer);
    let { headers } = await person.send('GET', '/api/oidc/start?to=/');
    secrets.note('sealed flow', person.cookies.get('rollcall-oidc') ?? '');
    let location = headers.get('location') ?? '';
    for (let hop = 0; hop < 6 && !location.startsWith(rollcall.origin); hop++) {
      ({ headers } = await elsewhere.send('GET', location));
      location = new URL(headers.get('location') ?? '', provider.issuer).href;
    }
    secrets.note('authorization code', new URL(location).searchParams.get('code') ?? '');
    expect((await person.send('GET', location)).headers.get('location')).toBe(`${rollcall.origin}/`);
    secrets.note('session by OpenID Connect', cookieOf(person));
    await person.send('GET', location);
  });

  it('lets clients and programs in', async () => {
    void listen(cookieOf(browser));
    for (const name of ['hr', 'target', 'basic']) await ask('POST', '/identity-servers', { name });
    await ask('PATCH', '/identity-servers/basic', { security: 'basic' });
    const issued = await ask('POST', '/identity-servers/target/tokens', { name: 'Entra' });
    secrets.note('SCIM token', textAt(issued, '$.token'));
    const rotated = await ask('POST', `/tokens/${textAt(issued, '$.id')}/rotate`, {});
    secrets.note('rotated SCIM token', textAt(rotated, '$.token'));
    const basic = await ask('POST', '/identity-servers/basic/credentials', { userName: 'glpi' });
    secrets.note('Basic password', textAt(basic, '$.password'));
    secrets.note('Basic credentials', `glpi:${textAt(basic, '$.password')}`);
    const api = await ask('POST', '/api-tokens', { name: 'Deployment', access: 'write' });
    apiToken = textAt(api, '$.token');
    secrets.note('API token', apiToken.slice(textAt(api, '$.prefix').length));
    await fail('GET', `/api/status?access_token=${apiToken}`, undefined, { authorization: `Bearer ${apiToken}x` });
    // What is in a path comes back to who sent it, and is noted nowhere.
    await browser.send('GET', `/api/${apiToken}`);
    await fail('POST', '/api/api-tokens', { name: apiToken, access: apiToken });

    secrets.note('password of a user', SCIM_PASSWORD);
    const scim = scimClient(`${rollcall.origin}/scim/target/v2`, textAt(rotated, '$.token'));
    const user = await scim.user({ userName: 'ida@acme.example', password: SCIM_PASSWORD });
    await scim.patch(`/Users/${user}`, { op: 'replace', path: 'password', value: SCIM_PASSWORD });
    await scim.patch(`/Users/${user}`, { op: 'replace', value: { password: SCIM_PASSWORD, title: 'Head' } });
    await scim.post('/Bulk', {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
      Operations: [{ method: 'POST', path: '/Users', bulkId: 'a', data: { userName: 'b', password: SCIM_PASSWORD } }],
    });
    await scim.post('/Users', `{"userName": "broken", "password": ${JSON.stringify(SCIM_PASSWORD)}`);
    await scim.get(`/Users?filter=${encodeURIComponent(`password eq "${SCIM_PASSWORD}"`)}`);
    await scim.get(`/Users?access_token=${textAt(rotated, '$.token')}`, { authorization: undefined });
    await scim.get('/Users', { authorization: `bearer  ${textAt(rotated, '$.token')} x` });
    await scim.get('/Users', { authorization: textAt(rotated, '$.token') });
    await scim.get('/Users', { authorization: `Basic ${btoa(`glpi:${textAt(basic, '$.password')}`)}` });
    await browser.send('PUT', `/api/identity-servers/target/resources/User/${user}`, {
      userName: 'ida@acme.example',
      password: SCIM_PASSWORD,
    });
    const text = `userName,externalId,password\nlea@acme.example,e-1,${SCIM_PASSWORD}\n`;
    const people = { name: 'people.csv', text: 'userName,externalId\nlea@acme.example,e-1\n' };
    await browser.send('POST', '/api/identity-servers/hr/import', { people: { ...people, text } });
    await ask('POST', '/identity-servers/hr/import', { people });
    real = { ...real, '/tokens/{token}': textAt(issued, '$.id'), '/api-tokens/{token}': textAt(api, '$.id') };

    await provisionWith({ baseUrl: scim.baseUrl, secret: scim.token });
    const password = { kind: 'basic', userName: 'glpi' };
    const baseUrl = `${rollcall.origin}/scim/basic/v2`;
    await provisionWith({ baseUrl, credentials: password, secret: textAt(basic, '$.password') });
    await provisionByClientCredentials(scim.baseUrl);
  });

  it('is in no answer, page, log, mail or file afterwards', async () => {
    const { found, knownIn } = await everywhere();
    expect(found).toEqual([]);
    expect(secrets.size).toBe(23);
    expect(knownIn).toEqual(
      expect.arrayContaining([
        'GET /api/applications/crm-1/log/1',
        'GET /api/applications/crm-1/log?format=csv',
        'GET /api/identity-servers/target/log/export',
        'the database',
        'the request log',
        'the backup',
        'what is left at the end',
      ]),
    );
  });
});

async function listen(cookie: string): Promise<void> {
  const answer = await fetch(`${rollcall.origin}/api/events`, { headers: { cookie: `rollcall-session=${cookie}` } });
  // It ends with the server.
  try {
    for await (const chunk of answer.body ?? []) events += Buffer.from(chunk).toString('utf8');
  } catch {}
}

let applications = 0;

/** An application with this connection, which is tried out, and provisions one person. */
async function provisionWith(connection: Json): Promise<void> {
  const name = `crm-${++applications}`;
  const settings = { scope: 'all', notify: ['ops@acme.example'] };
  await ask('POST', '/applications', { name, directory: 'hr', settings, connection });
  await ask('POST', `/applications/${name}/test`);
  await ask('POST', `/applications/${name}/provision`, { user: 'lea@acme.example' });
  secrets.note('refused connection secret', REFUSED);
  const wrong = { connection: { ...Object(connection), secret: REFUSED } };
  await browser.send('POST', `/api/applications/${name}/test`, wrong);
  await fail('PATCH', `/api/applications/${name}`, { connection: { secret: `${REFUSED}\r\nx: y` } });
  await fail('PATCH', `/api/applications/${name}`, { connection: { baseUrl: `https://u:${REFUSED}@example.com` } });
}

/** A token endpoint of its own gives the access token of the target. */
async function provisionByClientCredentials(baseUrl: string): Promise<void> {
  const issued = await ask('POST', '/identity-servers/target/tokens', { name: 'by the client' });
  const body = JSON.stringify({ access_token: textAt(issued, '$.token'), token_type: 'Bearer', expires_in: 3600 });
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  secrets.note('client secret of a connection', CLIENT_SECRET);
  secrets.note('access token of a connection', textAt(issued, '$.token'));
  const tokenUrl = `http://127.0.0.1:${port}/token`;
  const credentials = { kind: 'clientCredentials', tokenUrl, clientId: 'rollcall' };
  await provisionWith({ baseUrl, credentials, secret: CLIENT_SECRET });
  server.closeAllConnections();
  server.close();
}

/** Looks at all that can be read; what was found, with where. */
async function everywhere(): Promise<{ found: string[]; knownIn: string[] }> {
  const found: string[] = [];
  const knownIn: string[] = [];
  const look = (place: string, content: string | Buffer) => {
    for (const name of secrets.foundIn(content)) found.push(`${name} in ${place}`);
    if (known.foundIn(content).length > 0) knownIn.push(place);
  };
  const get = async (path: string, headers: Record<string, string> = {}) => {
    const answer = await browser.send('GET', path, undefined, headers);
    look(`GET ${path}`, `${answer.text} ${JSON.stringify([...answer.headers])}`);
    return answer;
  };

  await ask('POST', '/settings/mail-test', { to: 'ops@acme.example' });
  await browser.send('POST', '/api/settings/mail-test', { to: `${REFUSED}@` });
  const plan = await ask('POST', '/applications/crm-1/plans');
  const users = await ask('GET', '/identity-servers/target/resources/User');
  real = {
    ...real,
    '{server}': 'target',
    '{application}': 'crm-1',
    '{type}': 'User',
    '{type}/{id}': textAt(users, '$.Resources[0].id'),
    '{plan}': textAt(plan, '$.id'),
    '{n}': '1',
    '{name}': 'User',
    '{group}': 'tokens',
  };
  const operations = operationsOf(await ask('GET', '/openapi.json')).filter(({ method }) => method === 'GET');
  expect(operations.length).toBeGreaterThan(40);
  for (const operation of operations) {
    // The stream was listened to all the time, and a sign-in at the provider was walked.
    if (operation.path === '/events' || operation.path.startsWith('/oidc/')) continue;
    const { status } = await get(`/api${placeOf(operation, real)}`);
    if (status >= 400 && !operation.path.endsWith('/members')) found.push(`${operation.path} was answered ${status}`);
  }

  // Every entry of both logs, as it is shown, copied, exported and replayed.
  for (const server of ['hr', 'target', 'basic']) {
    const { entries } = Object(await ask('GET', `/identity-servers/${server}/log?limit=1000`));
    expect([server, entries.length > 0 || server === 'hr']).toEqual([server, true]);
    for (const { n } of entries) {
      await get(`/api/identity-servers/${server}/log/${n}`);
      await get(`/api/identity-servers/${server}/log/${n}/curl`);
      const replay = await browser.send('POST', `/api/identity-servers/${server}/log/${n}/replay`, { dryRun: true });
      look(`replay of ${server} ${n}`, replay.text);
    }
    for (const path of ['log/export', 'changes?after=0', 'log?search=Bearer']) {
      await get(`/api/identity-servers/${server}/${path}`);
    }
  }
  for (let n = 1; n <= applications; n++) {
    const { entries: records } = Object(await ask('GET', `/applications/crm-${n}/log?limit=1000`));
    expect(records.length).toBeGreaterThan(0);
    for (const record of records) await get(`/api/applications/crm-${n}/log/${record.n}`);
    for (const query of ['log?format=csv', 'log?format=jsonl', 'mappings', 'status']) {
      await get(`/api/applications/crm-${n}/${query}`);
    }
    await get(`/api/applications/crm-${n}`);
  }
  expect((await get('/metrics', { authorization: `Bearer ${apiToken}` })).status).toBe(200);
  for (const page of ['/', '/sign-in', '/setup', '/reset', '/settings']) await get(page, { accept: 'text/html' });

  for (const text of problems) look(`a problem: ${text}`, text);
  look('events', events);
  expect(events).toContain('data:');
  const mails = await smtp.received(1);
  look('mails', JSON.stringify(mails));

  const backup = join(directory, 'backup.db');
  await administer(rollcall.admin, 'POST', '/backup', { file: backup });
  look('the backup', readFileSync(backup));
  const files = () => globSync(join(rollcall.data, '**/*')).filter((file) => statSync(file).isFile());
  for (const file of files()) {
    const name = basename(file);
    const place = name.startsWith('rollcall.db')
      ? 'the database'
      : name.startsWith('log.db')
        ? 'the request log'
        : name;
    look(place, readFileSync(file));
  }
  const printed = rollcall.output();
  await rollcall.kill('SIGTERM');
  for (const file of files()) look('what is left at the end', readFileSync(file));
  look('output', printed.replace(/\/setup#\S+/, ''));
  expect(printed).toContain('"level"');
  return { found: [...new Set(found)], knownIn };
}

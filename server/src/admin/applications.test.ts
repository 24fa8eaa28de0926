import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applicationListSchema, applicationSchema } from '../contract/application.ts';
import { identityServerSchema } from '../contract/identity-server.ts';
import { storedOf } from '../store/test-store.fixture.ts';
import { openTestApplications, type TestApplications } from './application.fixture.ts';

let rollcall: TestApplications;
beforeAll(async () => {
  rollcall = await openTestApplications();
});
afterAll(() => rollcall.close());

const show = (name: string) => rollcall.ask(applicationSchema, 'GET', `/applications/${name}`);
const patch = (name: string, body: object) => rollcall.ask(applicationSchema, 'PATCH', `/applications/${name}`, body);

describe('adding applications', () => {
  it('needs a name only: slug, settings and the default directory are taken', async () => {
    const { status, headers, text } = await rollcall.send('POST', '/applications', { name: 'Help Desk' });
    expect([status, headers.location]).toEqual([201, '/api/applications/help-desk']);
    expect(applicationSchema.parse(JSON.parse(text))).toMatchObject({
      slug: 'help-desk',
      name: 'Help Desk',
      directory: 'hr',
      state: 'notConfigured',
      connection: null,
      hasSecret: false,
      profile: null,
      removing: false,
      settings: {
        scope: 'assigned',
        notify: [],
        leaving: 'disable',
        groupLeaving: 'delete',
        deleteAfterDays: null,
        guard: { enabled: true },
        interval: 2400,
      },
      warnings: [expect.stringContaining('rollcall application set help-desk --url URL')],
    });
  });

  it('takes settings and a connection, and shows everything but the secret', async () => {
    const { secret } = rollcall.connection;
    const settings = { scope: 'all', guard: { number: 7 }, notify: ['ops@example.org'], interval: 60 };
    const added = await rollcall.add({ slug: 'whole', settings, connection: rollcall.connection });
    expect(added).toMatchObject({
      state: 'notRun',
      hasSecret: true,
      settings: { scope: 'all', guard: { enabled: true, number: 7 }, notify: ['ops@example.org'], interval: 60 },
      connection: { baseUrl: rollcall.connection.baseUrl, credentials: { kind: 'token' }, dialect: 'rfc' },
      warnings: [expect.stringContaining('not tested')],
    });
    const answers = await Promise.all(
      ['/applications', '/applications/whole', '/audit'].map((path) => rollcall.send('GET', path)),
    );
    for (const { text } of answers) expect(text).not.toContain(secret);
    const stored = await Promise.all(
      ['rollcall.db', 'rollcall.db-wal'].map((file) =>
        readFile(join(rollcall.directory, 'data', file), 'latin1').catch(() => ''),
      ),
    );
    const everything = stored.join('') + (await storedOf(join(rollcall.directory, 'data')));
    expect(everything).toContain('whole');
    expect(everything).not.toContain(secret);
  });

  it('gives the same name another slug, and refuses a slug that is taken', async () => {
    const slugs = await Promise.all([1, 2, 3].map(async () => (await rollcall.add({ name: 'Twin' })).slug));
    expect(slugs.toSorted()).toEqual(['twin', 'twin-2', 'twin-3']);
    expect(await rollcall.problem('POST', '/applications', { name: 'x', slug: 'twin' })).toMatchObject({
      status: 409,
      field: 'slug',
    });
    expect((await rollcall.add({ name: '東京' })).slug).toBe('application');
  });

  it.each([
    ['a directory that is not there', { directory: 'nowhere' }, 404, undefined],
    ['a URL with a password', { connection: { baseUrl: 'https://a:b@example.org' } }, 400, 'connection.baseUrl'],
    ['another protocol', { connection: { baseUrl: 'file:///etc/passwd' } }, 400, 'connection.baseUrl'],
    ['a secret of two lines', { connection: { baseUrl: 'https://a.org', secret: 'a\nb' } }, 400, 'connection.secret'],
    ['an unknown setting', { settings: { leving: 'delete' } }, 400, 'settings.leving'],
    ['an address that is none', { settings: { notify: ['ops'] } }, 400, 'settings.notify.0'],
  ])('refuses %s', async (_, body, status, field) => {
    const problem = await rollcall.problem('POST', '/applications', { name: 'Wrong', ...body });
    expect([problem.status, problem.field]).toEqual([status, field]);
  });

  it('names everything that is wrong at once', async () => {
    const body = { name: '', settings: { leaving: 'explode' } };
    const { problems } = await rollcall.problem('POST', '/applications', body);
    expect(problems?.map(({ field }) => field)).toEqual(['name', 'settings.leaving']);
  });
});

describe('changing applications', () => {
  it('merges settings and leaves the rest', async () => {
    await rollcall.add({ slug: 'merged', settings: { deleteAfterDays: 30 } });
    const changed = await patch('merged', {
      name: 'Renamed',
      settings: { guard: { percent: null }, leaving: 'delete' },
    });
    expect(changed).toMatchObject({
      name: 'Renamed',
      settings: { deleteAfterDays: 30, leaving: 'delete', guard: { enabled: true, percent: null } },
    });
    const cleared = await patch('merged', { settings: { deleteAfterDays: null }, slug: 'moved' });
    expect([cleared.slug, cleared.settings.deleteAfterDays]).toEqual(['moved', null]);
    expect((await rollcall.problem('GET', '/applications/merged')).status).toBe(404);
    expect((await show(cleared.id)).slug).toBe('moved');
  });

  it('forgets the secret when the connection leads to another host, and keeps it on the same', async () => {
    await rollcall.add({ slug: 'hosts', connection: { baseUrl: 'https://one.example.org/scim', secret: 's' } });
    expect((await patch('hosts', { connection: { baseUrl: 'https://one.example.org/v2' } })).hasSecret).toBe(true);
    const elsewhere = await patch('hosts', { connection: { baseUrl: 'https://two.example.org/v2' } });
    expect(elsewhere.hasSecret).toBe(false);
    expect(elsewhere.warnings[0]).toContain('The credentials are missing');
  });

  it('warns of credentials that expire', async () => {
    const soon = new Date(Date.now() + 5.5 * 86_400_000).toISOString();
    const connection = { baseUrl: 'https://one.example.org', secret: 's', expiresAt: soon };
    const { warnings } = await rollcall.add({ slug: 'expiring', connection });
    expect(warnings[0]).toContain('expire in 5 days');
    const past = await patch('expiring', { connection: { expiresAt: '2020-01-01T00:00:00Z' } });
    expect(past.warnings[0]).toContain('expired on 2020-01-01');
  });

  it('needs a URL before anything else of a connection', async () => {
    await rollcall.add({ slug: 'bare' });
    const problem = await rollcall.problem('PATCH', '/applications/bare', { connection: { secret: 's' } });
    expect(problem).toMatchObject({ status: 400, field: 'connection.baseUrl' });
  });
});

describe('removing applications', () => {
  it('frees the slug at once and takes its rows in the background', async () => {
    const added = await rollcall.add({ slug: 'gone', connection: rollcall.connection });
    const { status, text } = await rollcall.send('DELETE', '/applications/gone');
    expect([status, applicationSchema.parse(JSON.parse(text))]).toMatchObject([
      202,
      { removing: true, hasSecret: false },
    ]);
    expect((await rollcall.problem('GET', '/applications/gone')).status).toBe(404);
    expect((await rollcall.add({ slug: 'gone' })).id).not.toBe(added.id);
    const ids = async () => {
      const { applications } = await rollcall.ask(applicationListSchema, 'GET', '/applications');
      return applications.map(({ id }) => id);
    };
    await expect.poll(ids).not.toContain(added.id);
  });

  it('comes before the removal of the directory', async () => {
    await rollcall.ask(identityServerSchema, 'POST', '/identity-servers', { name: 'branch' });
    await rollcall.add({ name: 'Branch CRM', slug: 'branch-crm', directory: 'branch' });
    const problem = await rollcall.problem('DELETE', '/identity-servers/branch');
    expect(problem).toMatchObject({ status: 409, type: '/problems/in-use' });
    expect(problem.detail).toContain('"Branch CRM"');
    await rollcall.send('DELETE', '/applications/branch-crm');
    const remove = async () => (await rollcall.send('DELETE', '/identity-servers/branch')).status;
    await expect.poll(remove).toBe(202);
  });
});

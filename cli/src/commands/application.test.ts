import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configSchema, openRollcall, type Rollcall } from '@rollcall/server';
import {
  applicationSchema,
  assignmentListSchema,
  auditEntrySchema,
  connectionVerdictSchema,
  cycleListSchema,
  mappingsSchema,
  planListSchema,
  planWithItemsSchema,
  provisioningRecordSchema,
  provisioningStatusSchema,
} from '@rollcall/server/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnswerSchema } from '../admin-client.ts';
import { placeSocket } from '../socket.ts';
import { runLine } from '../terminal.fixture.ts';

const PEOPLE = `userName,externalId,givenName,familyName,displayName,email,title
anna@example.com,1,Anna,Ärger,Anna Ärger,anna@example.com,Engineer
bob@example.com,2,Bob,O'Hara,Bob O'Hara,bob@example.com,
`;
const GROUPS = 'group,externalId,member\nSales,g1,anna@example.com\nSales,g1,bob@example.com\n';

let directory: string;
let target: Rollcall;
let hub: Rollcall | undefined;
let url: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'application-'));
  const data = join(directory, 'target');
  target = await openRollcall(configSchema.parse({ data, listen: '127.0.0.1:0', logLevel: 'silent' }));
  const send = async (path: string, payload: object): Promise<{ token?: string }> =>
    (await target.admin.inject({ method: 'POST', url: `/api${path}`, payload })).json();
  await send('/identity-servers', { name: 'CRM' });
  const { token = '' } = await send('/identity-servers/crm/tokens', { name: 'hub' });
  url = `${(await target.listen()).url}/scim/crm/v2`;
  await writeFile(join(directory, 'token.txt'), `${token}\n`);
  await writeFile(join(directory, 'people.csv'), PEOPLE);
  await writeFile(join(directory, 'groups.csv'), GROUPS);
  hub = await serveHub();
  await run('identity-server', 'add', '--name', 'hr');
  await run('directory', 'import', '--identity-server', 'hr', 'people.csv', 'groups.csv');
});
afterAll(async () => {
  await hub?.close();
  await target.close();
  await rm(directory, { recursive: true, force: true });
});

/** Holds the data directory and answers on its socket, as `rollcall serve` does. */
async function serveHub(): Promise<Rollcall> {
  const data = join(directory, 'data');
  const served = await openRollcall(configSchema.parse({ data, listen: '127.0.0.1:0', logLevel: 'silent' }));
  await served.admin.listen({ path: (await placeSocket(data)).path });
  return served;
}

const run = (...argv: string[]) => runLine({ directory }, ...argv);
const app = (...argv: string[]) => run('application', ...argv);
async function ask<T>(schema: AnswerSchema<T>, ...argv: string[]): Promise<T> {
  const { status, out, error } = await run(...argv, '--json');
  if (status !== 0) throw new Error(`${argv.join(' ')} ended with ${status}: ${error}`);
  return schema.parse(JSON.parse(out));
}

describe('the help', () => {
  const below = 'add list show set remove test start stop restart status assign unassign assignments provision plan';
  const rest = 'plans apply discard staged allow reject log cycles mapping';
  const lines = [
    'application',
    ...`${below} ${rest}`.split(' ').map((name) => `application ${name}`),
    ...['show', 'set', 'preview', 'reset'].map((name) => `application mapping ${name}`),
    ...['expression', 'expression try', 'expression functions', 'audit'],
  ];
  it.each(lines)('teaches by example: rollcall %s --help', async (line) => {
    const { status, out } = await run(...line.split(' '), '--help');
    expect(status).toBe(0);
    expect(out).toContain(`Usage: rollcall ${line}`);
    expect(out).toMatch(/\nExamples:\n {2}\$ rollcall /);
  });
});

describe('an application', () => {
  it('is made without a connection, and says what comes next', async () => {
    const { out } = await app('add', '--name', 'Bare');
    expect(out).toMatch(/^Application "Bare" is there, provisioned from hr\.\n/);
    expect(out).toContain('Warning: No connection yet: run rollcall application set bare --url URL');
    expect((await app('status', 'bare')).out).toMatch(/State +not configured\n(.*\n)*Next: Enter the connection/);
    expect((await app('start', 'bare')).error).toContain('There is no connection yet');
    expect((await app('remove', 'bare')).status).toBe(2);
    expect((await app('remove', 'bare', '--yes')).out).toContain('"Bare" is no longer provisioned');
  });

  it('is made with a secret from a file, which nothing shows again', async () => {
    const added = await ask(
      applicationSchema,
      ...['application', 'add', '--name', 'CRM', '--directory', 'hr', '--url', url, '--token-file', 'token.txt'],
      ...['--dialect', 'rfc', '--expires', '2099-01-01'],
    );
    expect(added).toMatchObject({
      slug: 'crm',
      hasSecret: true,
      connection: { expiresAt: '2099-01-01T00:00:00.000Z' },
    });
    const secret = (await readFile(join(directory, 'token.txt'), 'utf8')).trim();
    for (const line of [['show', 'crm'], ['show', 'crm', '--json'], ['list'], ['test', 'crm', '--json']]) {
      expect((await app(...line)).out).not.toContain(secret);
    }
    expect((await app('show', 'crm')).out).toMatch(/credentials +token \(stored\)\n(.*\n)*guard.enabled +true\n/);
    expect((await app('list')).out).toMatch(/^SLUG +NAME .*\ncrm +CRM +hr +notRun +assigned +http/m);
  });

  it('is tested: the verdict, and what the target can do with how that is known', async () => {
    const { status, out } = await app('test', 'crm');
    expect(status).toBe(0);
    expect(out).toMatch(/^It works: .*\n\nCAPABILITY +HOW +KNOWN FROM\n/);
    expect(out).toMatch(/\nPATCH +yes +\w+ +\w/);
    await writeFile(join(directory, 'wrong.txt'), 'wrong');
    const wrong = await app('test', 'crm', '--token-file', 'wrong.txt');
    expect([wrong.status, wrong.error]).toEqual([1, 'Error: The connection does not work (credentials).\n']);
    expect(wrong.out).toMatch(/^It does not work: .*\n\nGET http.*\n(.*\n)*→ 401/);
    expect((await ask(connectionVerdictSchema, 'application', 'test', 'crm')).ok).toBe(true);
  });

  it('has settings that are changed by key=value', async () => {
    const changed = await ask(
      applicationSchema,
      ...['application', 'set', 'crm', 'leaving=delete', 'deleteAfterDays=30', 'guard.number=50'],
      ...['guard.percent=none', 'notify=a@example.org,b@example.org', 'interval=10m', 'name=5'],
    );
    expect(changed).toMatchObject({
      name: '5',
      settings: {
        leaving: 'delete',
        deleteAfterDays: 30,
        guard: { enabled: true, number: 50, percent: null },
        notify: ['a@example.org', 'b@example.org'],
        interval: 600,
      },
    });
    const { out } = await app('set', 'crm', 'name=CRM', 'notify=', 'deleteAfterDays=never', 'leaving=disable');
    expect(out).toMatch(/notify +\n(.*\n)*deleteAfterDays +none\nguard.enabled/);
  });

  it.each([
    [['crm'], 'Nothing is to be changed'],
    [['crm', 'colour=red'], 'There is no setting "colour"'],
    [['crm', 'leaving'], '"leaving" is no setting'],
    [['crm', 'leaving=explode'], 'leaving must be one of'],
    [['crm', 'guard.number=many'], 'guard.number must be a number'],
    [['crm', '__proto__=1'], 'There is no setting'],
    [['crm', '--expires', 'soon'], '"soon" is no date'],
    [['crm', '--token-file', 'token.txt', '--user', 'x'], 'Choose one way to sign in'],
    [['crm', '--client-id', 'x'], 'OAuth 2 client credentials need'],
  ])('refuses %j with exit code 2', async (argv, words) => {
    const { status, error } = await app('set', ...argv);
    expect([status, error]).toEqual([2, expect.stringContaining(words)]);
  });

  it('is told of another host, and forgets the secret', async () => {
    const { out } = await app('add', '--name', 'Moved', '--url', url, '--token-file', 'token.txt');
    expect(out).toContain('npx rollcall application assign moved group:NAME');
    expect((await app('set', 'moved', '--url', 'https://other.example.org/scim')).out).toContain('token (missing)');
    await app('remove', 'moved', '--yes');
  });
});

describe('assignments', () => {
  it('are made, shown and taken away', async () => {
    expect((await app('assignments', 'crm')).out).toContain('Nobody. Assign somebody');
    const { out } = await app('assign', 'crm', 'user:anna@example.com', 'group:Sales', '--nested');
    expect(out).toMatch(/^Assigned:\nTYPE +NAME +NESTED +ID\nUser +anna@example.com +\S+\nGroup +Sales +yes +\S+\n$/);
    await app('unassign', 'crm', 'user:anna@example.com');
    const { assignments } = await ask(assignmentListSchema, 'application', 'assignments', 'crm');
    expect(assignments.map(({ label }) => label)).toEqual(['Sales']);
    expect((await app('assign', 'crm', 'user:nobody')).status).toBe(1);
  });
});

describe('mappings', () => {
  it('are shown, exported, changed and read again', async () => {
    const exported = await app('mapping', 'show', 'crm', '--json');
    await writeFile(join(directory, 'mappings.json'), exported.out);
    expect((await app('mapping', 'show', 'crm')).out).toMatch(
      /^Users\nTARGET +SOURCE .*\nuserName +userPrincipalName +1 +always\n/,
    );
    const row = ['--target', 'title', '--expression', 'ToUpper([jobTitle])'];
    expect((await app('mapping', 'set', 'crm', ...row)).out).toContain('Saved.');
    const changed = await ask(mappingsSchema, 'application', 'mapping', 'show', 'crm');
    expect(changed.users.attributes.find(({ target: path }) => path === 'title')?.source).toEqual({
      kind: 'expression',
      expression: 'ToUpper([jobTitle])',
    });
    expect((await app('mapping', 'set', 'crm', 'mappings.json')).status).toBe(0);
    expect(await ask(mappingsSchema, 'application', 'mapping', 'show', 'crm')).toEqual(JSON.parse(exported.out));
    expect((await app('mapping', 'set', 'crm', '--target', 'title', '--remove')).status).toBe(0);
    expect((await app('mapping', 'reset', 'crm')).status).toBe(2);
    expect((await app('mapping', 'reset', 'crm', '--yes')).out).toContain('The default mappings are back');
    expect((await app('mapping', 'show', 'crm', '--json')).out).toBe(exported.out);
  });

  it('are refused with the place that is wrong', async () => {
    const { status, error } = await app('mapping', 'set', 'crm', '--target', 'title', '--expression', 'ToUpr([title])');
    expect([status, error]).toEqual([1, expect.stringContaining('users.attributes')]);
    expect((await app('mapping', 'set', 'crm')).status).toBe(2);
    expect((await app('mapping', 'set', 'crm', '--target', 'x', '--source', 'a', '--constant', 'b')).status).toBe(2);
    expect((await app('mapping', 'set', 'crm', '--target', 'nothing', '--remove')).error).toContain('There is no row');
  });

  it('are previewed', async () => {
    const { out } = await app('mapping', 'preview', 'crm', '--target', 'title', '--constant', 'Clerk');
    expect(out).toMatch(/^\d+ objects looked at; /);
    expect((await app('mapping', 'preview', 'crm', '--target', 'title', '--expression', 'Upper(')).status).toBe(1);
  });

  it('have expressions that can be tried', async () => {
    const tried = (text: string) => run('expression', 'try', 'crm', text, '--user', 'anna@example.com');
    expect(await tried('Join(" ", [givenName], [surname])')).toMatchObject({ status: 0, out: 'Anna Ärger\n' });
    const wrong = await tried('Join(" ", [givenName]');
    expect(wrong.status).toBe(1);
    expect(wrong.error).toMatch(/\nJoin\(" ", \[givenName\]\n *\^\n$/);
    expect((await run('expression', 'functions')).out).toMatch(/\nJoin +\S/);
  });
});

describe('provisioning', () => {
  it('of one user is shown step by step', async () => {
    const { status, out } = await app('provision', 'crm', '--user', 'anna@example.com');
    expect(status).toBe(0);
    expect(out).toMatch(/^User anna@example.com: create, success\n/);
    expect(out).toMatch(/ 1\. +import +success/);
    expect((await app('provision', 'crm')).status).toBe(2);
    expect((await app('provision', 'crm', '--user', 'anna@example.com', '--member', 'x')).status).toBe(2);
  });

  it('is planned, and the plan applied', async () => {
    const planned = await app('plan', 'crm');
    expect(planned.out).toMatch(/^Plan \S+ of crm, open: .*\n\nN +ACTION +TYPE +NAME +STATE +WHY\n/);
    const { plans } = await ask(planListSchema, 'application', 'plans', 'crm');
    const id = plans[0]?.id ?? '';
    expect(planned.out).toContain(`rollcall application apply ${id}`);
    const shown = await ask(planWithItemsSchema, 'application', 'plans', 'crm', id);
    expect(shown.items.map(({ label }) => label)).toEqual(expect.arrayContaining(['bob@example.com', 'Sales']));
    expect((await app('apply', id)).out).toMatch(/items were carried out/);
    expect((await app('apply', id)).error).toContain('The plan is applied');
    const other = await ask(planWithItemsSchema, 'application', 'plan', 'crm');
    expect((await app('discard', other.id)).out).toBe('The plan is discarded.\n');
  });

  it('is started, and runs while a server does', async () => {
    await hub?.listen();
    expect((await app('start', 'crm')).out).toBe(
      '"CRM" is started.\nSee how it goes: rollcall application status crm --watch\n',
    );
    const ran = async () => (await ask(cycleListSchema, 'application', 'cycles', 'crm')).cycles[0]?.state;
    await expect.poll(ran, { timeout: 20_000 }).toBe('succeeded');
    const { out } = await app('status', 'crm');
    expect(out).toMatch(/^CRM\n\nState +active\nNow +waiting for changes\n/);
    expect(out).toMatch(/\nIn the target +2 users, 1 group; 3 of them active\n/);
    expect(out).toMatch(/\nBEGAN +KIND +STATE +SECONDS +DID +ID\n\S+ +initial +succeeded/);
    expect((await app('cycles', 'crm', '--limit', '1')).out).toMatch(/^BEGAN .*\n\S+ +initial +succeeded/);
    expect((await app('stop', 'crm')).out).toContain('"CRM" is stopped');
    expect((await app('restart', 'crm', '--reset', 'watermark,escrows')).out).toContain('"CRM" begins anew');
    expect((await app('restart', 'crm', '--reset', 'everything')).status).toBe(1);
    await app('stop', 'crm');
  });

  it('holds no removals that nobody decided about', async () => {
    expect((await app('staged', 'crm')).out).toBe('No removal waits for a decision.\n');
    expect((await app('allow', 'crm')).status).toBe(2);
    expect((await app('allow', 'crm', 'user:x', '--all')).status).toBe(2);
    expect((await app('reject', 'crm', '--all')).out).toBe('0 removals are refused. None waits any more.\n');
  });

  it('leaves a log that is searched, shown and exported', async () => {
    const { out } = await app('log', 'crm', '--user', 'anna', '--since', '1d');
    expect(out).toMatch(/^N +DATE +ACTION +STATUS +TYPE +NAME +WHY\n\d+ .* create +success +User +anna@example.com/);
    const lines = (await app('log', 'crm', '--user', 'anna', '--json')).out.trimEnd().split('\n');
    const entries = lines.map((line) => provisioningRecordSchema.parse(JSON.parse(line)));
    const created = entries.find(({ action }) => action === 'create');
    const whole = await app('log', 'crm', String(created?.n));
    expect(whole.out).toMatch(/POST http:\S+\/Users\n(.*\n)*→ 201/);
    expect((await app('log', 'crm', '--export', 'csv')).out).toMatch(/^n,date,/);
    expect((await app('log', 'crm', '--status', 'failure')).out).toBe('Nothing.\n');
    expect((await app('log', 'crm', '--user', 'a', '--group', 'b')).status).toBe(2);
  });
});

describe('the audit log', () => {
  it('says who changed what', async () => {
    const { out } = await run('audit', '--subject', 'crm');
    expect(out).toMatch(/^N +DATE +WHO +FROM +ACTION +SUBJECT +WHAT\n/);
    expect(out).toMatch(/ local +application.changed +crm +name: 5 → CRM/);
    const [line = ''] = (await run('audit', '--json', '--limit', '1')).out.split('\n');
    expect(auditEntrySchema.parse(JSON.parse(line))).toMatchObject({ who: 'local', subject: 'crm' });
  });
});

describe('without a server', () => {
  it('is started for the time when one runs, and tested, planned and provisioned at once', async () => {
    await hub?.close();
    hub = undefined;
    await rm(join(directory, 'data', 'rollcall.sock'), { force: true });
    expect((await app('start', 'crm')).out).toBe(
      '"CRM" is started.\nNo server runs on this data directory: it begins with rollcall serve.\n',
    );
    const status = await ask(provisioningStatusSchema, 'application', 'status', 'crm');
    expect(status).toMatchObject({ state: 'active', running: null, links: { users: 2, groups: 1 } });
    const watched = await app('status', 'crm', '--watch');
    expect(watched).toMatchObject({ status: 1, error: expect.stringContaining('rollcall serve') });
    expect((await app('test', 'crm')).status).toBe(0);
    expect((await app('plan', 'crm')).out).toBe('Nothing is to be done.\n');
    expect((await app('provision', 'crm', '--user', 'anna@example.com')).status).toBe(0);
  });
});

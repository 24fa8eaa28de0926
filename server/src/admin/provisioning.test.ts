import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applicationSchema } from '../contract/application.ts';
import { connectionVerdictSchema } from '../contract/application-verdict.ts';
import { cycleListSchema, onDemandOutcomeSchema, provisioningStatusSchema } from '../contract/provisioning.ts';
import { provisioningLogSchema, provisioningRecordSchema } from '../contract/provisioning-log.ts';
import { resourceListSchema } from '../contract/resource.ts';
import { openTestApplications, type TestApplications } from './application.fixture.ts';

let rollcall: TestApplications;
beforeAll(async () => {
  rollcall = await openTestApplications();
});
afterAll(() => rollcall.close());

const status = (slug: string) => rollcall.ask(provisioningStatusSchema, 'GET', `/applications/${slug}/status`);
const post = (slug: string, what: string, body?: object) =>
  rollcall.ask(provisioningStatusSchema, 'POST', `/applications/${slug}/${what}`, body);
const log = async (slug: string, query = '') =>
  (await rollcall.ask(provisioningLogSchema, 'GET', `/applications/${slug}/log${query}`)).entries;
const targetUsers = async () => {
  const page = await rollcall.ask(resourceListSchema, 'GET', '/identity-servers/target/resources/User');
  return page.Resources.map(({ userName }) => userName).toSorted();
};

describe('testing a connection', () => {
  it('says that it works and keeps what the target can do', async () => {
    await rollcall.add({ slug: 'tested', connection: rollcall.connection });
    const verdict = await rollcall.ask(connectionVerdictSchema, 'POST', '/applications/tested/test');
    expect(verdict).toMatchObject({ ok: true, fault: null });
    expect(verdict.capabilities.find(({ name }) => name === 'PATCH')?.supported).toBe(true);
    const { profile, warnings } = await rollcall.ask(applicationSchema, 'GET', '/applications/tested');
    expect(profile).not.toBeNull();
    expect(warnings).toEqual([]);
  });

  it('can be done before it is saved, and keeps nothing of it', async () => {
    await rollcall.add({ slug: 'unsaved' });
    const { baseUrl, secret } = rollcall.connection;
    const test = (connection: object) =>
      rollcall.ask(connectionVerdictSchema, 'POST', '/applications/unsaved/test', { connection });
    expect((await test({ baseUrl, secret })).ok).toBe(true);
    expect(await test({ baseUrl, secret: 'wrong' })).toMatchObject({ ok: false, fault: 'credentials' });
    const shown = await rollcall.ask(applicationSchema, 'GET', '/applications/unsaved');
    expect(shown).toMatchObject({ connection: null, profile: null, hasSecret: false });
  });

  it('sends the stored secret to no other host', async () => {
    const connection = { baseUrl: 'http://127.0.0.1:1/scim' };
    const problem = await rollcall.problem('POST', '/applications/tested/test', { connection });
    expect(problem).toMatchObject({ status: 400, field: 'connection.secret' });
  });

  it('shows the request and the answer without the secret', async () => {
    const { text } = await rollcall.send('POST', '/applications/tested/test');
    expect(connectionVerdictSchema.parse(JSON.parse(text)).exchanges.length).toBeGreaterThan(0);
    expect(text).not.toContain(rollcall.connection.secret);
  });
});

describe('an application without a connection', () => {
  it.each(['start', 'restart', 'test', 'provision'])('says what is missing before it can %s', async (what) => {
    await rollcall.add({ slug: `no-${what}` });
    const body = what === 'provision' ? { user: 'anna@example.com' } : undefined;
    const problem = await rollcall.problem('POST', `/applications/no-${what}/${what}`, body);
    expect(problem).toMatchObject({
      status: 409,
      detail: expect.stringContaining(`rollcall application set no-${what}`),
    });
  });
});

describe('a job', () => {
  it('says what to do next until there is nothing', async () => {
    const { slug } = await rollcall.add({ slug: 'next' });
    expect(await status(slug)).toMatchObject({
      state: 'notConfigured',
      next: expect.stringContaining('set next --url'),
    });
    await rollcall.ask(applicationSchema, 'PATCH', '/applications/next', { connection: rollcall.connection });
    expect(await status(slug)).toMatchObject({ state: 'notRun', next: expect.stringContaining('Nobody is assigned') });
    await rollcall.send('POST', '/applications/next/assignments', { objects: ['user:anna@example.com'] });
    expect(await status(slug)).toMatchObject({ next: 'Begin: rollcall application start next', nextRunAt: null });
  });

  it('runs, reports, stops and begins anew', async () => {
    await rollcall.add({ slug: 'crm', settings: { scope: 'all' }, connection: rollcall.connection });
    expect((await post('crm', 'start')).state).toBe('active');
    await expect.poll(async () => (await status('crm')).lastCycles.length, { timeout: 15_000 }).toBeGreaterThan(0);
    await expect
      .poll(() => status('crm'))
      .toMatchObject({
        running: null,
        links: { users: 3, groups: 2, active: 5 },
        escrows: { objects: 0, references: 0 },
        staged: 0,
        quarantine: null,
        next: '',
        lastCycles: [{ kind: 'initial', state: 'succeeded', error: null }],
      });
    expect(await targetUsers()).toEqual(['anna@example.com', 'bob@example.com', 'carl@example.com']);
    const { cycles } = await rollcall.ask(cycleListSchema, 'GET', '/applications/crm/cycles?limit=1');
    expect(cycles[0]?.counts).toMatchObject({ created: 5, membersAdded: 3 });
    expect((await post('crm', 'stop')).state).toBe('paused');
    expect((await post('crm', 'restart', { reset: ['watermark'] })).state).toBe('active');
    expect((await rollcall.problem('POST', '/applications/crm/restart', { reset: ['all'] })).status).toBe(400);
  });

  it('provisions one user now, step by step', async () => {
    await rollcall.add({ slug: 'demand', settings: { scope: 'all' }, connection: rollcall.connection });
    const body = { user: 'anna@example.com' };
    const { records } = await rollcall.ask(onDemandOutcomeSchema, 'POST', '/applications/demand/provision', body);
    const [record] = records;
    expect(record).toMatchObject({ type: 'User', label: 'anna@example.com', error: null });
    expect(record?.steps.map(({ name }) => name)).toEqual(expect.arrayContaining(['import', 'scope', 'match']));
  });

  it.each([
    [{}, 'must name a user or a group'],
    [{ user: 'a', group: 'b' }, 'must name a user or a group'],
    [{ user: 'a', members: ['b'] }, 'has members, but no group'],
  ])('cannot provision %j', async (body, detail) => {
    expect((await rollcall.problem('POST', '/applications/crm/provision', body)).detail).toContain(detail);
  });
});

describe('the provisioning log', () => {
  it('is searched by object, type, status and time, newest first', async () => {
    const all = await log('crm');
    expect(all.map(({ n }) => n)).toEqual(all.map(({ n }) => n).toSorted((a, b) => (b ?? 0) - (a ?? 0)));
    const carl = await log('crm', '?object=carl%40&type=User&since=1h&status=success');
    expect(carl.map(({ label, action }) => [label, action])).toContainEqual(['carl@example.com', 'create']);
    expect(await log('crm', '?status=failure')).toEqual([]);
    expect(await log('crm', '?until=2020-01-01')).toEqual([]);
    const [first, second] = await log('crm', '?limit=2');
    expect(await log('crm', `?limit=1&before=${first?.n}`)).toEqual([second]);
  });

  it('shows one entry whole', async () => {
    const [entry] = await log('crm', '?action=create&limit=1');
    const whole = await rollcall.ask(provisioningRecordSchema, 'GET', `/applications/crm/log/${entry?.n}`);
    expect(whole.exchanges.length).toBeGreaterThan(0);
    expect(whole.steps.length).toBeGreaterThan(0);
    expect((await rollcall.problem('GET', '/applications/crm/log/999999')).status).toBe(404);
    expect((await rollcall.problem('GET', '/applications/crm/log/x')).status).toBe(404);
  });

  it('is exported as JSON lines and as CSV that no spreadsheet takes for formulas', async () => {
    const count = (await log('crm', '?limit=1000')).length;
    const lines = await rollcall.send('GET', '/applications/crm/log?format=jsonl');
    expect(lines.headers['content-type']).toBe('application/x-ndjson');
    expect(
      lines.text
        .trimEnd()
        .split('\n')
        .map((line) => provisioningRecordSchema.parse(JSON.parse(line))),
    ).toHaveLength(count);
    const csv = await rollcall.send('GET', '/applications/crm/log?format=csv');
    expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(csv.text.split('\r\n')).toHaveLength(count + 2);
    expect(csv.text.startsWith('n,date,cycle,type,id,label,')).toBe(true);
  });
});

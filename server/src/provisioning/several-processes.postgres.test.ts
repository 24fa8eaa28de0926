import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApplications, type TestApplications } from '../admin/application.fixture.ts';
import { openTestRollcall, type TestRollcall } from '../admin/rollcall.fixture.ts';
import { applicationSchema } from '../contract/application.ts';
import { driftListSchema } from '../contract/drift.ts';
import { planSchema } from '../contract/plan.ts';
import { problemSchema } from '../contract/problem.ts';
import { cycleListSchema, onDemandOutcomeSchema, provisioningStatusSchema } from '../contract/provisioning.ts';
import { resourceListSchema } from '../contract/resource.ts';
import { type TemporaryDatabase, temporaryDatabase } from '../store/postgres/database.fixture.ts';

let database: TemporaryDatabase;
let directory: string;
let keysFile: string;
/** Serves requests alone. */
let api: TestApplications;
const workers = new Map<string, TestRollcall>();

const openWorker = async (name: string) => {
  const worker = await openTestRollcall({ databaseUrl: database.url, keysFile, roles: ['worker'] });
  workers.set(name, worker);
  return worker;
};

async function closeWorker(name: string): Promise<void> {
  await workers.get(name)?.close();
  workers.delete(name);
}

beforeAll(async () => {
  database = await temporaryDatabase();
  directory = await mkdtemp(join(tmpdir(), 'rollcall-keys-'));
  keysFile = join(directory, 'keys');
  api = await openTestApplications({ databaseUrl: database.url, keysFile, roles: ['api'] });
});
afterAll(async () => {
  await Promise.all([...workers.values()].map((worker) => worker.close()));
  await api.close();
  await database.drop();
  await rm(directory, { recursive: true, force: true });
});

const status = (slug: string) => api.ask(provisioningStatusSchema, 'GET', `/applications/${slug}/status`);
const post = (slug: string, what: string, body?: object) =>
  api.ask(provisioningStatusSchema, 'POST', `/applications/${slug}/${what}`, body);
const cycles = async (slug: string) => (await api.ask(cycleListSchema, 'GET', `/applications/${slug}/cycles`)).cycles;
const targetUsers = async () => {
  const page = await api.ask(resourceListSchema, 'GET', '/identity-servers/target/resources/User');
  return page.Resources.map(({ userName }) => userName).toSorted();
};

describe('a process that only serves requests', () => {
  it('says what is missing when nobody works for applications', async () => {
    await api.add({ slug: 'crm', connection: api.connection, settings: { scope: 'all' } });
    const { status: code, text } = await api.send('POST', '/applications/crm/provision', { user: 'anna@example.com' });
    expect(code).toBe(503);
    expect(problemSchema.parse(JSON.parse(text)).detail).toContain('role worker');
  }, 60_000);

  it('starts no cycle itself, and a worker takes it up', async () => {
    expect((await post('crm', 'start')).state).toBe('active');
    expect(await cycles('crm')).toEqual([]);
    await openWorker('a');
    await expect.poll(() => targetUsers(), { timeout: 15_000 }).toHaveLength(3);
    await expect.poll(async () => (await status('crm')).links.active, { timeout: 15_000 }).toBe(5);
  }, 60_000);

  it('hands over what is to be done at once, and tells how it ended', async () => {
    const { records } = await api.ask(onDemandOutcomeSchema, 'POST', '/applications/crm/provision', {
      user: 'anna@example.com',
    });
    expect(records).toMatchObject([{ label: 'anna@example.com', status: 'skipped' }]);
    const plan = await api.ask(planSchema, 'POST', '/applications/crm/plans');
    expect(plan).toMatchObject({ state: 'open' });
    expect(await api.ask(planSchema, 'POST', `/plans/${plan.id}/apply`)).toMatchObject({ state: 'applied' });
    const again = await api.send('POST', `/plans/${plan.id}/apply`);
    expect(again.status).toBe(409);
    const drift = await api.ask(driftListSchema, 'POST', '/applications/crm/drift/check', { wait: 20 });
    expect(drift.pass).toMatchObject({ running: false });
  }, 60_000);

  it('sees changes of the directory arrive', async () => {
    await api.importPeople(`userName,externalId,active\ndora@example.com,4,true\n`);
    await expect.poll(() => targetUsers(), { timeout: 15_000 }).toContain('dora@example.com');
  }, 60_000);

  it('stops and starts the job of another process within a second', async () => {
    const began = performance.now();
    expect(await post('crm', 'stop')).toMatchObject({ state: 'paused', running: null });
    await api.importPeople(`userName,externalId,active\nemil@example.com,5,true\n`);
    expect(await targetUsers()).not.toContain('emil@example.com');
    await post('crm', 'start');
    await expect.poll(() => targetUsers(), { timeout: 15_000 }).toContain('emil@example.com');
    expect(performance.now() - began).toBeLessThan(20_000);
  }, 60_000);
});

describe('several workers', () => {
  it('pass an application on when one of them ends', async () => {
    await openWorker('b');
    await closeWorker('a');
    await api.importPeople(`userName,externalId,active\nfinn@example.com,6,true\n`);
    await expect.poll(() => targetUsers(), { timeout: 15_000 }).toContain('finn@example.com');
    const { records } = await api.ask(onDemandOutcomeSchema, 'POST', '/applications/crm/provision', {
      user: 'finn@example.com',
    });
    expect(records).toHaveLength(1);
  }, 60_000);

  it('answer what is asked of an application that nobody has worked for yet', async () => {
    await api.add({ slug: 'idle', connection: api.connection });
    const { records } = await api.ask(onDemandOutcomeSchema, 'POST', '/applications/idle/provision', {
      user: 'anna@example.com',
    });
    expect(records).toMatchObject([{ label: 'anna@example.com' }]);
  }, 60_000);

  it('restart with what is to be reset', async () => {
    const before = (await cycles('crm')).filter(({ kind }) => kind === 'initial').length;
    await post('crm', 'restart', { reset: ['full'] });
    await expect
      .poll(async () => (await cycles('crm')).filter(({ kind }) => kind === 'initial').length, { timeout: 15_000 })
      .toBe(before + 1);
    await expect.poll(async () => (await status('crm')).links.active, { timeout: 15_000 }).toBeGreaterThan(5);
  }, 60_000);

  it('leave an application alone that is removed', async () => {
    expect((await api.send('DELETE', '/applications/idle')).status).toBe(202);
    await expect.poll(async () => (await api.send('GET', '/applications/idle')).status).toBe(404);
    await expect(api.ask(applicationSchema, 'GET', '/applications/crm')).resolves.toMatchObject({ slug: 'crm' });
  }, 60_000);
});

describe('a worker', () => {
  it('serves its health and nothing else', async () => {
    const worker = workers.get('b') ?? (await openWorker('b'));
    expect((await fetch(`${worker.url}/readyz`)).status).toBe(200);
    expect((await fetch(`${worker.url}/healthz`)).status).toBe(200);
    expect((await fetch(`${worker.url}/scim/hr/v2/Users`)).status).toBe(404);
    expect((await fetch(`${worker.url}/api/session`)).status).toBe(404);
  });
});

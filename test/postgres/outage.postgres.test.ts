import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningServer, runServer, type TestClient, USER } from '../../server/src/http/running-server.fixture.ts';
import { type Answer, send } from '../../server/src/http/send.fixture.ts';
import { type PostgresCluster, startPostgres } from '../harness/postgres-cluster.ts';

const CONNECTIONS = 3;

let cluster: PostgresCluster;
let server: RunningServer;
let scim: TestClient;
let apiToken: string;
beforeAll(async () => {
  cluster = await startPostgres({ settings: 'durable' });
  const { url } = await cluster.database();
  server = await runServer({ databaseUrl: url, databaseConnections: CONNECTIONS });
  scim = await server.identityServer();
  const issued = Object(await server.admin('POST', '/api-tokens', { name: 'Watch', access: 'read' }));
  apiToken = issued.token;
}, 120_000);
afterAll(async () => {
  await server.stop();
  await cluster.close();
}, 60_000);

let made = 0;
const create = () => scim.send('POST', '/Users', { schemas: [USER], userName: `outage-${++made}` });
const listed = () => send(server.origin, '/api/applications', { headers: { authorization: `Bearer ${apiToken}` } });
const signedIn = () =>
  send(server.origin, '/api/session', {
    headers: { cookie: 'rollcall-session=whatever', 'x-rollcall-console': '1' },
  });
const ready = () => send(server.origin, '/readyz');

/** Every answer but a success says that it may be tried again. */
function expectTryAgain(answer: Answer): void {
  expect([answer.status, answer.headers['retry-after'], answer.text]).toEqual([503, '5', expect.any(String)]);
  expect(answer.text).not.toMatch(/postgres:|password/);
}

/** Creates and reads until it is told to stop; what was acknowledged, and every other answer. */
function load(clients: number) {
  const acknowledged: string[] = [];
  const refused: Answer[] = [];
  let stopped = false;
  const client = async () => {
    while (!stopped) {
      const answer = await create();
      if (answer.status === 201) acknowledged.push(Object(answer.body).id);
      else refused.push(answer);
      const known = acknowledged.at(-1);
      if (known === undefined) continue;
      const read = await scim.send('GET', `/Users/${known}`);
      if (read.status !== 200) refused.push(read);
    }
  };
  const running = Promise.all(Array.from({ length: clients }, client));
  return {
    acknowledged,
    refused,
    async stop() {
      stopped = true;
      await running;
    },
  };
}

describe('a database that is away', () => {
  it('costs 503s that say when to come back, and nothing that was acknowledged', async () => {
    const running = load(6);
    await expect.poll(() => running.acknowledged.length, { timeout: 30_000 }).toBeGreaterThan(20);
    await cluster.stop('immediate');

    await expect.poll(() => running.refused.length, { timeout: 30_000 }).toBeGreaterThan(20);
    expectTryAgain(await create());
    expectTryAgain(await scim.send('GET', '/Users?filter=userName%20eq%20%22x%22'));
    expectTryAgain(await listed());
    // Nobody can say whether somebody has signed in.
    expectTryAgain(await signedIn());
    const alive = await send(server.origin, '/healthz');
    expect([alive.status, alive.body]).toEqual([200, { status: 'ok' }]);
    const answer = await ready();
    expectTryAgain(answer);
    expect(answer.body).toEqual({
      status: 'database unavailable',
      reason: expect.stringMatching(/^The database cannot be reached \(ECONNREFUSED\)$/),
    });

    await pause(3000);
    await cluster.start();
    await expect.poll(async () => (await ready()).status, { timeout: 30_000 }).toBe(200);
    const before = running.acknowledged.length;
    await expect.poll(() => running.acknowledged.length, { timeout: 30_000 }).toBeGreaterThan(before + 20);
    await running.stop();

    for (const refused of running.refused) expectTryAgain(refused);
    expect((await signedIn()).status).not.toBe(503);
    const lost: string[] = [];
    for (const id of running.acknowledged) {
      if ((await scim.send('GET', `/Users/${id}`)).status !== 200) lost.push(id);
    }
    expect(lost).toEqual([]);
  }, 240_000);

  it('is followed by hints again when it is back', async () => {
    const client = new Client({ connectionString: cluster.url });
    await client.connect();
    await client.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'rollcall%'`,
    );
    await client.end();
    await expect.poll(async () => (await create()).status, { timeout: 30_000 }).toBe(201);
    await expect.poll(async () => (await ready()).status, { timeout: 30_000 }).toBe(200);
  }, 90_000);
});

describe('a database that is slow', () => {
  it('sheds the load that it cannot bear, in bounded time, and then serves again', async () => {
    await expect.poll(async () => (await create()).status, { timeout: 30_000 }).toBe(201);
    const holder = new Client({ connectionString: await databaseUrl() });
    await holder.connect();
    await holder.query('BEGIN');
    await holder.query('LOCK TABLE resource IN ACCESS EXCLUSIVE MODE');

    const answers = await Promise.all([
      ...Array.from({ length: 30 }, create),
      ...Array.from({ length: 30 }, () => scim.send('GET', '/Users/none')),
    ]);
    for (const answer of answers) expectTryAgain(answer);
    expect((await send(server.origin, '/healthz')).status).toBe(200);

    await holder.query('ROLLBACK');
    await holder.end();
    await expect.poll(async () => (await create()).status, { timeout: 30_000 }).toBe(201);
    expect((await ready()).status).toBe(200);
  }, 120_000);

  it('says that it is not ready while all its connections are taken', async () => {
    const holder = new Client({ connectionString: await databaseUrl() });
    await holder.connect();
    await holder.query('BEGIN');
    await holder.query('LOCK TABLE resource IN ACCESS EXCLUSIVE MODE');
    const waiting = Array.from({ length: CONNECTIONS * 2 }, create);
    await expect.poll(async () => (await ready()).status, { timeout: 30_000 }).toBe(503);
    await holder.query('ROLLBACK');
    await holder.end();
    await Promise.all(waiting);
    await expect.poll(async () => (await ready()).status, { timeout: 30_000 }).toBe(200);
  }, 120_000);

  it('refuses at once whoever is one too many', async () => {
    const holder = new Client({ connectionString: await databaseUrl() });
    await holder.connect();
    await holder.query('BEGIN');
    await holder.query('LOCK TABLE resource IN ACCESS EXCLUSIVE MODE');
    const { rollcall } = server;
    const answers = await Promise.all(
      Array.from({ length: 1200 }, () =>
        rollcall.admin.inject({ method: 'GET', url: `/api/identity-servers/${scim.slug}/resources/Users/none` }),
      ),
    );
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([503]));
    await holder.query('ROLLBACK');
    await holder.end();
    await expect.poll(async () => (await create()).status, { timeout: 30_000 }).toBe(201);
  }, 120_000);
});

/** Where the server has its tables. */
async function databaseUrl(): Promise<string> {
  const client = new Client({ connectionString: cluster.url });
  await client.connect();
  const { rows } = await client.query(`SELECT datname FROM pg_database WHERE datname LIKE 'test_%'`);
  await client.end();
  return cluster.url.replace(/postgres$/, rows[0].datname);
}

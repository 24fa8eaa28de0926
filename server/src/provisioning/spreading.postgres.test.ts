import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { expect, it, onTestFinished } from 'vitest';
import { openTestApplications } from '../admin/application.fixture.ts';
import { openTestRollcall } from '../admin/rollcall.fixture.ts';
import { cycleListSchema, provisioningStatusSchema } from '../contract/provisioning.ts';
import { temporaryDatabase } from '../store/postgres/database.fixture.ts';

const PEOPLE = 1200;

it('lets all workers do a part of an initial cycle, each object once', async () => {
  const database = await temporaryDatabase();
  onTestFinished(() => database.drop());
  const directory = await mkdtemp(join(tmpdir(), 'rollcall-keys-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const shared = { databaseUrl: database.url, keysFile: join(directory, 'keys') };
  const api = await openTestApplications({ ...shared, roles: ['api'] });
  onTestFinished(() => api.close());
  const ids = [...Array(PEOPLE).keys()];
  const people = ids.map((n) => `p${n}@example.com,p${n},true`).join('\n');
  const members = ids.map((n) => `Group ${n % 7},g${n % 7},p${n}@example.com`).join('\n');
  await api.importPeople(`userName,externalId,active\n${people}\n`, `group,externalId,member\n${members}\n`);
  for (let n = 0; n < 2; n++) {
    const worker = await openTestRollcall({ ...shared, roles: ['worker'] });
    onTestFinished(() => worker.close());
  }
  const client = new Client({ connectionString: database.url });
  await client.connect();
  onTestFinished(() => client.end());
  const count = async (sql: string) => Number((await client.query(sql)).rows[0]?.count);

  await api.add({ slug: 'big', connection: api.connection, settings: { scope: 'all' } });
  await api.ask(provisioningStatusSchema, 'POST', '/applications/big/start');
  const holders = new Set<string>();
  await expect
    .poll(
      async () => {
        for (const { holder } of (await client.query('SELECT holder FROM chunk')).rows) if (holder) holders.add(holder);
        const { cycles } = await api.ask(cycleListSchema, 'GET', '/applications/big/cycles');
        return cycles.find(({ kind, state }) => kind === 'initial' && state !== 'running');
      },
      { timeout: 100_000, interval: 50 },
    )
    .toMatchObject({ state: 'succeeded', error: null, counts: { failed: 0, membersAdded: PEOPLE } });
  expect(holders.size).toBe(2);
  const linked = `SELECT count(DISTINCT target_id) AS count FROM link WHERE state = 'active'`;
  expect(await count(`${linked} AND type = 'User' AND label LIKE 'p%'`)).toBe(PEOPLE);
  const made = `SELECT count(*) AS count FROM provisioning_log WHERE action = 'create' AND type = 'User'`;
  expect(await count(`${made} AND label LIKE 'p%'`)).toBe(PEOPLE);
  expect(await count('SELECT count(*) AS count FROM chunk')).toBe(0);
  expect(await count('SELECT count(*) AS count FROM intent')).toBe(0);
  expect(await count('SELECT count(*) AS count FROM sought')).toBe(0);
}, 150_000);

import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connected } from './connected.ts';
import { type TemporaryDatabase, temporaryDatabase } from './database.fixture.ts';
import { MIGRATIONS, migrateAt, planMigration } from './migrate.ts';
import { openPostgresStore } from './store.ts';

const LAST = MIGRATIONS.length;
const ADDS = { sql: 'ALTER TABLE token ADD COLUMN remark text', does: 'Remarks', compatibleFrom: LAST };
const REPLACES = { sql: 'ALTER TABLE token RENAME COLUMN name TO title', does: 'Titles' };

let database: TemporaryDatabase;
beforeEach(async () => {
  database = await temporaryDatabase();
});
afterEach(() => database.drop());

const plan = (migrations = MIGRATIONS) => connected(database.url, 'test', (each) => planMigration(each, migrations));

async function ask(sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

async function start(): Promise<void> {
  const store = await openPostgresStore({ url: database.url, connections: 2, searchBudget: 1000, readerThreads: 1 });
  await store.close();
}

describe('migration of a PostgreSQL database', () => {
  it('says what it would do, does it, and then has nothing to do', async () => {
    await ask('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
    const whole = { from: 0, to: LAST, steps: expect.objectContaining({ length: LAST }) };
    expect(await plan()).toEqual(whole);
    expect(await plan()).toMatchObject({ steps: expect.arrayContaining([{ version: 3, does: 'People who sign in' }]) });
    expect(await ask("SELECT to_regclass('token') AS found")).toEqual([{ found: null }]);
    expect(await migrateAt(database.url)).toEqual(whole);
    expect(await migrateAt(database.url)).toEqual({ from: LAST, to: LAST, steps: [] });
    expect(await migrateAt(database.url, [...MIGRATIONS, ADDS])).toEqual({
      from: LAST,
      to: LAST + 1,
      steps: [{ version: LAST + 1, does: 'Remarks' }],
    });
  });

  it('leaves an older program working where it says so, and tells it to go otherwise', async () => {
    await migrateAt(database.url, [...MIGRATIONS, ADDS]);
    expect(await plan()).toEqual({ from: LAST + 1, to: LAST + 1, steps: [] });
    await start();
    await migrateAt(database.url, [...MIGRATIONS, ADDS, REPLACES]);
    await expect(start()).rejects.toThrow(
      `The database has version ${LAST + 2} and this program knows versions up to ${LAST}: a newer Rollcall migrated it.`,
    );
  });

  it('changes nothing when one of several steps fails', async () => {
    await expect(migrateAt(database.url, [...MIGRATIONS, ADDS, ADDS])).rejects.toThrow('already exists');
    expect(await plan()).toEqual({ from: LAST, to: LAST, steps: [] });
  });

  it('lets requests through while somebody holds a table that it wants to change', async () => {
    const holder = new Client({ connectionString: database.url });
    await holder.connect();
    await holder.query('BEGIN; SELECT * FROM token');
    const migrated = migrateAt(database.url, [...MIGRATIONS, ADDS]);
    const isWaiting = "SELECT count(*) AS waiting FROM pg_locks WHERE relation = 'token'::regclass AND NOT granted";
    await expect.poll(() => ask(isWaiting), { timeout: 10_000 }).toEqual([{ waiting: '1' }]);
    // Behind it in the queue until it gives up; the holder is not asked to end.
    expect(await ask('SELECT * FROM token')).toEqual([]);
    await holder.query('COMMIT');
    await holder.end();
    expect(await migrated).toMatchObject({ to: LAST + 1 });
  });
});

import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TemporaryDatabase, temporaryDatabase, testDatabaseUrl } from '../store/postgres/database.fixture.ts';
import type { RequestLog } from './contract.ts';
import { logEntry } from './log-entry.fixture.ts';
import { openRequestLog, type RequestLogOptions } from './request-log.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;
/** Other tests may have the processors. */
const PATIENCE = { timeout: 15_000 };
const retention = { maxAgeMs: 90 * DAY, maxRows: 100_000, maxBytes: 1024 ** 3 };

let database: TemporaryDatabase;
let client: Client;
const opened: RequestLog[] = [];

beforeEach(async () => {
  database = await temporaryDatabase();
  client = new Client({ connectionString: database.url });
  await client.connect();
});

afterEach(async () => {
  for (const log of opened.splice(0)) await log.close();
  await client.end();
  await database.drop();
});

/** The log as one process has it open. */
async function open(different: Partial<RequestLogOptions> = {}): Promise<RequestLog> {
  const log = await openRequestLog({ databaseUrl: database.url }, { retention, bodyBytes: 1000, ...different });
  opened.push(log);
  return log;
}

describe('a request log that processes share', () => {
  it('shows each process what all of them recorded, and sums what they counted', async () => {
    const [one, two] = [await open(), await open()];
    const at = Math.floor(Date.now() / HOUR) * HOUR;
    one.record(logEntry({ at, status: 404 }));
    await one.flush();
    two.record(logEntry({ at: at + 1, status: 500 }));
    two.tally(logEntry({ at: at + 2 }));
    await two.flush();
    for (const log of [one, two]) {
      expect((await log.search({ limit: 10 })).map(({ n, status }) => [n, status])).toEqual([
        [2, 500],
        [1, 404],
      ]);
      expect(await log.statisticsByTime({ server: 1, since: at, bucketMs: HOUR })).toEqual([
        { at, total: 3, clientErrors: 1, serverErrors: 1, meanMs: 1.5 },
      ]);
      expect([await log.count(1), await log.lastAt(1)]).toEqual([2, at + 2]);
    }
  });

  it('misses nothing in its tail while several write, each batch whenever it is done', async () => {
    const writers = [await open(), await open(), await open()];
    const reader = await open();
    const seen: number[] = [];
    let hasEnded = false;
    const follow = async () => {
      for (let isLast = false; !isLast; ) {
        isLast = hasEnded;
        const { entries } = await reader.page({ after: seen.at(-1) ?? 0, limit: 1000, bodies: false });
        seen.push(...entries.map(({ n }) => n));
      }
    };
    const write = async (log: RequestLog) => {
      for (let round = 0; round < 30; round++) {
        for (let index = 0; index < 10 + (round % 7) * 20; index++) log.record(logEntry({ at: Date.now() }));
        await log.flush();
      }
    };
    const following = follow();
    await Promise.all(writers.map(write));
    hasEnded = true;
    await following;
    const stored = writers.reduce((sum, log) => sum + log.statistics().stored, 0);
    expect(seen).toEqual(Array.from({ length: stored }, (_, index) => index + 1));
  });

  it('shows what was stored while another transaction of the database has not ended', async () => {
    await client.query('BEGIN');
    await client.query('SELECT pg_current_xact_id()');
    const log = await open();
    log.record(logEntry({ at: Date.now() }));
    expect(await log.search({ limit: 1, after: 0 })).toHaveLength(1);
    await client.query('ROLLBACK');
  });

  it('keeps to its bounds together, whoever removes', async () => {
    const different = { retention: { ...retention, maxRows: 1000 } };
    const logs = [await open(different), await open(different), await open(different)];
    for (let index = 0; index < 6000; index++) logs[index % 3]?.record(logEntry({ at: Date.now() }));
    await Promise.all(logs.map((log) => log.flush()));
    await expect.poll(() => logs[0]?.count(1), PATIENCE).toBe(1000);
    const { rows } = await client.query('SELECT count(*)::int AS entries, min(n)::int AS first FROM log_entry');
    expect(rows).toEqual([{ entries: 1000, first: 5001 }]);
    const { rows: totals } = await client.query(`
      SELECT entries::int, bytes = (SELECT sum(bytes) FROM log_entry) AS adds_up,
        (SELECT count(*) FROM log_mention) <= entries AS has_no_other_mentions FROM log_total`);
    expect(totals).toEqual([{ entries: 1000, adds_up: true, has_no_other_mentions: true }]);
  });

  it('is cleared of a server once, when two clear it', async () => {
    const [one, two] = [await open(), await open()];
    for (let index = 0; index < 2000; index++) one.record(logEntry({ at: Date.now(), server: 1 + (index % 2) }));
    await one.flush();
    const cleared = await Promise.all([one.clear(1), two.clear(1)]);
    expect(cleared[0] + cleared[1]).toBe(1000);
    expect([await one.count(1), await two.count(2)]).toEqual([0, 1000]);
  });
});

describe('a request log whose database fails', () => {
  it('drops what a lock outlasts, and stores again', async () => {
    const log = await open({ backlog: { entries: 10, bytes: 1_000_000 } });
    await client.query('BEGIN');
    await client.query('SELECT n FROM log_total FOR UPDATE');
    for (let index = 0; index < 12; index++) log.record(logEntry({ at: Date.now() }));
    expect(log.statistics()).toEqual({ waiting: 10, dropped: 2, stored: 0 });
    await log.flush();
    expect(log.statistics()).toEqual({ waiting: 0, dropped: 12, stored: 0 });
    await client.query('ROLLBACK');
    log.record(logEntry({ at: Date.now() }));
    await log.flush();
    expect(log.statistics()).toEqual({ waiting: 0, dropped: 12, stored: 1 });
  });

  it('drops and counts while it is away, refuses searches, and goes on when it is back', async () => {
    const log = await open();
    log.record(logEntry({ at: Date.now() }));
    await log.flush();
    await asAdministrator(`ALTER DATABASE ${databaseName()} ALLOW_CONNECTIONS false`);
    await client.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid()`);
    log.record(logEntry({ at: Date.now() }));
    await log.flush();
    await expect(log.search({ limit: 1 })).rejects.toThrow('The request log: The database');
    await expect(log.count(1)).rejects.toThrow('The request log: The database');
    expect(log.statistics()).toEqual({ waiting: 0, dropped: 1, stored: 1 });
    await asAdministrator(`ALTER DATABASE ${databaseName()} ALLOW_CONNECTIONS true`);
    log.record(logEntry({ at: Date.now() }));
    await log.flush();
    expect(log.statistics()).toEqual({ waiting: 0, dropped: 1, stored: 2 });
    expect(await log.count(1)).toBe(2);
  });

  it('stores the others when one entry of a batch cannot be', async () => {
    const log = await open();
    for (const at of [1, 0.5, 2, 3].map((part) => Math.floor(Date.now() / HOUR) * HOUR + part))
      log.record(logEntry({ at }));
    await log.flush();
    expect(log.statistics()).toEqual({ waiting: 0, dropped: 1, stored: 3 });
    expect(await log.count(1)).toBe(3);
  });
});

const databaseName = (): string => new URL(database.url).pathname.slice(1);

async function asAdministrator(sql: string): Promise<void> {
  const administrator = new Client({ connectionString: testDatabaseUrl() });
  await administrator.connect();
  await administrator.query(sql);
  await administrator.end();
}

describe('a search in a large request log', () => {
  it('ends in its time with what it has found, and says where to go on', async () => {
    await client.query(`
      INSERT INTO log_entry SELECT n, 1, n, 1, 200, 0, 0, 0, 0, 'GET', '', '', NULL, '/', NULL, '[]', '{}', '{}', NULL,
        repeat(md5(n::text), 600) FROM generate_series(1, 20000) AS n`);
    const log = await open();
    const { entries, next } = await log.page({ search: 'nowhere to be found', limit: 10 });
    expect(entries).toEqual([]);
    expect(next === null || (next > 1 && next < 20_000)).toBe(true);
    let [rest, pages] = [next, 1];
    for (; rest !== null && pages < 50; pages++) {
      const page = await log.page({ search: 'nowhere to be found', limit: 10, before: rest });
      rest = page.next;
    }
    expect(rest).toBeNull();
  });
});

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RequestLog } from './contract.ts';
import { logEntry } from './log-entry.fixture.ts';
import { openRequestLog, type RequestLogOptions } from './request-log.ts';

const DAY = 86_400_000;
/** Other tests may have the processors. */
const PATIENCE = { timeout: 10_000 };
const retention = { maxAgeMs: 90 * DAY, maxRows: 100_000, maxBytes: 1024 ** 3 };

let directory = '';
let file = '';
const opened: RequestLog[] = [];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'request-log-'));
  file = join(directory, 'requests.db');
});

afterEach(async () => {
  for (const log of opened.splice(0)) await log.close();
  rmSync(directory, { recursive: true });
});

async function open(different: Partial<RequestLogOptions> = {}): Promise<RequestLog> {
  const log = await openRequestLog({ file }, { retention, bodyBytes: 1000, ...different });
  opened.push(log);
  return log;
}

describe('the file of the request log', () => {
  it('is one that only its owner can read', async () => {
    const log = await open();
    log.record(logEntry({ at: Date.now() }));
    await log.flush();
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('puts no secret on the disk', async () => {
    const log = await open();
    log.record(
      logEntry({
        at: Date.now(),
        url: '/scim/v2/Users?access_token=hunter2',
        requestHeaders: { authorization: 'Bearer hunter2' },
        requestBody: `{"password":"hunter2","title":"${'x'.repeat(5000)}","secret":"hunter2"}`,
        responseHeaders: { 'set-cookie': 'session=hunter2' },
        responseBody: '{"Operations":[{"value":"hunter2","path":"password"}]}',
        reason: 'Bearer hunter2hunter2',
      }),
    );
    await log.flush();
    const onDisk = readdirSync(directory).map((name) => readFileSync(join(directory, name)));
    expect(Buffer.concat(onDisk).includes('/scim/v2/Users?access_token=(removed)')).toBe(true);
    expect(Buffer.concat(onDisk).includes('hunter2')).toBe(false);
  });

  it('of an earlier version has its entries counted, and its minutes from then on', async () => {
    const HOUR = 3_600_000;
    const NOON = Math.floor(Date.now() / DAY) * DAY - DAY / 2;
    let log = await open();
    const record = (...entries: object[]) => {
      for (const entry of entries) log.record(logEntry(entry));
    };
    record({ at: NOON }, { at: NOON + 1, server: 7 }, { at: NOON + 2 });
    await log.close();
    opened.pop();
    const database = new DatabaseSync(file);
    database.exec('DROP TRIGGER entry_gone; DROP TABLE kept; DROP TABLE mention; DROP TABLE minute');
    database.close();
    log = await open();
    expect([await log.count(1), await log.count(7), await log.count(8)]).toEqual([2, 1, 0]);
    expect([await log.lastAt(1), await log.lastAt(8)]).toEqual([NOON + 2, null]);
    expect(await log.statisticsByTime({ since: 0, bucketMs: HOUR })).toEqual([]);
    record({ at: NOON + 3 });
    expect([await log.count(1), await log.clear(1), await log.count(1), await log.count(7)]).toEqual([3, 3, 0, 1]);
  });

  it('stays within a number of bytes', async () => {
    const maxBytes = 1024 * 1024;
    const log = await open({ retention: { ...retention, maxBytes }, bodyBytes: 10_000 });
    for (let round = 0; round < 20; round++) {
      for (let index = 0; index < 100; index++) log.record(logEntry({ at: Date.now(), requestBody: 'x'.repeat(5000) }));
      await log.flush();
    }
    await expect.poll(() => statSync(file).size, PATIENCE).toBeLessThan(1.5 * maxBytes);
    await expect.poll(() => log.count(1), PATIENCE).toBeLessThan(250);
    expect(await log.count(1)).toBeGreaterThan(0);
  });
});

describe('a request log that cannot write', () => {
  it('drops and counts while its directory is missing, and stores again when it is there', async () => {
    file = join(directory, 'missing', 'requests.db');
    const log = await open();
    log.record(logEntry({ at: Date.now() }));
    await log.flush();
    expect(log.statistics()).toEqual({ waiting: 0, dropped: 1, stored: 0 });
    mkdirSync(join(directory, 'missing'));
    await expect
      .poll(
        async () => {
          log.record(logEntry({ at: Date.now() }));
          await log.flush();
          return log.statistics().stored;
        },
        { ...PATIENCE, interval: 200 },
      )
      .toBeGreaterThan(0);
  });

  it('does not fail a search or a count that cannot be made silently', async () => {
    file = directory;
    const log = await open();
    log.record(logEntry());
    await expect(log.search({ limit: 1 })).rejects.toThrow('The request log');
    await expect(log.count(1)).rejects.toThrow('The request log');
    expect(log.statistics().dropped).toBe(1);
  });

  it('sets a file aside that is no database', async () => {
    writeFileSync(file, 'not a database'.repeat(1000));
    const log = await open();
    log.record(logEntry({ at: Date.now() }));
    expect(await log.count(1)).toBe(1);
    expect(readFileSync(`${file}.broken`, 'utf8')).toContain('not a database');
  });

  it('drops beyond its backlog while the disk hangs, and recovers', async () => {
    const log = await open({ backlog: { entries: 50, bytes: 1_000_000 } });
    const other = new DatabaseSync(file);
    other.exec('BEGIN IMMEDIATE');
    // If one of them waited for the disk, it would wait for good: the lock is let go below.
    for (let index = 0; index < 500; index++) log.record(logEntry({ at: Date.now() }));
    expect(log.statistics()).toEqual({ waiting: 50, dropped: 450, stored: 0 });
    await delay(100);
    other.exec('ROLLBACK');
    other.close();
    log.record(logEntry({ at: Date.now() }));
    await log.flush();
    log.record(logEntry({ at: Date.now() }));
    await log.flush();
    expect(log.statistics()).toMatchObject({ waiting: 0, stored: 51 });
  });

  it('drops what a lock outlasts', async () => {
    const log = await open();
    const other = new DatabaseSync(file);
    other.exec('BEGIN IMMEDIATE');
    log.record(logEntry({ at: Date.now() }));
    await log.flush();
    expect(log.statistics()).toEqual({ waiting: 0, dropped: 1, stored: 0 });
    other.exec('ROLLBACK');
    other.close();
    log.record(logEntry({ at: Date.now() }));
    await log.flush();
    expect(log.statistics()).toEqual({ waiting: 0, dropped: 1, stored: 1 });
  });
});

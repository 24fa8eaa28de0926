import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LogEntry, LogPlace, RequestLog } from './contract.ts';
import { logEntry } from './log-entry.fixture.ts';
import { temporaryLogPlace } from './log-place.fixture.ts';
import { openRequestLog } from './request-log.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** The beginning of an hour of today, so that retention leaves what follows alone. */
const NOON = Math.floor(Date.now() / DAY) * DAY - 12 * HOUR;

let place: LogPlace;
let discard: () => unknown;
let log: RequestLog;
beforeEach(async () => {
  ({ place, discard } = await temporaryLogPlace());
  log = await openRequestLog(place, {
    retention: { maxAgeMs: 90 * DAY, maxRows: 100_000, maxBytes: 1024 ** 3 },
    bodyBytes: 1000,
  });
});
afterEach(async () => {
  await log.close();
  await discard();
});

const record = (...entries: Partial<LogEntry>[]) => {
  for (const entry of entries) log.record(logEntry(entry));
};

describe('the statistics of the request log', () => {
  it('count requests and errors by time, with how long they took on average', async () => {
    record(
      { at: NOON, status: 200, durationMs: 2 },
      { at: NOON + 4 * MINUTE, status: 404, durationMs: 4 },
      { at: NOON + 5 * MINUTE, status: 503, durationMs: 30 },
    );
    const bucketMs = 5 * MINUTE;
    expect(await log.statisticsByTime({ server: 1, since: NOON, bucketMs })).toEqual([
      { at: NOON, total: 2, clientErrors: 1, serverErrors: 0, meanMs: 3 },
      { at: NOON + 5 * MINUTE, total: 1, clientErrors: 0, serverErrors: 1, meanMs: 30 },
    ]);
    expect(await log.statisticsByTime({ server: 1, since: NOON + 5 * MINUTE, bucketMs })).toHaveLength(1);
  });

  it('are of one identity server, or of all together', async () => {
    record({ at: NOON, server: 1 }, { at: NOON, server: 7 }, { at: NOON + MINUTE, server: null });
    const totals = async (server?: number) =>
      (await log.statisticsByTime({ server, since: NOON, bucketMs: HOUR })).map(({ total }) => total);
    expect([await totals(1), await totals(7), await totals(2), await totals()]).toEqual([[1], [1], [], [3]]);
  });

  it('count also what is not kept', async () => {
    log.tally({ server: 1, at: NOON, status: 200, durationMs: 2 });
    record({ at: NOON, status: 500, durationMs: 4 });
    log.tally({ server: 1, at: NOON + 1, status: 400, durationMs: 6 });
    expect(await log.statisticsByTime({ server: 1, since: NOON, bucketMs: HOUR })).toEqual([
      { at: NOON, total: 3, clientErrors: 1, serverErrors: 1, meanMs: 4 },
    ]);
    expect([await log.count(1), await log.lastAt(1)]).toEqual([1, NOON + 1]);
    expect(log.statistics()).toEqual({ waiting: 0, dropped: 0, stored: 1 });
  });

  it('are forgotten as entries are, when they are too old', async () => {
    record({ at: NOON - 91 * DAY });
    await log.close();
    log = await openRequestLog(place, {
      retention: { maxAgeMs: 90 * DAY, maxRows: 100_000, maxBytes: 1024 ** 3 },
      bodyBytes: 1000,
    });
    record({ at: NOON });
    await expect
      .poll(() => log.statisticsByTime({ since: 0, bucketMs: HOUR }).then((all) => all.map(({ at }) => at)))
      .toEqual([NOON]);
  });

  it('outlive the entries that they counted', async () => {
    record({ at: NOON }, { at: NOON + 1 });
    expect(await log.clear(1)).toBe(2);
    const [bucket] = await log.statisticsByTime({ server: 1, since: NOON, bucketMs: HOUR });
    expect(bucket).toMatchObject({ at: NOON, total: 2 });
  });
});

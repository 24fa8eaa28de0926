import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LogPlace, RequestLog } from './contract.ts';
import { logEntry } from './log-entry.fixture.ts';
import { temporaryLogPlace } from './log-place.fixture.ts';
import { openRequestLog, type RequestLogOptions } from './request-log.ts';

const DAY = 86_400_000;
/** Other tests may have the processors. */
const PATIENCE = { timeout: 10_000 };
const retention = { maxAgeMs: 90 * DAY, maxRows: 100_000, maxBytes: 1024 ** 3 };

let place: LogPlace;
let discard: () => unknown;
const opened: RequestLog[] = [];

beforeEach(async () => {
  ({ place, discard } = await temporaryLogPlace());
});

afterEach(async () => {
  for (const log of opened.splice(0)) await log.close();
  await discard();
});

async function open(different: Partial<RequestLogOptions> = {}): Promise<RequestLog> {
  const log = await openRequestLog(place, { retention, bodyBytes: 1000, ...different });
  opened.push(log);
  return log;
}

describe('the request log', () => {
  it('gives back what was recorded, numbered', async () => {
    const log = await open();
    const entry = logEntry({
      at: Date.now(),
      reason: 'expired',
      notes: [{ quirk: 'boolean-as-string', detail: 'active' }],
      membersSkipped: 2,
    });
    log.record(entry);
    const whole = { requestBodyCut: 0, responseBodyCut: 0, requestBodyBytes: 19, responseBodyBytes: 28 };
    expect(await log.search({ limit: 10 })).toEqual([{ ...entry, n: 1, ...whole }]);
    const slim = { ...entry, n: 1, ...whole, requestBody: null, responseBody: null };
    expect(await log.search({ limit: 10, bodies: false })).toEqual([slim]);
    expect(await log.search({ limit: 10, bodies: false, search: 'mira' })).toEqual([slim]);
    expect([await log.entry(1, 1), await log.entry(2, 1), await log.entry(1, 2)]).toEqual([
      { ...entry, n: 1, ...whole },
      undefined,
      undefined,
    ]);
  });

  it('keeps entries over a restart', async () => {
    const log = await open();
    log.record(logEntry({ at: Date.now() }));
    await log.close();
    opened.pop();
    expect(await (await open()).count(1)).toBe(1);
  });

  it('cuts long bodies after redaction and says how much', async () => {
    const log = await open({ bodyBytes: 20 });
    const long = `{"a":"${'ü'.repeat(600_000)}"}`;
    log.record(logEntry({ at: Date.now(), requestBody: long, responseBody: '{"password":"abcdefghijklmnop"}' }));
    const [entry] = await log.search({ limit: 1 });
    expect(entry?.requestBody).toBe('{"a":"üüüüüüü');
    expect(entry?.requestBodyCut).toBe(Buffer.byteLength(long) - 20);
    expect(entry?.responseBody).toBe('{"password":"(remove');
    expect(entry?.responseBodyCut).toBe(4);
  });

  it('keeps texts that are no proper ones as nearly as its database can', async () => {
    const log = await open();
    log.record(
      logEntry({ at: Date.now(), requestBody: '{"a":"\0"}', responseBody: '{"a":"\ud800"}', reason: 'Zoë 🎉 \\ "%_' }),
    );
    expect(await log.search({ limit: 1 })).toMatchObject([{ responseBody: '{"a":"\ufffd"}', reason: 'Zoë 🎉 \\ "%_' }]);
    expect(await log.search({ limit: 1, search: 'zOë 🎉 \\ "%_' })).toHaveLength(1);
    expect(await log.search({ limit: 1, search: 'zoë 🎉 \\ "%x' })).toHaveLength(0);
  });

  it('counts a body of which only the beginning was handed over as a whole', async () => {
    const log = await open({ bodyBytes: 0 });
    const huge = `"${'ü'.repeat(1024 * 1024)}"`;
    log.record(logEntry({ at: Date.now(), requestBody: huge, responseBody: null }));
    const [entry] = await log.search({ limit: 1 });
    expect(entry).toMatchObject({ requestBody: '', requestBodyCut: Buffer.byteLength(huge) });
    expect(entry).toMatchObject({ responseBody: null, responseBodyCut: 0 });
  });

  it('takes 10,000 entries at once and stores each', async () => {
    const log = await open();
    for (let index = 0; index < 10_000; index++) log.record(logEntry({ at: Date.now(), status: 200 + (index % 5) }));
    expect(log.statistics().waiting).toBe(10_000);
    await log.flush();
    expect(log.statistics()).toEqual({ waiting: 0, dropped: 0, stored: 10_000 });
    expect(await log.count(1)).toBe(10_000);
  });

  it('stores entries by itself after a moment', async () => {
    const log = await open();
    log.record(logEntry({ at: Date.now() }));
    await expect.poll(() => log.statistics().stored, PATIENCE).toBe(1);
  });

  it('says where a page ended and whether there is more', async () => {
    const log = await open();
    for (let index = 0; index < 6; index++) log.record(logEntry({ at: Date.now(), status: 200 + (index % 2) }));
    const page = async (query: object) => {
      const { entries, next } = await log.page({ status: '200', limit: 2, ...query });
      return [entries.map(({ n }) => n), next];
    };
    expect(await page({})).toEqual([[5, 3], 3]);
    expect(await page({ before: 3 })).toEqual([[1], null]);
    expect(await page({ after: 0 })).toEqual([[1, 3], 3]);
    expect(await page({ after: 3 })).toEqual([[5], null]);
  });

  it('clears one identity server’s entries', async () => {
    const log = await open();
    for (let index = 0; index < 1200; index++) log.record(logEntry({ at: Date.now(), server: 1 + (index % 2) }));
    expect(await log.clear(1)).toBe(600);
    expect(await log.count(1)).toBe(0);
    expect(await log.count(2)).toBe(600);
  });
});

describe('a search in the request log', () => {
  const now = 1_800_000_000_000;

  async function filled(): Promise<RequestLog> {
    const log = await open({ retention: { ...retention, maxAgeMs: Number.MAX_SAFE_INTEGER } });
    for (let index = 0; index < 2500; index++) {
      log.record(
        logEntry({
          at: now + index * 1000,
          server: index % 10 === 0 ? 2 : 1,
          method: index % 2 === 0 ? 'GET' : 'POST',
          status: [200, 201, 404, 409, 500][index % 5] ?? 200,
          url: `/scim/entra/v2/Users/${index}?Filter=x`,
          requestBody: index === 1234 ? '{"userName":"Zoë"}' : null,
          responseBody: null,
        }),
      );
    }
    return log;
  }

  it('gives the newest first, page after page, or those after an entry, oldest first', async () => {
    const log = await filled();
    const numbers = async (query: Parameters<RequestLog['search']>[0]) => (await log.search(query)).map(({ n }) => n);
    expect(await numbers({ limit: 3 })).toEqual([2500, 2499, 2498]);
    expect(await numbers({ limit: 3, before: 2498 })).toEqual([2497, 2496, 2495]);
    expect(await numbers({ limit: 3, before: 2 })).toEqual([1]);
    expect(await numbers({ limit: 3, before: 1 })).toEqual([]);
    expect(await numbers({ limit: 3, after: 0 })).toEqual([1, 2, 3]);
    expect(await numbers({ limit: 3, after: 2498 })).toEqual([2499, 2500]);
    expect(await numbers({ limit: 3, after: 2500 })).toEqual([]);
    expect(await numbers({ limit: 5000 })).toHaveLength(2500);
  });

  it('selects by identity server, time, method, status, path and text', async () => {
    const log = await filled();
    const count = async (query: object) => (await log.search({ limit: 5000, ...query })).length;
    expect(await count({ server: 2 })).toBe(250);
    expect(await count({ server: 3 })).toBe(0);
    expect(await count({ since: now + 2_490_000 })).toBe(10);
    expect(await count({ until: now + 9000 })).toBe(10);
    expect(await count({ since: now + 1000, until: now + 4000 })).toBe(4);
    expect(await count({ since: now + 9_999_000 })).toBe(0);
    expect(await count({ method: 'get' })).toBe(1250);
    expect(await count({ status: '404' })).toBe(500);
    expect(await count({ status: '4xx' })).toBe(1000);
    expect(await count({ status: '4XX', method: 'POST', server: 1 })).toBe(500);
    expect(await count({ status: 'failed' })).toBe(0);
    expect(await count({ path: 'USERS/123' })).toBe(11);
    expect(await count({ path: '?filter' })).toBe(2500);
    expect(await count({ search: 'zOË' })).toBe(1);
    expect(await count({ search: 'users/1234?', server: 1 })).toBe(1);
    expect(await count({ search: 'nowhere' })).toBe(0);
  });
});

describe('retention of the request log', () => {
  it('removes the oldest entries beyond a number of rows', async () => {
    const log = await open({ retention: { ...retention, maxRows: 1000 } });
    for (let index = 0; index < 5000; index++) log.record(logEntry({ at: Date.now() }));
    await log.flush();
    await expect.poll(() => log.count(1), PATIENCE).toBe(1000);
    expect((await log.search({ limit: 1, after: 0 }))[0]?.n).toBe(4001);
  });

  it('removes entries beyond an age', async () => {
    const log = await open({ retention: { ...retention, maxAgeMs: DAY } });
    for (let index = 0; index < 700; index++) log.record(logEntry({ at: Date.now() - 2 * DAY }));
    log.record(logEntry({ at: Date.now() }));
    await expect.poll(() => log.count(1), PATIENCE).toBe(1);
  });

  it('keeps the entries within a number of bytes', async () => {
    const maxBytes = 1024 * 1024;
    const log = await open({ retention: { ...retention, maxBytes }, bodyBytes: 10_000 });
    for (let index = 0; index < 2000; index++) log.record(logEntry({ at: Date.now(), requestBody: 'x'.repeat(5000) }));
    await log.flush();
    await expect.poll(() => log.count(1), PATIENCE).toBeLessThan(250);
    expect(await log.count(1)).toBeGreaterThan(0);
  });
});

describe('the backlog of the request log', () => {
  it('is bounded by rows', async () => {
    const log = await open({ backlog: { entries: 50, bytes: 1_000_000 } });
    for (let index = 0; index < 500; index++) log.record(logEntry({ at: Date.now() }));
    expect(log.statistics()).toEqual({ waiting: 50, dropped: 450, stored: 0 });
    await log.flush();
    expect(log.statistics()).toEqual({ waiting: 0, dropped: 450, stored: 50 });
  });

  it('is bounded by bytes, too', async () => {
    const log = await open({ backlog: { entries: 1000, bytes: 20_000 } });
    for (let index = 0; index < 10; index++) log.record(logEntry({ at: Date.now(), requestBody: 'x'.repeat(9000) }));
    expect(log.statistics()).toMatchObject({ waiting: 1, dropped: 9 });
  });
});

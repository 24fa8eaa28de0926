import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requestStatisticsSchema } from '../contract/statistics.ts';
import { openTestRollcall, type TestRollcall } from './rollcall.fixture.ts';
import { bucketLength, everyBucket } from './statistics.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOON = Date.parse('2026-11-29T12:00:00Z');

describe('the buckets of a time span', () => {
  it.each([
    [1, 1],
    [2, 1],
    [6, 5],
    [24, 10],
    [48, 30],
    [7 * 24, 180],
    [31 * 24, 360],
  ])('of %i hours are %i minutes long', (hours, minutes) => {
    expect(bucketLength(hours * HOUR)).toBe(minutes * MINUTE);
  });

  it('are all there, those without requests too', () => {
    const found = [{ at: NOON + MINUTE, total: 4, clientErrors: 1, serverErrors: 2, meanMs: 2.5 }];
    expect(everyBucket(found, NOON, NOON + 2 * MINUTE + 1, MINUTE)).toEqual([
      { at: '2026-11-29T12:00:00.000Z', total: 0, clientErrors: 0, serverErrors: 0, meanMs: null },
      { at: '2026-11-29T12:01:00.000Z', total: 4, clientErrors: 1, serverErrors: 2, meanMs: 2.5 },
      { at: '2026-11-29T12:02:00.000Z', total: 0, clientErrors: 0, serverErrors: 0, meanMs: null },
    ]);
  });
});

describe('GET /api/statistics/requests', () => {
  let rollcall: TestRollcall;
  beforeAll(async () => {
    rollcall = await openTestRollcall();
    for (const name of ['one', 'two']) await rollcall.send('POST', '/identity-servers', { name });
    for (const [slug, path] of [
      ['one', 'ServiceProviderConfig'],
      ['one', 'Users'],
      ['two', 'Users'],
    ]) {
      await fetch(`${rollcall.url}/scim/${slug}/v2/${path}`);
    }
  });
  afterAll(() => rollcall.close());

  const sums = async (query: string) => {
    const { bucketSeconds, buckets } = await rollcall.ask(
      requestStatisticsSchema,
      'GET',
      `/statistics/requests${query}`,
    );
    const total = (of: 'total' | 'clientErrors') => buckets.reduce((sum, bucket) => sum + bucket[of], 0);
    return { bucketSeconds, count: buckets.length, total: total('total'), clientErrors: total('clientErrors') };
  };

  it('counts all requests of the last day', async () => {
    const { count, ...rest } = await sums('');
    expect(rest).toEqual({ bucketSeconds: 600, total: 3, clientErrors: 2 });
    expect(count).toBe(145);
  });

  it('counts those of one identity server, in a span that is named', async () => {
    expect(await sums('?hours=1&identityServer=one')).toMatchObject({ bucketSeconds: 60, total: 2, clientErrors: 1 });
  });

  it('refuses a span that is none, and an identity server that is not there', async () => {
    expect((await rollcall.send('GET', '/statistics/requests?hours=0')).status).toBe(400);
    expect((await rollcall.send('GET', '/statistics/requests?hours=100000')).status).toBe(400);
    expect((await rollcall.send('GET', '/statistics/requests?identityServer=nobody')).status).toBe(404);
  });
});

import type { Json } from '@rollcall/scim';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { expectError } from '../http/expect-error.fixture.ts';
import { type RunningServer, runServer, SEARCH, type TestClient } from '../http/running-server.fixture.ts';
import { listAt, textAt, valueAt } from '../http/value-at.fixture.ts';

const TIMEOUT = 60;
const clock = vi.spyOn(Date, 'now');

let server: RunningServer;
let scim: TestClient;
beforeAll(async () => {
  server = await runServer({ cursorTimeout: TIMEOUT });
  scim = await server.identityServer();
  for (let n = 0; n < 7; n++) await scim.user({ userName: `walk-${n}`, title: n % 2 === 0 ? 'even' : 'odd' });
});
afterAll(() => server.stop());

const list = (query: Record<string, string>, client = scim) =>
  client.send('GET', `/Users?${new URLSearchParams(query)}`);
const names = (body: Json | undefined) => listAt(body, 'Resources').map((user) => textAt(user, 'userName'));
const firstCursor = async (query: Record<string, string>) =>
  textAt((await list({ count: '2', ...query, cursor: '' })).body, 'nextCursor');

/** Follows nextCursor to the end. */
async function walk(query: Record<string, string>): Promise<string[][]> {
  const pages: string[][] = [];
  for (let cursor: Json | undefined = ''; cursor !== undefined; ) {
    const { body }: { body: Json | undefined } = await list({ ...query, cursor: String(cursor) });
    pages.push(names(body));
    cursor = valueAt(body, 'nextCursor');
  }
  return pages;
}

describe('a walk with cursors', () => {
  it('sees every resource once, and ends without nextCursor (RFC 9865 §2)', async () => {
    expect(await walk({ count: '3' })).toEqual([
      ['walk-0', 'walk-1', 'walk-2'],
      ['walk-3', 'walk-4', 'walk-5'],
      ['walk-6'],
    ]);
    expect(await walk({ count: '2', filter: 'title eq "even"' })).toEqual([
      ['walk-0', 'walk-2'],
      ['walk-4', 'walk-6'],
    ]);
    const sorted = await walk({ count: '4', sortBy: 'userName', sortOrder: 'descending' });
    expect(sorted.flat()).toEqual([6, 5, 4, 3, 2, 1, 0].map((n) => `walk-${n}`));
  });

  it('has totalResults and itemsPerPage, no startIndex, and cursors that need no encoding (RFC 9865 §2)', async () => {
    const { body } = await list({ cursor: '', count: '2' });
    expect(body).toMatchObject({ totalResults: 7, itemsPerPage: 2, nextCursor: expect.stringMatching(/^[\w.~-]+$/) });
    expect(valueAt(body, 'startIndex')).toBeUndefined();
  });

  it('goes on in POST /.search as in GET, for it is the same query (RFC 9865 §4)', async () => {
    const cursor = await firstCursor({ filter: 'title eq "odd"' });
    const answer = await scim.send('POST', '/Users/.search', {
      schemas: [SEARCH],
      filter: 'title eq "odd"',
      cursor,
      count: 2,
    });
    expect(names(answer.body)).toEqual(['walk-5']);
  });

  it('may leave count away after the first page, and may write the filter another way', async () => {
    const cursor = await firstCursor({ filter: 'title eq "even"' });
    expect((await list({ cursor, filter: 'title eq "even"' })).status).toBe(200);
    expect((await list({ cursor, filter: 'title  EQ  "even"', count: '2' })).status).toBe(200);
  });

  it('misses nobody and repeats nobody while others come and go', async () => {
    const own = await server.identityServer();
    const ids: string[] = [];
    for (let n = 0; n < 6; n++) ids.push(await own.user({ userName: `stay-${n}` }));
    const first = await list({ cursor: '', count: '2' }, own);
    await own.send('DELETE', `/Users/${ids[0]}`);
    await own.send('DELETE', `/Users/${ids[1]}`);
    await own.user({ userName: 'came' });
    const rest = await list({ cursor: textAt(first.body, 'nextCursor'), count: '2' }, own);
    expect(names(rest.body)).toEqual(['stay-2', 'stay-3']);
    const last = await list({ cursor: textAt(rest.body, 'nextCursor'), count: '2' }, own);
    expect(names(last.body)).toEqual(['stay-4', 'stay-5']);
  });
});

describe('a cursor', () => {
  it('that was changed is 400 invalidCursor (RFC 9865 §2.1)', async () => {
    const cursor = await firstCursor({});
    const [payload = '', signature = ''] = cursor.split('.');
    const contents = Buffer.from(payload, 'base64url').toString();
    const further = Buffer.from(contents.replace(/\d+\]$/, '1]')).toString('base64url');
    for (const changed of [
      `${further}.${signature}`,
      `${payload}.${signature.replace(/^./, (letter) => (letter === 'A' ? 'B' : 'A'))}`,
      `${payload}.`,
      payload,
      signature,
      'nonsense',
      '.',
      'é.ü',
      `${cursor}x`,
      `${cursor}.x`,
    ]) {
      expectError(await list({ cursor: changed }), 400, 'invalidCursor');
    }
  });

  it('of another query, another sort or another endpoint is 400 invalidCursor', async () => {
    const filtered = await firstCursor({ filter: 'title eq "even"' });
    expectError(await list({ cursor: filtered }), 400, 'invalidCursor');
    expectError(await list({ cursor: filtered, filter: 'title eq "odd"' }), 400, 'invalidCursor');
    const sorted = await firstCursor({ sortBy: 'userName' });
    expectError(await list({ cursor: sorted, sortBy: 'userName', sortOrder: 'descending' }), 400, 'invalidCursor');
    expectError(await list({ cursor: sorted, sortBy: 'title' }), 400, 'invalidCursor');
    const plain = await firstCursor({});
    expectError(await scim.send('GET', `/Groups?cursor=${plain}`), 400, 'invalidCursor');
    expectError(await scim.send('GET', `?cursor=${plain}`), 400, 'invalidCursor');
  });

  it('of another identity server is 400 invalidCursor', async () => {
    const other = await server.identityServer();
    expectError(await list({ cursor: await firstCursor({}) }, other), 400, 'invalidCursor');
  });

  it('with another count is 400 invalidCount (RFC 9865 §2.1)', async () => {
    const cursor = await firstCursor({});
    expect(expectError(await list({ cursor, count: '3' }), 400, 'invalidCount')).toContain('2');
    expect((await list({ cursor, count: '2' })).status).toBe(200);
  });

  it('with startIndex is 400: one or the other (RFC 9865 §2)', async () => {
    expectError(await list({ cursor: '', startIndex: '1' }), 400, 'invalidValue');
  });

  it('is good for cursorTimeout seconds, which discovery tells, then 400 expiredCursor (RFC 9865 §2.1, §4)', async () => {
    const config = await scim.send('GET', '/ServiceProviderConfig');
    expect(valueAt(config.body, 'pagination')).toMatchObject({ cursor: true, index: true, cursorTimeout: TIMEOUT });
    const cursor = await firstCursor({});
    const now = Date.now();
    try {
      clock.mockReturnValue(now + (TIMEOUT - 1) * 1000);
      expect((await list({ cursor })).status).toBe(200);
      clock.mockReturnValue(now + (TIMEOUT + 1) * 1000);
      expectError(await list({ cursor }), 400, 'expiredCursor');
    } finally {
      clock.mockRestore();
    }
  });
});

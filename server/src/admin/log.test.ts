import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { identityServerSchema } from '../contract/identity-server.ts';
import { curlSchema, logClearedSchema, logCountSchema, logEntrySchema, logSchema } from '../contract/log.ts';
import { problemSchema } from '../contract/problem.ts';
import { identityServerStatisticsSchema } from '../contract/statistics.ts';
import { openTestRollcall, type TestRollcall } from './rollcall.fixture.ts';

let rollcall: TestRollcall;
beforeAll(async () => {
  rollcall = await openTestRollcall();
});
afterAll(() => rollcall.close());

async function serverWithRequests(name: string, requests: number): Promise<string> {
  const { slug } = await rollcall.ask(identityServerSchema, 'POST', '/identity-servers', { name, security: 'none' });
  for (let n = 1; n <= requests; n++) {
    const path = n % 2 === 0 ? '/Users?count=1' : `/Users/missing-${n}`;
    await fetch(`${rollcall.url}/scim/${slug}/v2${path}`, { headers: { authorization: 'Bearer very-secret' } });
  }
  const log = `/identity-servers/${slug}/log`;
  await expect.poll(async () => (await entries(log)).length).toBe(requests);
  return log;
}

const entries = async (path: string) => (await rollcall.ask(logSchema, 'GET', path)).entries;

describe('the request log', () => {
  it('lists requests newest first, without their secrets', async () => {
    const log = await serverWithRequests('List', 4);
    const found = await entries(log);
    expect(found.map((entry) => [entry.method, entry.status])).toEqual([
      ['GET', 200],
      ['GET', 404],
      ['GET', 200],
      ['GET', 404],
    ]);
    expect(found[1]?.url).toBe('/scim/list/v2/Users/missing-3');
    expect(JSON.stringify(found)).not.toContain('very-secret');
  });

  it('finds by status, path, text, method and time, and pages', async () => {
    const log = await serverWithRequests('Search', 6);
    const [newest] = await entries(`${log}?limit=1`);
    expect(await entries(`${log}?status=4xx`)).toHaveLength(3);
    expect(await entries(`${log}?status=404&path=missing-5`)).toHaveLength(1);
    expect(await entries(`${log}?search=MISSING-5`)).toHaveLength(1);
    expect(await entries(`${log}?method=post`)).toHaveLength(0);
    expect(await entries(`${log}?since=1h`)).toHaveLength(6);
    expect(await entries(`${log}?until=1h`)).toHaveLength(0);
    expect(await entries(`${log}?before=${newest?.n}`)).toHaveLength(5);
    expect(await entries(`${log}?after=${(newest?.n ?? 0) - 2}`)).toHaveLength(2);
  });

  it.each(['status=4zz', 'since=yesterday', 'limit=0', 'limit=2000', 'method=G%20T', 'colour=red'])(
    'refuses %s',
    async (query) => {
      await rollcall.send('POST', '/identity-servers', { name: 'Refuse', slug: 'refuse' });
      expect((await rollcall.send('GET', `/identity-servers/refuse/log?${query}`)).status).toBe(400);
    },
  );

  it('is exported whole as JSON lines, oldest first', async () => {
    const log = await serverWithRequests('Export', 5);
    const { headers, text } = await rollcall.send('GET', `${log}/export?status=2xx`);
    expect(headers['content-type']).toBe('application/x-ndjson');
    const lines = text
      .trimEnd()
      .split('\n')
      .map((line) => logEntrySchema.parse(JSON.parse(line)));
    expect(lines.map((line) => line.status)).toEqual([200, 200]);
    expect(lines[0]?.n).toBeLessThan(lines[1]?.n ?? 0);
  });

  it('is cleared for one identity server alone', async () => {
    const log = await serverWithRequests('Clear', 2);
    const other = await serverWithRequests('Keep', 2);
    expect(await rollcall.ask(logClearedSchema, 'DELETE', log)).toEqual({ cleared: 2 });
    expect([(await entries(log)).length, (await entries(other)).length]).toEqual([0, 2]);
  });

  it('lists entries without bodies, and how long those are', async () => {
    const log = await serverWithRequests('Slim', 1);
    const [whole] = await entries(log);
    const bytes = Buffer.byteLength(whole?.responseBody ?? '');
    expect(whole).toMatchObject({ hasRequestBody: false, requestBodyBytes: 0, hasResponseBody: true });
    expect(whole?.responseBodyBytes).toBe(bytes);
    expect(await entries(`${log}?bodies=false`)).toEqual([{ ...whole, requestBody: null, responseBody: null }]);
    expect((await rollcall.send('GET', `${log}/export?bodies=false`)).status).toBe(400);
  });

  it('shows one entry by its number, and to its own identity server alone', async () => {
    const log = await serverWithRequests('One', 2);
    const other = await serverWithRequests('Another', 1);
    const [newest] = await entries(log);
    expect(await rollcall.ask(logEntrySchema, 'GET', `${log}/${newest?.n}`)).toEqual(newest);
    for (const path of [
      `${other}/${newest?.n}`,
      `${log}/0`,
      `${log}/x`,
      `${log}/1e400`,
      `${other}/${newest?.n}/curl`,
    ]) {
      expect((await rollcall.send('GET', path)).status).toBe(404);
    }
    const { text } = await rollcall.send('GET', `${other}/${newest?.n}`);
    expect(problemSchema.parse(JSON.parse(text)).detail).toContain(`no request ${newest?.n} in the log of another`);
  });

  it('is counted, and so is what came in', async () => {
    const log = await serverWithRequests('Count', 3);
    const statistics = () => rollcall.ask(identityServerStatisticsSchema, 'GET', log.replace(/log$/, 'statistics'));
    expect(await rollcall.ask(logCountSchema, 'GET', `${log}/count`)).toEqual({ count: 3 });
    const [newest] = await entries(log);
    const counted = { users: 0, groups: 0, others: 0, requests24h: 3, errors24h: 2, lastRequestAt: newest?.date };
    expect(await statistics()).toEqual({ ...counted, logEntries: 3 });
    await rollcall.send('DELETE', log);
    const user = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: 'ann' };
    await rollcall.send('POST', log.replace(/log$/, 'resources/User'), user);
    expect(await statistics()).toEqual({ ...counted, users: 1, logEntries: 0 });
  });

  it('gives a request as a curl command without its credentials', async () => {
    const log = await serverWithRequests('Curl', 0);
    const body = JSON.stringify({ userName: "o'hara", password: 'never-shown' });
    await fetch(`${rollcall.url}/scim/curl/v2/Users?x=[1]`, {
      method: 'POST',
      headers: { authorization: 'Bearer very-secret', 'content-type': 'application/scim+json', 'user-agent': 'test' },
      body,
    });
    const [entry] = await entries(log);
    const { curl, warnings } = await rollcall.ask(curlSchema, 'GET', `${log}/${entry?.n}/curl`);
    const lines = curl.split(' \\\n  ');
    expect(lines[0]).toBe(`curl --globoff '${rollcall.url}/scim/curl/v2/Users?x=[1]'`);
    expect(lines).toContain('--header "Authorization: Bearer $TOKEN"');
    expect(lines).toContain("--header 'content-type: application/scim+json'");
    expect(lines.at(-1)).toBe(`--data-raw '{"userName":"o'\\''hara","password":"(removed)"}'`);
    expect(curl).not.toMatch(/very-secret|never-shown|host:|content-length/i);
    expect(warnings).toEqual(['Secrets were not kept: put yours where it says (removed).']);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabaseUrl } from '../store/postgres/database.fixture.ts';
import { type RunningServer, runServer, type TestClient } from './running-server.fixture.ts';
import { type Answer, send } from './send.fixture.ts';
import { textAt } from './value-at.fixture.ts';

let server: RunningServer;
let scim: TestClient;
let metricsOrigin: string;
beforeAll(async () => {
  server = await runServer({ metricsListen: '127.0.0.1:0' });
  scim = await server.identityServer();
  metricsOrigin = (server.metricsUrl ?? '').replace(/\/metrics$/, '');
});
afterAll(() => server.stop());

const scrape = (): Promise<Answer> => send(metricsOrigin, '/metrics');

/** The value of the first line that begins so. */
async function metric(start: string): Promise<number> {
  const line = (await scrape()).text.split('\n').find((candidate) => candidate.startsWith(start));
  return Number(line?.split(' ').at(-1));
}

describe('/metrics on its own listener', () => {
  it('needs no credentials, and serves nothing else', async () => {
    expect(server.metricsUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/metrics$/);
    expect(metricsOrigin).not.toBe(server.origin);
    const { status, headers } = await scrape();
    expect([status, headers['content-type']]).toEqual([200, expect.stringContaining('text/plain')]);
    for (const path of ['/healthz', '/api/identity-servers', `${scim.base}/Users`]) {
      expect((await send(metricsOrigin, path)).status).toBe(404);
    }
  });

  it('counts requests by operation and status', async () => {
    const count = (operation: string, status: number) =>
      metric(`rollcall_request_duration_seconds_count{operation="${operation}",status="${status}"}`);
    const id = await scim.user();
    await scim.send('GET', `/Users/${id}`);
    await scim.send('GET', `/Users/${id}`);
    await scim.send('HEAD', `/Users/${id}`);
    await scim.send('GET', '/Users/none');
    await scim.as(undefined).send('GET', '/Users');
    await scim.send('DELETE', '/Users');
    expect(await count('create', 201)).toBe(1);
    expect(await count('retrieve', 200)).toBe(3);
    expect(await count('retrieve', 404)).toBe(1);
    expect(await count('none', 401)).toBe(1);
    expect(await count('none', 405)).toBe(1);
  });

  it('has no more label values for whatever a client makes up', async () => {
    // Node's own series (open handles by type) come and go.
    const series = async () => (await scrape()).text.match(/^rollcall_/gm)?.length;
    await scim.send('GET', '/Made-up-0');
    const before = await series();
    for (let n = 1; n <= 5; n++) {
      await scim.send('GET', `/Made-up-${n}`);
      await send(server.origin, `/scim/made-up-${n}/v2/Users`);
    }
    expect(await series()).toBe(before);
  });

  it('shows the queues of store and log, dropped rows and commits', async () => {
    for (const name of [
      'store_waiting_writes',
      'store_waiting_searches',
      'log_waiting_rows',
      'log_dropped_rows_total',
    ]) {
      expect([name, await metric(`rollcall_${name} `)]).toEqual([name, expect.toSatisfy((n: number) => n >= 0)]);
    }
    expect(await metric('rollcall_log_dropped_rows_total ')).toBe(0);
    // PostgreSQL's own log is not in this process.
    if (testDatabaseUrl() === undefined) expect(await metric('rollcall_store_wal_bytes ')).toBeGreaterThan(0);
    const before = await metric('rollcall_store_commits_total ');
    await scim.user();
    expect(await metric('rollcall_store_commits_total ')).toBeGreaterThan(before);
    expect(await metric('process_cpu_seconds_total ')).toBeGreaterThan(0);
  });
});

describe('/metrics on the main listener', () => {
  it('needs an API token, for which reading is enough', async () => {
    const anonymous = await send(server.origin, '/metrics');
    expect([anonymous.status, anonymous.headers['www-authenticate']]).toEqual([401, expect.stringContaining('Bearer')]);
    expect(textAt(anonymous.body, 'detail')).toContain('rollcall api-token add');
    expect(anonymous.text).not.toContain('rollcall_request');

    const issued = await server.admin('POST', '/api-tokens', { name: 'Prometheus', access: 'read' });
    const ask = (token: string) => send(server.origin, '/metrics', { headers: { authorization: `Bearer ${token}` } });
    const answer = await ask(textAt(issued, 'token'));
    expect([answer.status, answer.headers['content-type']]).toEqual([200, expect.stringContaining('text/plain')]);
    expect(answer.text).toContain('rollcall_request_duration_seconds_bucket');
    expect((await ask(scim.token)).status).toBe(401);
    await server.admin('POST', `/api-tokens/${textAt(issued, 'id')}/revoke`);
    expect((await ask(textAt(issued, 'token'))).status).toBe(401);
  });
});

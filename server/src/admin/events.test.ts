import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { issuedApiTokenSchema } from '../contract/api-token.ts';
import { problemSchema } from '../contract/problem.ts';
import { openTestApplications, type TestApplications } from './application.fixture.ts';

let rollcall: TestApplications;
let token: string;
beforeAll(async () => {
  rollcall = await openTestApplications();
  ({ token } = await rollcall.ask(issuedApiTokenSchema, 'POST', '/api-tokens', { name: 'Watch', access: 'read' }));
});
afterAll(() => rollcall.close());

interface Watch {
  readonly answer: Response;
  text(): string;
  close(): Promise<void>;
}

async function watch(): Promise<Watch> {
  const stop = new AbortController();
  const answer = await fetch(`${rollcall.url}/api/events`, {
    headers: { authorization: `Bearer ${token}` },
    signal: stop.signal,
  });
  let text = '';
  const reading = (async () => {
    const decoder = new TextDecoder();
    for await (const chunk of answer.body ?? []) text += decoder.decode(chunk);
  })().catch(() => undefined);
  return {
    answer,
    text: () => text,
    async close() {
      stop.abort();
      await reading;
    },
  };
}

const log = 'event: log\ndata: {"identityServer":"target"}\n\n';
const changes = 'event: changes\ndata: {"identityServer":"target"}\n\n';
const application = 'event: application\ndata: {"application":"crm"}\n\n';

describe('GET /api/events', () => {
  it('wants credentials like everything else', async () => {
    const answer = await fetch(`${rollcall.url}/api/events`);
    expect([answer.status, problemSchema.parse(await answer.json()).type]).toEqual([
      401,
      '/problems/not-authenticated',
    ]);
  });

  it('is a stream that nothing between may keep or hold up', async () => {
    const { answer, close } = await watch();
    expect(answer.headers.get('content-type')).toBe('text/event-stream');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('x-accel-buffering')).toBe('no');
    await close();
  });

  it('says where requests came in and resources changed, and nothing of what is in them', async () => {
    const watching = await watch();
    const created = await fetch(`${rollcall.connection.baseUrl}/Users`, {
      method: 'POST',
      headers: { authorization: `Bearer ${rollcall.connection.secret}`, 'content-type': 'application/scim+json' },
      body: JSON.stringify({ schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: 'hidden.person' }),
    });
    expect(created.status).toBe(201);
    await expect.poll(watching.text).toContain(log);
    await expect.poll(watching.text).toContain(changes);
    await expect.poll(watching.text).toContain('event: overview\ndata: {}\n\n');
    expect(watching.text()).not.toContain('hidden');
    await watching.close();
  });

  it('says that a cycle goes on, and that settings have changed', async () => {
    const { slug } = await rollcall.add({ connection: rollcall.connection, settings: { scope: 'all' } });
    const watching = await watch();
    await rollcall.send('PATCH', `/applications/${slug}`, { name: 'The CRM' });
    await expect.poll(watching.text).toContain(application);
    await rollcall.send('POST', `/applications/${slug}/start`);
    await expect.poll(() => watching.text().split(application).length, { timeout: 10_000 }).toBeGreaterThan(2);
    await watching.close();
    await rollcall.send('POST', `/applications/${slug}/stop`);
  });

  it('takes a hundred readers, and the next when one has gone', async () => {
    const open = await Promise.all(Array.from({ length: 100 }, watch));
    expect(open.map(({ answer }) => answer.status)).toEqual(open.map(() => 200));
    const refused = await watch();
    expect([refused.answer.status, refused.answer.headers.get('retry-after')]).toEqual([429, '60']);
    await open.pop()?.close();
    await expect
      .poll(async () => {
        const next = await watch();
        await next.close();
        return next.answer.status;
      })
      .toBe(200);
    await Promise.all(open.map(({ close }) => close()));
  });

  it('does not keep the server from stopping', async () => {
    const other = await openTestApplications();
    const issued = await other.ask(issuedApiTokenSchema, 'POST', '/api-tokens', { name: 'Watch', access: 'read' });
    const headers = { authorization: `Bearer ${issued.token}` };
    const answer = await fetch(`${other.url}/api/events`, { headers });
    const ended = answer.text();
    await other.close();
    expect(await ended).toContain('retry: 3000');
  });
});

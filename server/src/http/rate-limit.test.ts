import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectError } from './expect-error.fixture.ts';
import { type RunningServer, runServer, type TestClient } from './running-server.fixture.ts';
import { textAt } from './value-at.fixture.ts';

let server: RunningServer;
beforeAll(async () => {
  server = await runServer({ signInFailures: 5 });
});
afterAll(() => server.stop());

const RATE = 5;

/** Sends until it is refused: the answers before, and the refusal. */
async function exhaust(scim: TestClient) {
  const answers = [];
  for (let n = 0; n < 10 * RATE; n++) {
    const answer = await scim.send('GET', '/Users');
    if (answer.status === 429) return { answers, refusal: answer };
    answers.push(answer);
  }
  throw new Error('It was never refused');
}

describe('the rate of an identity server', () => {
  it('stands in RateLimit headers on every answer to who has signed in, also on errors', async () => {
    const scim = await server.identityServer({ rateLimit: 1000 });
    for (const answer of [
      await scim.send('GET', '/Users'),
      await scim.send('GET', '/Users/none'),
      await scim.send('HEAD', '/Users'),
      await scim.send('DELETE', `/Users/${await scim.user()}`),
    ]) {
      expect(answer.headers['ratelimit-limit']).toBe('1000');
      expect(Number(answer.headers['ratelimit-remaining'])).toBeGreaterThan(900);
      expect(Number(answer.headers['ratelimit-reset'])).toBeLessThanOrEqual(1);
      expect(answer.headers['retry-after']).toBeUndefined();
    }
  });

  it('is 429 with Retry-After when it is exceeded (RFC 6585 §4)', async () => {
    const scim = await server.identityServer({ rateLimit: RATE });
    const { answers, refusal } = await exhaust(scim);
    expect(answers.length).toBeGreaterThanOrEqual(RATE);
    expect(answers.map(({ headers }) => headers['ratelimit-limit'])).toEqual(answers.map(() => String(RATE)));
    expect(answers[0]?.headers['ratelimit-remaining']).toBe(String(RATE - 1));
    expect(expectError(refusal, 429)).toContain(String(RATE));
    expect(refusal.headers).toMatchObject({
      'retry-after': '1',
      'ratelimit-limit': String(RATE),
      'ratelimit-remaining': '0',
      'ratelimit-reset': '1',
    });
    expect((await scim.log())[0]).toMatchObject({ status: 429 });
  });

  it('is not used up by requests without credentials', async () => {
    const scim = await server.identityServer({ rateLimit: RATE });
    const stranger = scim.as(undefined);
    for (let n = 0; n < 2 * RATE; n++) {
      expect((await stranger.send('GET', '/Users')).status).toBe(401);
      expect((await stranger.send('GET', '/ServiceProviderConfig')).status).toBe(200);
    }
    const { status, headers } = await scim.send('GET', '/Users');
    expect([status, headers['ratelimit-remaining']]).toEqual([200, String(RATE - 1)]);
  });

  it('is each identity server’s own', async () => {
    const busy = await server.identityServer({ rateLimit: RATE });
    const calm = await server.identityServer({ rateLimit: RATE });
    await exhaust(busy);
    expect((await calm.send('GET', '/Users')).status).toBe(200);
  });

  it('changes while it runs, and 0 is none', async () => {
    const scim = await server.identityServer({ rateLimit: RATE });
    await exhaust(scim);
    await server.admin('PATCH', `/identity-servers/${scim.slug}`, { rateLimit: 0 });
    const { status, headers } = await scim.send('GET', '/Users');
    expect([status, headers['ratelimit-limit']]).toEqual([200, undefined]);
  });
});

describe('wrong credentials from one address', () => {
  it('are 429 with Retry-After beyond the limit, while right ones that are known still pass', async () => {
    const scim = await server.identityServer();
    const path = `/identity-servers/${scim.slug}/tokens`;
    const known = scim.as(`Bearer ${textAt(await server.admin('POST', path, { name: 'known' }), 'token')}`);
    expect((await known.send('GET', '/Users')).status).toBe(200);
    const answers = [];
    for (let n = 0; n < 8; n++) answers.push(await scim.as(`Bearer wrong-${n}`).send('GET', '/Users'));
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401, 429, 429, 429]);

    const refusal = answers.at(-1);
    if (refusal === undefined) throw new Error('No answer');
    expectError(refusal, 429);
    expect(Number(refusal.headers['retry-after'])).toBeGreaterThan(30);
    expect(refusal.headers['www-authenticate']).toBeUndefined();
    expect((await scim.log())[0]).toMatchObject({ status: 429, reason: 'too many failed sign-ins from this address' });
    expect((await known.send('GET', '/Users')).status).toBe(200);
    expectError(await scim.send('GET', '/Users'), 429);
  });
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../id.ts';
import type { ApiToken, Store } from '../store/contract.ts';
import { dropDatabaseOf, openTestStore } from '../store/test-store.fixture.ts';
import { authenticateApi, newApiToken } from './api-token.ts';
import { type Authentication, openAuthentication } from './authentication.ts';
import { AuthenticationFailed } from './authentication-failed.ts';
import { openKeys } from './keys.ts';
import { openRegistry, type Registry } from './registry.ts';

const now = Date.parse('2026-03-01T08:00:00Z');
let directory: string;
let store: Store;
let registry: Registry;
let context: Authentication;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'api-token-'));
  store = await openTestStore(directory);
  registry = await openRegistry(store.settings);
});
afterAll(async () => {
  await store.close();
  await dropDatabaseOf(directory);
  await rm(directory, { recursive: true, force: true });
});
beforeEach(async () => {
  context = openAuthentication({ registry, keys: await openKeys(join(directory, 'keys')), signInFailures: 5 });
  return () => context.close();
});

async function add(changes: Partial<ApiToken> = {}): Promise<string> {
  const { token, ...stored } = newApiToken();
  const record: ApiToken = {
    id: newId(),
    name: 'Prometheus',
    ...stored,
    access: 'read',
    created: now,
    expires: now + 1000,
    revoked: null,
    lastUsed: null,
    lastUsedFrom: null,
    ...changes,
  };
  await registry.change((settings) => settings.saveApiToken(record));
  return token;
}

const signIn = (authorization?: string, query?: string) =>
  authenticateApi(context, { authorization, address: '192.0.2.1', query, now });

function failure(body: () => unknown): AuthenticationFailed {
  try {
    body();
  } catch (error) {
    if (error instanceof AuthenticationFailed) return error;
  }
  throw new Error('It was let in');
}

describe('API tokens', () => {
  it('are random, marked, and stored as prefix and SHA-256 only', () => {
    const { token, prefix, sha256 } = newApiToken();
    expect(token).toMatch(/^rollcall_[\w-]{43}$/);
    expect(token.startsWith(prefix)).toBe(true);
    expect(prefix).toHaveLength(17);
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(newApiToken().token).not.toBe(token);
  });

  it('let in who holds one', async () => {
    const token = await add();
    expect(signIn(`Bearer ${token}`)).toMatchObject({ name: 'Prometheus', access: 'read' });
  });

  it('are refused when wrong, revoked or expired, in the same words', async () => {
    const token = await add();
    const revoked = await add({ revoked: now });
    const expired = await add({ expires: now });
    const cases: [string, RegExp][] = [
      [`Bearer ${token}x`, /unknown/],
      [`Bearer ${token.slice(0, -1)}`, /unknown/],
      [`Bearer ${revoked}`, /"Prometheus" was revoked/],
      [`Bearer ${expired}`, /"Prometheus" has expired/],
    ];
    for (const [authorization, reason] of cases) {
      const refused = failure(() => signIn(authorization));
      expect(refused.reason).toMatch(reason);
      expect(refused).toMatchObject({ status: 401, challenge: 'Bearer realm="rollcall", error="invalid_token"' });
    }
  });

  it('are asked for without an error code, and never taken from the URL', async () => {
    const token = await add();
    expect(failure(() => signIn())).toMatchObject({ status: 401, challenge: 'Bearer realm="rollcall"' });
    expect(failure(() => signIn(`Bearer ${token}`, `access_token=${token}`)).status).toBe(400);
  });

  it('make an address wait that sends too many wrong ones, but nobody there who has a right one', async () => {
    const token = await add();
    for (let time = 0; time < 5; time++) expect(failure(() => signIn(`Bearer wrong-${time}`)).status).toBe(401);
    expect(failure(() => signIn('Basic eDp5'))).toMatchObject({ status: 429, headers: { 'retry-after': '60' } });
    expect(signIn(`Bearer ${token}`).revoked).toBeNull();
  });
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newApiToken } from '../auth/api-token.ts';
import { openAuthentication } from '../auth/authentication.ts';
import { openKeys } from '../auth/keys.ts';
import { openRegistry, type Registry } from '../auth/registry.ts';
import { beginSession, SESSION_IDLE } from '../auth/session.ts';
import type { Administrator } from '../store/administrator-contract.ts';
import type { ApiToken, Store } from '../store/contract.ts';
import { dropDatabaseOf, openTestStore } from '../store/test-store.fixture.ts';
import { checkAccess, isStillAllowed } from './access.ts';

const NOW = 1_700_000_000_000;
const MIRA: Administrator = {
  id: 'id-mira',
  userName: 'mira',
  role: 'operator',
  source: 'oidc',
  passwordHash: null,
  identity: null,
  active: true,
  created: NOW,
  lastSignIn: null,
};

let directory: string;
let store: Store;
let registry: Registry;
let app: FastifyInstance;
let now: number;
let request: FastifyRequest | undefined;
let allowed: () => Promise<boolean>;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'still-allowed-'));
  store = await openTestStore(directory);
  registry = await openRegistry(store.settings);
  const keys = await openKeys(join(directory, 'keys'));
  const authentication = openAuthentication({ registry, keys, signInFailures: 5 });
  now = NOW;
  const context = { store, registry, authentication, now: () => now, publicUrl: () => 'http://127.0.0.1:8080' };
  app = fastify();
  app.addHook('onRequest', async (received) => {
    request = received;
    await checkAccess(context, 'credentials', received);
  });
  app.get('/events', { config: { role: 'operator' } }, async () => 'begun');
  allowed = async () => request !== undefined && isStillAllowed(context, request);
  return () => authentication.close();
});
afterEach(async () => {
  await app.close();
  await store.close();
  await dropDatabaseOf(directory);
  await rm(directory, { recursive: true });
});

describe('an answer that goes on for long', () => {
  it('ends with the session, the role, and the time', async () => {
    const { administrators } = store;
    await administrators.add(MIRA);
    const begin = async () => {
      const cookie = `rollcall-session=${await beginSession(administrators, MIRA, now)}`;
      expect((await app.inject({ url: '/events', headers: { cookie } })).payload).toBe('begun');
      expect(await allowed()).toBe(true);
    };
    await begin();
    await administrators.change(MIRA.id, { role: 'auditor' });
    expect(await allowed()).toBe(false);
    await administrators.change(MIRA.id, { role: 'administrator' });
    expect(await allowed()).toBe(true);
    await administrators.endSessions(MIRA.id);
    expect(await allowed()).toBe(false);
    await begin();
    now += SESSION_IDLE;
    expect(await allowed()).toBe(false);
  });

  it('ends with the API token', async () => {
    const { token, ...stored } = newApiToken();
    const record: ApiToken = {
      id: 'api-1',
      name: 'Watcher',
      ...stored,
      access: 'write',
      created: NOW,
      expires: NOW + 1000,
      revoked: null,
      lastUsed: null,
      lastUsedFrom: null,
    };
    await registry.change((settings) => settings.saveApiToken(record));
    await app.inject({ url: '/events', headers: { authorization: `Bearer ${token}` } });
    expect(await allowed()).toBe(true);
    now += 1000;
    expect(await allowed()).toBe(false);
    now = NOW;
    await registry.change((settings) => settings.saveApiToken({ ...record, revoked: NOW }));
    expect(await allowed()).toBe(false);
  });
});

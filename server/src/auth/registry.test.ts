import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultSettings } from '../contract/identity-server.ts';
import type { ApiToken, Store, Token } from '../store/contract.ts';
import { dropDatabaseOf, openTestStore } from '../store/test-store.fixture.ts';
import { openLastUse } from './last-use.ts';
import { openRegistry, type Registry } from './registry.ts';

let directory: string;
let store: Store;
let registry: Registry;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'registry-'));
  store = await openTestStore(directory);
  registry = await openRegistry(store.settings);
});
afterEach(async () => {
  await store.close();
  await dropDatabaseOf(directory);
  await rm(directory, { recursive: true, force: true });
});

const add = (slug: string, isDefault = false) =>
  registry.change((settings) =>
    settings.addIdentityServer({
      id: `id-of-${slug}`,
      slug,
      name: slug,
      active: true,
      isDefault,
      settings: defaultSettings(),
      basic: null,
      created: 1,
      modified: 1,
    }),
  );

const token = (server: number): Token => ({
  id: 'token-1',
  server,
  name: 'Entra',
  scope: { '*': 'write' },
  networks: [],
  created: 1,
  expires: 2,
  revoked: null,
  replacedBy: null,
  lastUsed: null,
  lastUsedFrom: null,
});

describe('the registry', () => {
  it('finds identity servers by slug, id, key and as the default one', async () => {
    const entra = await add('entra');
    const okta = await add('okta', true);
    expect(registry.identityServers().map((server) => server.slug)).toEqual(['entra', 'okta']);
    expect(registry.bySlug('entra')?.id).toBe('id-of-entra');
    expect(registry.byId('id-of-okta')?.slug).toBe('okta');
    expect(registry.byKey(entra.key)?.slug).toBe('entra');
    expect(registry.byDefault()?.key).toBe(okta.key);
    expect(registry.bySlug('okta2')).toBeUndefined();
  });

  it('no longer finds an identity server that is being removed, but for its key', async () => {
    const server = await add('entra', true);
    await registry.change((settings) => settings.saveIdentityServer({ ...server, removing: true }));
    expect([registry.bySlug('entra'), registry.byId(server.id), registry.byDefault()]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(registry.byKey(server.key)?.removing).toBe(true);
    expect(registry.identityServers()).toHaveLength(1);
  });

  it('shows what is written when the writing resolves, and keeps the catalogue until its version changes', async () => {
    const server = await add('entra');
    const before = registry.catalogue(server);
    await add('okta');
    expect(registry.catalogue(server)).toBe(before);
    const schema = {
      id: 'urn:example:badge',
      name: 'Badge',
      description: '',
      attributes: [{ name: 'number', type: 'string' }],
    };
    await registry.change((settings) =>
      settings.saveDefinition({
        server: server.key,
        kind: 'schema',
        name: schema.id,
        definition: JSON.stringify(schema),
      }),
    );
    const current = registry.bySlug('entra') ?? server;
    expect(current.catalogueVersion).toBeGreaterThan(server.catalogueVersion);
    expect(registry.catalogue(current).schemas.has('urn:example:badge')).toBe(true);
    expect(registry.definitions(current).map((definition) => definition.name)).toEqual(['urn:example:badge']);
  });

  it('runs changes one after another, and goes on after one that failed', async () => {
    const server = await add('entra');
    const rename = (suffix: string) =>
      registry.change(async (settings) => {
        const current = registry.byKey(server.key) ?? server;
        await settings.saveIdentityServer({ ...current, name: current.name + suffix });
      });
    const failing = registry.change(async () => {
      throw new Error('no');
    });
    await Promise.all([rename('-a'), rename('-b'), expect(failing).rejects.toThrow('no'), rename('-c')]);
    expect(registry.bySlug('entra')?.name).toBe('entra-a-b-c');
  });

  it('reads everything again when asked', async () => {
    const server = await add('entra');
    await store.settings.saveToken(token(server.key));
    expect(registry.tokens()).toEqual([]);
    await registry.refresh();
    expect(registry.token('token-1')?.name).toBe('Entra');
  });
});

describe('the last use of tokens', () => {
  it('is known at once and written later, never over a revocation that came in between', async () => {
    const server = await add('entra');
    await registry.change((settings) => settings.saveToken(token(server.key)));
    const lastUse = openLastUse(registry);
    lastUse.note('token', 'token-1', 100, '192.0.2.1');
    lastUse.note('token', 'token-1', 200, '192.0.2.2');
    expect(lastUse.of('token-1')).toMatchObject({ at: 200, from: '192.0.2.2' });
    expect((await store.settings.tokens())[0]?.lastUsed).toBeNull();
    const revoking = registry.change((settings) => settings.saveToken({ ...token(server.key), revoked: 150 }));
    await Promise.all([revoking, lastUse.flush()]);
    expect((await store.settings.tokens())[0]).toMatchObject({
      revoked: 150,
      lastUsed: 200,
      lastUsedFrom: '192.0.2.2',
    });
    await lastUse.close();
  });

  it('is written by itself, once for many uses, and at the end', async () => {
    const apiToken: ApiToken = {
      id: 'api-1',
      name: 'Prometheus',
      prefix: 'rollcall_a',
      sha256: '00',
      access: 'read',
      created: 1,
      expires: 2,
      revoked: null,
      lastUsed: null,
      lastUsedFrom: null,
    };
    await registry.change((settings) => settings.saveApiToken(apiToken));
    const lastUse = openLastUse(registry, 20);
    lastUse.note('apiToken', 'api-1', 100, '192.0.2.1');
    await expect.poll(async () => (await store.settings.apiTokens())[0]?.lastUsed).toBe(100);
    const { commits } = store.statistics();
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(store.statistics().commits).toBe(commits);
    lastUse.note('apiToken', 'api-1', 300, '192.0.2.3');
    await lastUse.close();
    expect((await store.settings.apiTokens())[0]?.lastUsed).toBe(300);
  });

  it('of many tokens is written in one commit', async () => {
    const { key } = await add('entra');
    const ids = Array.from({ length: 50 }, (_, index) => `token-${index}`);
    await registry.change((settings) =>
      Promise.all(ids.map((id) => settings.saveToken({ ...token(key), id, revoked: null }))),
    );
    const lastUse = openLastUse(registry);
    for (const id of ids) lastUse.note('token', id, 100, '192.0.2.1');
    const { commits } = store.statistics();
    await lastUse.flush();
    expect(store.statistics().commits - commits).toBeLessThan(5);
    expect((await store.settings.tokens()).map(({ lastUsed }) => lastUsed)).toEqual(ids.map(() => 100));
    await lastUse.close();
  });

  it('that comes while the one before is written is written as well', async () => {
    const { key } = await add('entra');
    await registry.change((settings) => settings.saveToken(token(key)));
    const lastUse = openLastUse(registry);
    lastUse.note('token', 'token-1', 100, '192.0.2.1');
    const flushing = lastUse.flush();
    await new Promise((resolve) => setImmediate(resolve));
    lastUse.note('token', 'token-1', 200, '192.0.2.2');
    await flushing;
    await lastUse.close();
    expect((await store.settings.tokens())[0]?.lastUsed).toBe(200);
  });

  it('of a token that is gone is no failure', async () => {
    const lastUse = openLastUse(registry);
    lastUse.note('token', 'nobody', 1, '192.0.2.1');
    await lastUse.flush();
    expect(await store.settings.tokens()).toEqual([]);
    await lastUse.close();
  });
});

import { describe, expect, it } from 'vitest';
import type { Token } from '../contract.ts';
import { NOW, newIdentityServer } from '../contract-suite/world-suite.ts';
import { twoStores } from '../postgres/two-stores.fixture.ts';

const TIMES = 20;

const token = (server: number, values: Partial<Token> = {}): Token => ({
  id: 'jti',
  server,
  name: 'Entra',
  scope: { '*': 'write' },
  networks: [],
  created: NOW,
  expires: NOW + 1000,
  revoked: null,
  replacedBy: null,
  lastUsed: null,
  lastUsedFrom: null,
  ...values,
});

describe('settings that two processes write', () => {
  it('give a slug to one of those who ask for it at the same time, and tell the other who has it', async () => {
    const [one, two] = await twoStores();
    for (let time = 0; time < TIMES; time++) {
      const slug = `slug-${time}`;
      const outcomes = await Promise.allSettled([
        one.settings.addIdentityServer(newIdentityServer(slug, { id: `one-${time}` })),
        two.settings.addIdentityServer(newIdentityServer(slug, { id: `two-${time}` })),
      ]);
      const [refused, ...others] = outcomes.filter((outcome) => outcome.status === 'rejected');
      const [added] = outcomes.filter((outcome) => outcome.status === 'fulfilled');
      expect(others).toEqual([]);
      expect(refused?.reason).toMatchObject({ name: 'UniqueConflict', path: 'slug', holder: added?.value.id });
    }
    expect(await one.settings.identityServers()).toHaveLength(TIMES);
  });

  it('leave one default identity server when several become it at the same time', async () => {
    const [one, two] = await twoStores();
    const a = await one.settings.addIdentityServer(newIdentityServer('a'));
    const b = await two.settings.addIdentityServer(newIdentityServer('b'));
    for (let time = 0; time < TIMES; time++) {
      await Promise.all([
        one.settings.saveIdentityServer({ ...a, isDefault: true }),
        two.settings.saveIdentityServer({ ...b, isDefault: true }),
        one.settings.addIdentityServer(newIdentityServer(`c${time}`, { isDefault: true })),
      ]);
      expect((await one.settings.identityServers()).filter(({ isDefault }) => isDefault)).toHaveLength(1);
    }
  });

  it('count every change of definitions', async () => {
    const [one, two] = await twoStores();
    const { key } = await one.settings.addIdentityServer(newIdentityServer('a'));
    const added = [one, two].flatMap(({ settings }, store) =>
      Array.from({ length: TIMES }, (_, n) =>
        settings.saveDefinition({ server: key, kind: 'schema', name: `urn:${store}:${n}`, definition: '{}' }),
      ),
    );
    await Promise.all(added);
    expect((await two.settings.identityServers())[0]?.catalogueVersion).toBe(1 + 2 * TIMES);
    expect(await one.settings.definitions(key)).toHaveLength(2 * TIMES);
  });

  it('keep a revocation, whatever the other process knew of the token when it wrote', async () => {
    const [one, two] = await twoStores();
    for (let time = 0; time < TIMES; time++) {
      const issued = token(1, { id: `jti-${time}` });
      await one.settings.saveToken(issued);
      await Promise.all([
        one.settings.saveToken({ ...issued, revoked: NOW }),
        two.settings.noteUses([{ kind: 'token', id: issued.id, at: NOW + 1, from: '::1' }]),
        two.settings.saveToken({ ...issued, replacedBy: 'next' }),
      ]);
      const stored = (await one.settings.tokens()).find(({ id }) => id === issued.id);
      expect(stored).toMatchObject({ revoked: NOW, lastUsed: NOW + 1, lastUsedFrom: '::1' });
    }
  });

  it('show a version only when all that it counts can be read', async () => {
    const [one, two] = await twoStores();
    const start = await two.settings.version();
    const writing = Promise.all(
      Array.from({ length: 50 }, (_, n) => one.settings.saveToken(token(1, { id: `jti-${n}` }))),
    );
    for (let version = start; version < start + 50; ) {
      version = await two.settings.version();
      expect((await two.settings.tokens()).length).toBeGreaterThanOrEqual(version - start);
    }
    await writing;
    expect(await two.settings.version()).toBe(start + 50);
  });

  it('tell the other process of a write within a second', async () => {
    const [one, two] = await twoStores();
    let told = 0;
    two.signals.subscribe('settings', () => told++);
    // Until the other process listens.
    await expect
      .poll(async () => {
        await one.settings.saveToken(token(1));
        return told;
      })
      .toBeGreaterThan(0);
    const before = told;
    await one.settings.saveToken(token(1, { revoked: NOW }));
    await expect.poll(() => told, { timeout: 1000, interval: 10 }).toBeGreaterThan(before);
  });

  it('are removed by several at once, step by step, with nothing left', async () => {
    const [one, two] = await twoStores();
    const server = await one.settings.addIdentityServer(newIdentityServer('doomed'));
    await one.settings.saveToken(token(server.key));
    await one.transaction(async (transaction) => {
      for (let n = 0; n < 300; n++) {
        const unique = [{ path: 'userName', key: `u${n}`, value: `u${n}` }];
        const index = [{ path: 'displayName', key: `u${n}` }];
        const base = { server: server.key, type: 'User', id: `u${n}`, label: `u${n}`, at: NOW };
        await transaction.insert({ ...base, document: '{}', index, unique });
        await transaction.record({ ...base, kind: 'created' });
      }
    });
    await one.settings.saveIdentityServer({ ...server, removing: true });
    const purge = async ({ settings }: typeof one) => {
      while (!(await settings.purgeIdentityServer(server.key, 20)));
    };
    await Promise.all([purge(one), purge(two), purge(one), purge(two)]);
    expect(await two.settings.identityServers()).toEqual([]);
    expect(await two.settings.tokens()).toEqual([]);
    expect(await two.list(server.key, 'User', 0, 9)).toEqual([]);
    expect(await two.changes.after(server.key, 0, 9)).toEqual([]);
    expect(await two.count(server.key, 'User')).toBe(0);
  });
});

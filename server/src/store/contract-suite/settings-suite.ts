import { describe, expect, it } from 'vitest';
import { type ApiToken, type Token, UniqueConflict } from '../contract.ts';
import {
  add,
  addUsers,
  allChanges,
  join,
  NOW,
  newChange,
  newGroup,
  newIdentityServer,
  newUser,
  type Open,
  openFor,
} from './world-suite.ts';

const token: Token = {
  id: 'jti-1',
  server: 1,
  name: 'Entra',
  scope: { User: 'write', Group: 'read' },
  networks: ['10.0.0.0/8'],
  created: NOW,
  expires: NOW + 1000,
  revoked: null,
  replacedBy: null,
  lastUsed: null,
  lastUsedFrom: null,
};

const apiToken: ApiToken = {
  id: 'api-1',
  name: 'Monitoring',
  prefix: 'rc_abc',
  sha256: 'f'.repeat(64),
  access: 'read',
  created: NOW,
  expires: NOW + 1000,
  revoked: null,
  lastUsed: null,
  lastUsedFrom: null,
};

export function settingsContract(open: Open): void {
  describe('settings', () => {
    it('have an installation id of their own', async () => {
      const first = await openFor(open);
      const second = await openFor(open);
      expect(first.settings.installation).toMatch(/^[0-9a-f-]{36}$/);
      expect(second.settings.installation).not.toBe(first.settings.installation);
    });

    it('keep identity servers as they were added and saved', async () => {
      const { settings } = await openFor(open);
      const entra = await settings.addIdentityServer(newIdentityServer('entra'));
      expect(entra).toEqual({ ...newIdentityServer('entra'), key: entra.key, catalogueVersion: 1, removing: false });
      const okta = await settings.addIdentityServer(newIdentityServer('okta', { basic: { userName: 'u', hash: 'h' } }));
      expect(okta.key).not.toBe(entra.key);
      expect(await settings.identityServers()).toEqual([entra, okta]);
      const saved = {
        ...entra,
        slug: 'entra-2',
        active: false,
        modified: NOW + 1,
        settings: { ...entra.settings, compatibility: 'strict', rateLimit: 5 },
        basic: { userName: 'admin', hash: 'scrypt' },
      } as const;
      await settings.saveIdentityServer(saved);
      expect(await settings.identityServers()).toEqual([saved, okta]);
    });

    it('have at most one default identity server: the last that became it', async () => {
      const { settings } = await openFor(open);
      const defaults = async () => (await settings.identityServers()).filter((server) => server.isDefault);
      const a = await settings.addIdentityServer(newIdentityServer('a', { isDefault: true }));
      const b = await settings.addIdentityServer(newIdentityServer('b', { isDefault: true }));
      expect(await defaults()).toEqual([b]);
      await settings.saveIdentityServer({ ...a, isDefault: true });
      expect(await defaults()).toEqual([a]);
      await settings.saveIdentityServer({ ...a, isDefault: false });
      expect(await defaults()).toEqual([]);
    });

    it('refuse a slug that another identity server has, and change nothing then', async () => {
      const { settings } = await openFor(open);
      const a = await settings.addIdentityServer(newIdentityServer('a', { isDefault: true }));
      const b = await settings.addIdentityServer(newIdentityServer('b'));
      const conflict = { path: 'slug', value: 'a', holder: a.id };
      const added = settings.addIdentityServer(newIdentityServer('a', { id: 'other', isDefault: true }));
      await expect(added).rejects.toBeInstanceOf(UniqueConflict);
      await expect(added).rejects.toMatchObject(conflict);
      await expect(settings.saveIdentityServer({ ...b, slug: 'a' })).rejects.toMatchObject(conflict);
      expect(await settings.identityServers()).toEqual([a, b]);
    });

    it('free the slug of an identity server that is being removed', async () => {
      const { settings } = await openFor(open);
      const a = await settings.addIdentityServer(newIdentityServer('a'));
      await settings.saveIdentityServer({ ...a, removing: true });
      const heir = await settings.addIdentityServer(newIdentityServer('a', { id: 'heir' }));
      expect(heir.key).not.toBe(a.key);
    });

    it('empty a removed identity server step by step, and nothing else', async () => {
      const store = await openFor(open);
      const { settings } = store;
      const doomed = await settings.addIdentityServer(newIdentityServer('doomed'));
      const kept = await settings.addIdentityServer(newIdentityServer('kept'));
      for (const { key } of [doomed, kept]) {
        const user = await add(store, newUser('babs', { server: key, displayName: 'Babs' }));
        const group = await add(store, newGroup('Sales', key));
        await join(store, group, [user]);
        await store.transaction((transaction) => transaction.record(newChange(user.id, { server: key })));
        await settings.saveToken({ ...token, id: `token-${key}`, server: key });
        await settings.saveDefinition({ server: key, kind: 'schema', name: 'urn:x', definition: '{}' });
      }
      await expect(settings.purgeIdentityServer(doomed.key, 10)).rejects.toThrow('not being removed');
      await settings.saveIdentityServer({ ...doomed, removing: true });
      let steps = 1;
      while (!(await settings.purgeIdentityServer(doomed.key, 1))) steps++;
      expect(steps).toBeGreaterThan(4);
      expect(await settings.purgeIdentityServer(doomed.key, 1)).toBe(true);

      expect(await settings.identityServers()).toEqual([{ ...kept, catalogueVersion: 2 }]);
      expect((await settings.tokens()).map(({ id }) => id)).toEqual([`token-${kept.key}`]);
      expect(await settings.definitions(doomed.key)).toEqual([]);
      expect(await settings.definitions(kept.key)).toHaveLength(1);
      expect(await allChanges(store, doomed.key)).toEqual([]);
      // PostgreSQL shows a change when no earlier transaction is open any more, whoever's it is.
      await expect.poll(() => allChanges(store, kept.key)).toHaveLength(1);
      expect(await store.count(doomed.key, 'User')).toBe(0);
      expect(await store.byKey(doomed.key, 'User', 'userName', 'babs', 9)).toEqual([]);
      expect(await store.byKey(doomed.key, 'User', 'displayName', 'babs', 9)).toEqual([]);
      const [babs] = await store.byKey(kept.key, 'User', 'displayName', 'babs', 9);
      expect(await store.groupsOf(babs?.seq ?? 0)).toMatchObject([{ label: 'Sales' }]);
    });

    it('empty an identity server of thousands of rows in few steps', async () => {
      const store = await openFor(open);
      const server = await store.settings.addIdentityServer(newIdentityServer('entra'));
      expect(server.key).toBe(1);
      const users = await addUsers(store, 1200);
      await join(store, await add(store, newGroup('All')), users);
      await store.settings.saveIdentityServer({ ...server, removing: true });
      let steps = 1;
      while (!(await store.settings.purgeIdentityServer(server.key, 500))) steps++;
      expect(steps).toBeLessThan(20);
      expect(await store.byId(1, 'User', users[0]?.id ?? '')).toBeUndefined();
      expect(await store.groupsOf(users[0]?.seq ?? 0)).toEqual([]);
    });

    it('keep tokens, each as it was saved last', async () => {
      const { settings } = await openFor(open);
      await settings.saveToken(token);
      const later = { ...token, id: 'jti-2', created: NOW + 1, scope: { '*': 'read' }, networks: [] } as const;
      await settings.saveToken(later);
      const rotated = { ...token, expires: NOW + 9, revoked: NOW, replacedBy: 'jti-2' };
      await settings.saveToken(rotated);
      expect(await settings.tokens()).toEqual([rotated, later]);
    });

    it('keep API tokens, each as it was saved last', async () => {
      const { settings } = await openFor(open);
      await settings.saveApiToken(apiToken);
      const revoked = { ...apiToken, name: 'Renamed', revoked: NOW };
      await settings.saveApiToken(revoked);
      expect(await settings.apiTokens()).toEqual([revoked]);
    });

    it('note the last use of tokens and nothing else of them, whatever is saved in between', async () => {
      const { settings } = await openFor(open);
      await settings.saveToken(token);
      await settings.saveToken({ ...token, id: 'unused' });
      await settings.saveApiToken(apiToken);
      const use = { kind: 'token', id: 'jti-1', at: NOW + 5, from: '::1' } as const;
      await settings.noteUses([use, { ...use, kind: 'apiToken', id: 'api-1' }, { ...use, id: 'gone' }]);
      // Whoever revokes it knew of no use, and whoever comes late has seen an earlier one.
      await settings.saveToken({ ...token, revoked: NOW });
      await settings.saveApiToken({ ...apiToken, revoked: NOW });
      await settings.noteUses([{ ...use, at: NOW + 4, from: '::2' }]);
      await settings.noteUses([]);
      const used = { revoked: NOW, lastUsed: NOW + 5, lastUsedFrom: '::1' };
      expect(await settings.tokens()).toEqual([
        { ...token, ...used },
        { ...token, id: 'unused' },
      ]);
      expect(await settings.apiTokens()).toEqual([{ ...apiToken, ...used }]);
    });

    it('keep revoked what is revoked', async () => {
      const { settings } = await openFor(open);
      for (const revoked of [null, NOW, null, NOW + 1]) {
        await settings.saveToken({ ...token, revoked });
        await settings.saveApiToken({ ...apiToken, revoked });
      }
      expect((await settings.tokens())[0]?.revoked).toBe(NOW);
      expect((await settings.apiTokens())[0]?.revoked).toBe(NOW);
    });

    it('have another version after each write but that of a last use, and tell of it', async () => {
      const { settings, signals } = await openFor(open);
      const server = await settings.addIdentityServer(newIdentityServer('entra'));
      const definition = { server: server.key, kind: 'schema', name: 'urn:x', definition: '{}' } as const;
      let version = await settings.version();
      let told = 0;
      // Let hints about what was written before come first.
      await new Promise((resolve) => setTimeout(resolve, 200));
      signals.subscribe('settings', () => told++);
      const writes = [
        () => settings.saveIdentityServer({ ...server, name: 'Entra' }),
        () => settings.saveToken(token),
        () => settings.saveApiToken(apiToken),
        () => settings.saveDefinition(definition),
        () => settings.removeDefinition(definition),
        () => settings.saveIdentityServer({ ...server, removing: true }),
        async () => {
          while (!(await settings.purgeIdentityServer(server.key, 100)));
        },
      ];
      for (const write of writes) {
        const before = told;
        await write();
        const after = await settings.version();
        expect(after).toBeGreaterThan(version);
        version = after;
        await expect.poll(() => told).toBeGreaterThan(before);
      }
      const before = told;
      await settings.noteUses([{ kind: 'token', id: 'jti-1', at: NOW, from: '::1' }]);
      expect(await settings.version()).toBe(version);
      expect(told).toBe(before);
    });

    it('keep added definitions and raise the catalogue version with each change of them', async () => {
      const { settings } = await openFor(open);
      const server = await settings.addIdentityServer(newIdentityServer('entra'));
      const other = await settings.addIdentityServer(newIdentityServer('okta'));
      const version = async () => (await settings.identityServers())[0]?.catalogueVersion;
      const schema = {
        server: server.key,
        kind: 'schema',
        name: 'urn:example',
        definition: '{"id":"urn:example"}',
      } as const;
      const extension = { ...schema, kind: 'extension', name: 'User urn:example', definition: '{}' } as const;
      await settings.saveDefinition(schema);
      await settings.saveDefinition(extension);
      expect(await version()).toBe(3);
      const changed = { ...schema, definition: '{"id":"urn:example","name":"Example"}' };
      await settings.saveDefinition(changed);
      expect(await version()).toBe(4);
      const definitions = await settings.definitions(server.key);
      expect(definitions).toHaveLength(2);
      expect(definitions).toEqual(expect.arrayContaining([changed, extension]));
      expect(await settings.removeDefinition(extension)).toBe(true);
      expect(await settings.removeDefinition(extension)).toBe(false);
      expect(await version()).toBe(5);
      expect(await settings.definitions(other.key)).toEqual([]);
      // A save of what was read before does not take the version back.
      await settings.saveIdentityServer(server);
      expect(await version()).toBe(5);
    });
  });
}

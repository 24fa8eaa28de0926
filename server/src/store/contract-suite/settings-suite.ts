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
      expect(await allChanges(store, kept.key)).toHaveLength(1);
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
      const used = { ...token, revoked: NOW, replacedBy: 'jti-2', lastUsed: NOW, lastUsedFrom: '::1' };
      await settings.saveToken(used);
      expect(await settings.tokens()).toEqual([used, later]);
    });

    it('keep API tokens, each as it was saved last', async () => {
      const { settings } = await openFor(open);
      await settings.saveApiToken(apiToken);
      const used = { ...apiToken, name: 'Renamed', revoked: NOW, lastUsed: NOW, lastUsedFrom: '127.0.0.1' };
      await settings.saveApiToken(used);
      expect(await settings.apiTokens()).toEqual([used]);
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

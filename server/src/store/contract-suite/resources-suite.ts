import { describe, expect, it } from 'vitest';
import { UniqueConflict } from '../contract.ts';
import {
  add,
  addUsers,
  indexed,
  NOW,
  newGroup,
  newUser,
  type Open,
  OTHER_SERVER,
  openFor,
  SERVER,
} from './world-suite.ts';

export function resourceContract(open: Open): void {
  describe('resources', () => {
    it('returns a resource by the id and type it was inserted with', async () => {
      const store = await openFor(open);
      const user = newUser('babs');
      const stored = await add(store, user);
      expect(stored).toEqual({
        seq: stored.seq,
        server: SERVER,
        type: 'User',
        id: user.id,
        version: 1,
        created: NOW,
        modified: NOW,
        label: 'babs',
        document: '{"userName":"babs"}',
      });
      expect(await store.byId(SERVER, 'User', user.id)).toEqual(stored);
    });

    it('finds nothing under another type, another server or another id', async () => {
      const store = await openFor(open);
      const { id } = await add(store, newUser('babs'));
      expect(await store.byId(SERVER, 'Group', id)).toBeUndefined();
      expect(await store.byId(OTHER_SERVER, 'User', id)).toBeUndefined();
      expect(await store.byId(SERVER, 'User', `${id}x`)).toBeUndefined();
    });

    it('keeps every character of a document and of a label', async () => {
      const store = await openFor(open);
      const text = JSON.stringify({ userName: 'zoë 𝒳 \u0000 "quoted" \\ \u2028 😀' });
      const stored = await add(store, { ...newUser('zoë 𝒳 😀'), document: text });
      const read = await store.byId(SERVER, 'User', stored.id);
      expect(read?.document).toBe(text);
      expect(read?.label).toBe('zoë 𝒳 😀');
    });

    it('gives each resource a higher seq than any before it, also after deletions', async () => {
      const store = await openFor(open);
      const user = newUser('babs');
      const first = await add(store, user);
      await store.transaction((transaction) => transaction.delete(first, user, NOW));
      const second = await add(store, newUser('babs'));
      expect(second.seq).toBeGreaterThan(first.seq);
    });

    it('finds the holders of an indexed value in order of creation, at most as many as asked for', async () => {
      const store = await openFor(open);
      const first = await add(store, newUser('a', { displayName: 'Sales' }));
      await add(store, newUser('b', { displayName: 'Research' }));
      const third = await add(store, newUser('c', { displayName: 'SALES' }));
      await add(store, newUser('d', { displayName: 'Sales', server: OTHER_SERVER }));
      const find = (limit: number) => store.byKey(SERVER, 'User', 'displayName', 'sales', limit);
      expect(await find(10)).toEqual([first, third]);
      expect(await find(1)).toEqual([first]);
      expect(await find(0)).toEqual([]);
      expect(await store.byKey(SERVER, 'User', 'displayName', 'sale', 10)).toEqual([]);
    });

    it('finds the holder of a unique value', async () => {
      const store = await openFor(open);
      const babs = await add(store, newUser('Babs'));
      expect(await store.byKey(SERVER, 'User', 'userName', 'babs', 1)).toEqual([babs]);
      expect(await store.byKey(SERVER, 'User', 'userName', 'Babs', 1)).toEqual([]);
    });

    it('raises the version with an update, and finds the resource by its new values only', async () => {
      const store = await openFor(open);
      const user = newUser('babs', { displayName: 'Sales' });
      const before = await add(store, user);
      const next = indexed('barbara', 'Research');
      const after = await store.transaction((transaction) => transaction.update(before, user, next, NOW + 5));
      expect(after).toEqual({ ...before, version: 2, modified: NOW + 5, label: 'barbara', document: next.document });
      expect(await store.byId(SERVER, 'User', before.id)).toEqual(after);
      expect(await store.byKey(SERVER, 'User', 'userName', 'barbara', 1)).toEqual([after]);
      expect(await store.byKey(SERVER, 'User', 'displayName', 'research', 1)).toEqual([after]);
      expect(await store.byKey(SERVER, 'User', 'userName', 'babs', 1)).toEqual([]);
      expect(await store.byKey(SERVER, 'User', 'displayName', 'sales', 1)).toEqual([]);
    });

    it('lets another resource have a unique value that was given up', async () => {
      const store = await openFor(open);
      const user = newUser('babs');
      const before = await add(store, user);
      await store.transaction((transaction) => transaction.update(before, user, indexed('barbara'), NOW));
      const heir = await add(store, newUser('babs'));
      expect(await store.byKey(SERVER, 'User', 'userName', 'babs', 1)).toEqual([heir]);
    });

    it('keeps a resource found by a value that it has twice until it has it no more', async () => {
      const store = await openFor(open);
      const twice = { ...newUser('babs'), index: ['x', 'x'].map((key) => ({ path: 'emails.value', key })) };
      const before = await add(store, twice);
      const once = { ...indexed('babs'), index: [{ path: 'emails.value', key: 'x' }] };
      const after = await store.transaction((transaction) => transaction.update(before, twice, once, NOW));
      expect(await store.byKey(SERVER, 'User', 'emails.value', 'x', 9)).toEqual([after]);
      await store.transaction((transaction) => transaction.update(after, once, indexed('babs'), NOW));
      expect(await store.byKey(SERVER, 'User', 'emails.value', 'x', 9)).toEqual([]);
    });

    it('raises version and modified with a touch, and nothing else', async () => {
      const store = await openFor(open);
      const group = await add(store, newGroup('Sales'));
      const touched = await store.transaction((transaction) => transaction.touch(group, NOW + 9));
      expect(touched).toEqual({ ...group, version: 2, modified: NOW + 9 });
      expect(await store.byId(SERVER, 'Group', group.id)).toEqual(touched);
    });

    it('forgets a deleted resource and all its values', async () => {
      const store = await openFor(open);
      const user = newUser('babs', { displayName: 'Sales' });
      const stored = await add(store, user);
      await store.transaction((transaction) => transaction.delete(stored, user, NOW));
      expect(await store.byId(SERVER, 'User', stored.id)).toBeUndefined();
      expect(await store.byKey(SERVER, 'User', 'userName', 'babs', 1)).toEqual([]);
      expect(await store.byKey(SERVER, 'User', 'displayName', 'sales', 1)).toEqual([]);
    });

    it('counts resources by server and type', async () => {
      const store = await openFor(open);
      expect(await store.count(SERVER, 'User')).toBe(0);
      const users = await addUsers(store, 3);
      await add(store, newGroup('Sales'));
      await add(store, newUser('elsewhere', { server: OTHER_SERVER }));
      const [first] = users;
      if (first === undefined) throw new Error('no user');
      await store.transaction((transaction) => transaction.delete(first, indexed('user0'), NOW));
      expect(await store.count(SERVER, 'User')).toBe(2);
      expect(await store.count(SERVER, 'Group')).toBe(1);
      expect(await store.count(OTHER_SERVER, 'User')).toBe(1);
    });
  });

  describe('unique values', () => {
    it('refuses a second holder and names the first', async () => {
      const store = await openFor(open);
      const holder = await add(store, newUser('Babs'));
      const refused = add(store, newUser('BABS'));
      await expect(refused).rejects.toBeInstanceOf(UniqueConflict);
      await expect(refused).rejects.toMatchObject({ path: 'userName', value: 'BABS', holder: holder.id });
      expect(await store.count(SERVER, 'User')).toBe(1);
    });

    it('allows the same value on another server and on another type', async () => {
      const store = await openFor(open);
      await add(store, newUser('babs'));
      await add(store, newUser('babs', { server: OTHER_SERVER }));
      await add(store, { ...newUser('babs'), type: 'Robot' });
      expect(await store.count(SERVER, 'Robot')).toBe(1);
    });

    it('lets exactly one of 200 simultaneous inserts have it', async () => {
      const store = await openFor(open);
      const outcomes = await Promise.allSettled(Array.from({ length: 200 }, () => add(store, newUser('babs'))));
      const won = outcomes.filter((outcome) => outcome.status === 'fulfilled');
      const lost = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
      expect(won).toHaveLength(1);
      expect(lost).toHaveLength(199);
      for (const reason of lost) expect(reason).toMatchObject({ holder: won[0]?.value.id });
      expect(await store.count(SERVER, 'User')).toBe(1);
    });

    it('leaves nothing of a refused insert or update to a body that goes on', async () => {
      const store = await openFor(open);
      const babs = newUser('babs');
      const stored = await add(store, babs);
      const mary = await add(store, newUser('mary'));
      const refused = newUser('mary', { displayName: 'Sales' });
      await store.transaction(async (transaction) => {
        await expect(transaction.insert(refused)).rejects.toMatchObject({ holder: mary.id });
        const next = indexed('mary', 'Sales');
        await expect(transaction.update(stored, babs, next, NOW + 1)).rejects.toMatchObject({ holder: mary.id });
      });
      expect(await store.byId(SERVER, 'User', refused.id)).toBeUndefined();
      expect(await store.byKey(SERVER, 'User', 'displayName', 'sales', 9)).toEqual([]);
      expect(await store.byKey(SERVER, 'User', 'userName', 'babs', 1)).toEqual([stored]);
      expect(await store.count(SERVER, 'User')).toBe(2);
    });

    it('lets a resource write its own value again', async () => {
      const store = await openFor(open);
      const user = newUser('babs');
      const stored = await add(store, user);
      const again = await store.transaction((transaction) =>
        transaction.update(stored, { index: [], unique: [] }, indexed('babs', 'Sales'), NOW),
      );
      expect(await store.byKey(SERVER, 'User', 'userName', 'babs', 1)).toEqual([again]);
    });
  });
}

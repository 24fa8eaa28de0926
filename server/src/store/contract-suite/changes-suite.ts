import { describe, expect, it } from 'vitest';
import { add, allChanges, NOW, newChange, newUser, type Open, OTHER_SERVER, openFor, SERVER } from './world-suite.ts';

const DAY = 24 * 60 * 60 * 1000;

export function changeContract(open: Open): void {
  describe('the change feed', () => {
    it('gives back what was recorded, in order and with growing positions', async () => {
      const store = await openFor(open);
      const full = newChange('a', {
        kind: 'changed',
        externalId: 'e',
        attributes: ['userName', 'name'],
        membersAdded: ['x'],
        membersRemoved: ['y', 'z'],
      });
      const plain = newChange('b', { kind: 'deleted' });
      await store.transaction(async (transaction) => {
        await transaction.record(full);
        await transaction.record(plain);
      });
      const changes = await allChanges(store);
      expect(changes.map(({ n: _, ...change }) => change)).toEqual([full, plain]);
      expect(changes[1]?.n).toBeGreaterThan(changes[0]?.n ?? 0);
      expect(await store.changes.after(SERVER, changes[0]?.n ?? 0, 10)).toEqual([changes[1]]);
      expect(await store.changes.after(SERVER, 0, 1)).toEqual([changes[0]]);
    });

    it('keeps the identity servers apart', async () => {
      const store = await openFor(open);
      await store.transaction(async (transaction) => {
        await transaction.record(newChange('a'));
        await transaction.record(newChange('b', { server: OTHER_SERVER }));
        await transaction.record(newChange('c'));
      });
      expect((await allChanges(store)).map((change) => change.id)).toEqual(['a', 'c']);
      expect((await allChanges(store, OTHER_SERVER)).map((change) => change.id)).toEqual(['b']);
    });

    it('names at most 1,000 members in a change, and all of them in several', async () => {
      const store = await openFor(open);
      const ids = (prefix: string, count: number) => Array.from({ length: count }, (_, index) => `${prefix}${index}`);
      const added = ids('a', 2500);
      const removed = ids('r', 1200);
      await store.transaction((transaction) =>
        transaction.record(newChange('g', { kind: 'members', membersAdded: added, membersRemoved: removed })),
      );
      const changes = await allChanges(store);
      expect(changes.map((change) => change.membersAdded?.length)).toEqual([1000, 1000, 500]);
      expect(changes.map((change) => change.membersRemoved?.length)).toEqual([1000, 200, undefined]);
      expect(changes.flatMap((change) => change.membersAdded ?? [])).toEqual(added);
      expect(changes.flatMap((change) => change.membersRemoved ?? [])).toEqual(removed);
      expect(new Set(changes.map((change) => `${change.id} ${change.kind}`))).toEqual(new Set(['g members']));
    });

    it('tells who watches it where there is something new to read', async () => {
      const store = await openFor(open);
      const told = new Set<string>();
      store.changes.watch(async (server) => {
        for (const { id } of await allChanges(store, server)) told.add(`${server} ${id}`);
      });
      await store.transaction((transaction) => transaction.record(newChange('a')));
      await store.transaction(async (transaction) => {
        await transaction.record(newChange('b', { server: OTHER_SERVER }));
        await transaction.insert(newUser('nobody'));
      });
      await store.transaction((transaction) => transaction.insert(newUser('other')));
      // Other processes tell by the network.
      await expect.poll(() => told, { timeout: 5000 }).toEqual(new Set([`${SERVER} a`, `${OTHER_SERVER} b`]));
    });

    it('is complete for a reader that follows it while others write', async () => {
      const store = await openFor(open);
      const writers = Array.from({ length: 300 }, async (_, index) => {
        await new Promise((resolve) => setTimeout(resolve, index % 30));
        await store.transaction(async (transaction) => {
          await transaction.insert(newUser(`user${index}`));
          await transaction.record(newChange(String(index)));
        });
      });
      const seen: string[] = [];
      let position = 0;
      while (seen.length < 300) {
        const changes = await store.changes.after(SERVER, position, 5);
        if (changes.length === 0) await store.changes.wait(SERVER, 1000);
        for (const change of changes) {
          expect(change.n).toBeGreaterThan(position);
          position = change.n;
          seen.push(change.id);
        }
      }
      await Promise.all(writers);
      expect(new Set(seen).size).toBe(300);
    });

    it('says where it begins and ends', async () => {
      const store = await openFor(open);
      expect(await store.changes.bounds(SERVER)).toEqual({ oldest: 0, newest: 0 });
      await store.transaction(async (transaction) => {
        for (const id of ['a', 'b', 'c']) await transaction.record(newChange(id));
      });
      const changes = await allChanges(store);
      expect(await store.changes.bounds(SERVER)).toEqual({ oldest: changes[0]?.n, newest: changes[2]?.n });
      expect(await store.changes.bounds(OTHER_SERVER)).toEqual({ oldest: 0, newest: 0 });
    });

    it('is pruned from its beginning, in steps, and knows which readers have missed something', async () => {
      const store = await openFor(open);
      await store.transaction(async (transaction) => {
        for (let day = 0; day < 5; day++) {
          await transaction.record(newChange(`day ${day}`, { at: NOW + day * DAY }));
          await transaction.record(newChange('elsewhere', { at: NOW + day * DAY, server: OTHER_SERVER }));
        }
      });
      const changes = await allChanges(store);
      expect(await store.changes.prune(NOW + 2 * DAY, 3)).toBe(3);
      expect(await store.changes.prune(NOW + 2 * DAY, 3)).toBe(1);
      expect(await store.changes.prune(NOW + 2 * DAY, 3)).toBe(0);
      expect((await allChanges(store)).map((change) => change.id)).toEqual(['day 2', 'day 3', 'day 4']);
      const { oldest, newest } = await store.changes.bounds(SERVER);
      expect(newest).toBe(changes[4]?.n);
      // A reader that has seen day 1 has missed nothing; one that has seen day 0 only has missed day 1.
      expect(oldest).toBeLessThanOrEqual(changes[1]?.n ?? 0);
      expect(oldest).toBeGreaterThan(changes[0]?.n ?? 0);
    });

    it('keeps its last position when everything was pruned', async () => {
      const store = await openFor(open);
      await store.transaction((transaction) => transaction.record(newChange('a')));
      const [change] = await allChanges(store);
      await store.changes.prune(NOW + DAY, 10);
      expect(await store.changes.bounds(SERVER)).toEqual({ oldest: change?.n, newest: change?.n });
      await store.transaction((transaction) => transaction.record(newChange('b')));
      const [next] = await allChanges(store);
      expect(next?.n).toBeGreaterThan(change?.n ?? 0);
    });

    it('wakes a waiting reader when a change of its server is stored', async () => {
      const store = await openFor(open);
      const woken = store.changes.wait(SERVER, 20_000).then(() => allChanges(store));
      await add(store, newUser('babs'));
      await store.transaction((transaction) => transaction.record(newChange('a')));
      expect((await woken).map((change) => change.id)).toEqual(['a']);
    });

    it('does not wake a reader for another server; it stops waiting in time, or when told', async () => {
      const store = await openFor(open);
      let woken = false;
      const stop = new AbortController();
      const waiting = store.changes.wait(SERVER, 20_000, stop.signal).then(() => {
        woken = true;
      });
      await store.transaction((transaction) => transaction.record(newChange('a', { server: OTHER_SERVER })));
      await store.changes.wait(SERVER, 10);
      expect(woken).toBe(false);
      stop.abort();
      await waiting;
      await store.changes.wait(SERVER, 20_000, stop.signal);
      expect(woken).toBe(true);
    });
  });
}

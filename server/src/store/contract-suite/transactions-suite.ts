import { describe, expect, it } from 'vitest';
import type { Transaction } from '../contract.ts';
import {
  add,
  addUsers,
  allChanges,
  indexed,
  NOW,
  newChange,
  newGroup,
  newUser,
  type Open,
  openFor,
  SERVER,
} from './world-suite.ts';

export function transactionContract(open: Open): void {
  describe('transactions', () => {
    it('never interleave: what a body has read is still so when it writes', async () => {
      const store = await openFor(open);
      const user = newUser('0');
      const { id } = await add(store, user);
      const increment = async (transaction: Transaction) => {
        const current = await transaction.byId(SERVER, 'User', id);
        if (current === undefined) throw new Error('no user');
        await transaction.count(SERVER, 'User');
        const next = indexed(String(Number(current.label) + 1));
        return transaction.update(current, indexed(current.label), next, NOW);
      };
      await Promise.all(Array.from({ length: 100 }, () => store.transaction(increment)));
      expect(await store.byId(SERVER, 'User', id)).toMatchObject({ label: '100', version: 101 });
    });

    it('reject with what their body threw, undo its writes and leave the others whole', async () => {
      const store = await openFor(open);
      const failure = new Error('changed my mind');
      const outcomes = await Promise.allSettled(
        Array.from({ length: 20 }, (_, index) =>
          store.transaction(async (transaction) => {
            const stored = await transaction.insert(newUser(`user${index}`));
            await transaction.record(newChange(stored.id));
            if (index % 3 === 0) throw failure;
            return stored.id;
          }),
        ),
      );
      const kept = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
      const reasons = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
      expect(kept).toHaveLength(13);
      expect(reasons).toEqual(Array.from({ length: 7 }, () => failure));
      expect(await store.count(SERVER, 'User')).toBe(13);
      expect((await allChanges(store)).map((change) => change.id).toSorted()).toEqual(kept.toSorted());
      expect(await store.byKey(SERVER, 'User', 'userName', 'user3', 1)).toEqual([]);
    });

    it('see their own writes; others see them when the transaction has resolved', async () => {
      const store = await openFor(open);
      const user = newUser('babs');
      await store.transaction(async (transaction) => {
        const stored = await transaction.insert(user);
        expect(await transaction.byId(SERVER, 'User', user.id)).toEqual(stored);
        expect(await transaction.byKey(SERVER, 'User', 'userName', 'babs', 1)).toEqual([stored]);
        expect(await transaction.count(SERVER, 'User')).toBe(1);
        expect(await store.byId(SERVER, 'User', user.id)).toBeUndefined();
      });
      expect(await store.byId(SERVER, 'User', user.id)).toBeDefined();
    });

    it('resolve when nothing was written', async () => {
      const store = await openFor(open);
      expect(await store.transaction(async () => 42)).toBe(42);
      await expect(
        store.transaction(() => {
          throw new Error('at once');
        }),
      ).rejects.toThrow('at once');
    });

    it('let the event loop go on while many of them wait', async () => {
      const store = await openFor(open);
      let turns = 0;
      const timer = setInterval(() => turns++, 1);
      for (let round = 0; round < 6; round++) {
        await Promise.all(Array.from({ length: 500 }, (_, index) => add(store, newUser(`user${round} ${index}`))));
      }
      clearInterval(timer);
      expect(turns).toBeGreaterThan(3);
      expect(await store.count(SERVER, 'User')).toBe(3000);
    });

    it('are all stored before the store closes', async () => {
      const store = await open();
      const writes = addUsers(store, 10);
      await store.close();
      expect(await writes).toHaveLength(10);
    });

    it('are counted while they wait, and as commits', async () => {
      const store = await openFor(open);
      const before = store.statistics().commits;
      const writes = Promise.all([add(store, newGroup('a')), add(store, newGroup('b'))]);
      expect(store.statistics().waitingWrites).toBe(2);
      await writes;
      expect(store.statistics().waitingWrites).toBe(0);
      expect(store.statistics().commits).toBeGreaterThan(before);
      expect(store.statistics().waitingSearches).toBe(0);
    });
  });

  describe('a rehearsal', () => {
    it('sees what it writes, and leaves nothing of it', async () => {
      const store = await openFor(open);
      const user = newUser('kept');
      await add(store, user);
      const before = await allChanges(store);
      const outcome = await store.rehearse(async (rehearsal) => {
        const made = await rehearsal.store.transaction((transaction) => transaction.insert(newUser('tried')));
        await rehearsal.store.transaction((transaction) => transaction.record(newChange('tried')));
        return {
          here: (await rehearsal.store.byId(SERVER, 'User', made.id))?.label,
          elsewhere: await store.byId(SERVER, 'User', made.id),
          count: await rehearsal.store.count(SERVER, 'User'),
          changes: rehearsal.changes,
          seq: made.seq,
        };
      });
      expect(outcome).toMatchObject({ here: 'tried', elsewhere: undefined, count: 2, changes: [newChange('tried')] });
      expect(await store.count(SERVER, 'User')).toBe(1);
      expect(await allChanges(store)).toEqual(before);
      expect((await add(store, newUser('tried'))).seq).toBeGreaterThanOrEqual(outcome.seq);
    });

    it('takes back what a body of it wrote before it failed, also when several begin together', async () => {
      const store = await openFor(open);
      const labels = await store.rehearse(async (rehearsal) => {
        const bodies = ['a', 'b', 'a', 'c'].map((name) =>
          rehearsal.store.transaction(async (transaction) => {
            await transaction.record(newChange(name));
            return transaction.insert(newUser(name));
          }),
        );
        await Promise.allSettled(bodies);
        expect(await rehearsal.store.count(SERVER, 'User')).toBe(3);
        return rehearsal.changes.map(({ label }) => label);
      });
      expect(labels).toEqual(['a', 'b', 'c']);
    });

    it('rejects with what it threw, and others write on', async () => {
      const store = await openFor(open);
      const failing = store.rehearse(async (rehearsal) => {
        await rehearsal.store.transaction((transaction) => transaction.insert(newUser('tried')));
        throw new Error('no');
      });
      const [rehearsed, written] = await Promise.allSettled([failing, add(store, newUser('written'))]);
      expect(rehearsed).toMatchObject({ status: 'rejected', reason: new Error('no') });
      expect(written.status).toBe('fulfilled');
      expect(await store.count(SERVER, 'User')).toBe(1);
    });
  });
}

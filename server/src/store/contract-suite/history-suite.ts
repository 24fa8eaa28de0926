import { describe, expect, it } from 'vitest';
import { newRecord, user } from './provisioning-world-suite.ts';
import {
  add,
  addUsers,
  join,
  NOW,
  newChange,
  newGroup,
  type Open,
  OTHER_SERVER,
  openFor,
  SERVER,
} from './world-suite.ts';

const ALL = Number.MAX_SAFE_INTEGER;

export function historyContract(open: Open): void {
  describe('what is known of one resource', () => {
    it('are its changes, newest first, before a position', async () => {
      const store = await openFor(open);
      await store.transaction(async (transaction) => {
        await transaction.record(newChange('a'));
        await transaction.record(newChange('b'));
        await transaction.record(newChange('a', { kind: 'disabled' }));
        await transaction.record(newChange('a', { server: OTHER_SERVER }));
      });
      const found = await store.changes.of(SERVER, 'a', ALL, 10);
      expect(found.map(({ kind }) => kind)).toEqual(['disabled', 'created']);
      expect(await store.changes.of(SERVER, 'a', ALL, 1)).toEqual(found.slice(0, 1));
      expect(await store.changes.of(SERVER, 'a', found[0]?.n ?? 0, 10)).toEqual(found.slice(1));
    });

    it('are the groups that it joined and left, without who else did', async () => {
      const store = await openFor(open);
      const members = (membersAdded: string[], membersRemoved: string[], server = SERVER) =>
        newChange('g', { type: 'Group', kind: 'members', membersAdded, membersRemoved, server });
      await store.transaction(async (transaction) => {
        await transaction.record(members(['a', 'b'], []));
        await transaction.record(members(['ab'], ['aa']));
        await transaction.record(members(['c'], ['a', 'd']));
        await transaction.record(members(['a'], [], OTHER_SERVER));
        await transaction.record(newChange('a'));
      });
      const { changes, complete } = await store.changes.memberships(SERVER, 'a', ALL, 10);
      expect(complete).toBe(true);
      expect(changes).toMatchObject([
        { id: 'g', membersRemoved: ['a'] },
        { id: 'g', membersAdded: ['a'] },
      ]);
      expect((await store.changes.memberships(SERVER, 'a', changes[0]?.n ?? 0, 10)).changes).toEqual(changes.slice(1));
      const none = { changes: [], complete: true };
      expect(await store.changes.memberships(SERVER, 'nobody', ALL, 10)).toMatchObject(none);
      expect(await store.changes.memberships(3, 'a', ALL, 10)).toMatchObject(none);
    });

    it('are the names of a group’s members, and how many there are up to a number', async () => {
      const store = await openFor(open);
      const users = await addUsers(store, 3, 'named');
      const group = await add(store, newGroup('Sales'));
      await join(store, group, users);
      const page = await store.labelledMembers(group.seq, 0, 2);
      expect(page.map(({ id, type, label }) => [id, type, label])).toEqual([
        [users[0]?.id, 'User', 'named0'],
        [users[1]?.id, 'User', 'named1'],
      ]);
      const rest = await store.labelledMembers(group.seq, page[1]?.seq ?? 0, 2);
      expect(rest.map(({ label }) => label)).toEqual(['named2']);
      expect([await store.countMembers(group.seq, 10), await store.countMembers(group.seq, 2)]).toEqual([3, 2]);
    });

    it('is when an application last did something with it', async () => {
      const store = await openFor(open);
      const record = (at: number) => ({ ...user('u1'), record: { ...newRecord(user('u1')), at } });
      await store.applications.journal(1).settle([record(NOW), record(NOW + 5)]);
      expect(await store.applications.lastRecordAt(1, 'u1')).toBe(NOW + 5);
      expect(await store.applications.lastRecordAt(2, 'u1')).toBeUndefined();
    });
  });
}

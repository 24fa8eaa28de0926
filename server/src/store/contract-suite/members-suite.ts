import type { MemberOperation } from '@rollcall/scim';
import { bindElementFilter, createCatalogue, parseFilter, resolveAttribute } from '@rollcall/scim';
import { describe, expect, it } from 'vitest';
import type { Store, StoredResource } from '../contract.ts';
import {
  add,
  addUsers,
  join,
  memberIds,
  membersOf,
  newGroup,
  newUser,
  type Open,
  OTHER_SERVER,
  openFor,
} from './world-suite.ts';

const idsOf = (resources: readonly { id: string }[]) => resources.map((resource) => resource.id);

const apply = (store: Store, group: StoredResource, ...operations: MemberOperation[]) =>
  store.transaction((transaction) => transaction.applyMembers(group, operations));

export function memberContract(open: Open): void {
  describe('members', () => {
    it('are added once each, and read in order of their creation', async () => {
      const store = await openFor(open);
      const users = await addUsers(store, 5);
      const group = await add(store, newGroup('Sales'));
      const result = await join(store, group, [...users.slice(3), ...users]);
      expect([...result.added].sort()).toEqual(idsOf(users).sort());
      expect(result).toMatchObject({ removed: [], unknown: [] });
      expect(await memberIds(store, group)).toEqual(idsOf(users));
      expect(await join(store, group, users)).toEqual({ added: [], removed: [], unknown: [] });
    });

    it('keep what was sent with them', async () => {
      const store = await openFor(open);
      const [user] = await addUsers(store, 1);
      const inner = await add(store, newGroup('Inner'));
      const group = await add(store, newGroup('Sales'));
      await apply(store, group, {
        op: 'add',
        members: [
          { value: user?.id ?? '', sent: { display: 'Zoë "Z"', $ref: '../Users/1' } },
          { value: inner.id, sent: undefined },
        ],
      });
      expect(await store.members(group.seq, 0, 10)).toEqual([
        { seq: user?.seq, id: user?.id, type: 'User', sent: '{"display":"Zoë \\"Z\\"","$ref":"../Users/1"}' },
        { seq: inner.seq, id: inner.id, type: 'Group', sent: null },
      ]);
    });

    it('are read in pages', async () => {
      const store = await openFor(open);
      const users = await addUsers(store, 25);
      const group = await add(store, newGroup('Sales'));
      await join(store, group, users);
      const read: string[] = [];
      for (let after = 0; ; ) {
        const page = await store.members(group.seq, after, 10);
        read.push(...idsOf(page));
        if (page.length < 10) break;
        after = page.at(-1)?.seq ?? 0;
      }
      expect(read).toEqual(idsOf(users));
    });

    it('say whether there are more than a number of them', async () => {
      const store = await openFor(open);
      const group = await add(store, newGroup('Sales'));
      expect(await store.hasMoreMembersThan(group.seq, 0)).toBe(false);
      await join(store, group, await addUsers(store, 3));
      expect(await store.hasMoreMembersThan(group.seq, 2)).toBe(true);
      expect(await store.hasMoreMembersThan(group.seq, 3)).toBe(false);
    });

    it('that name no resource of the identity server are unknown, each once, and the others are added', async () => {
      const store = await openFor(open);
      const users = await addUsers(store, 2);
      const foreign = await add(store, newUser('foreign', { server: OTHER_SERVER }));
      const group = await add(store, newGroup('Sales'));
      const members = membersOf([...users, { id: 'nobody' }, foreign, { id: 'nobody' }, { id: '' }]);
      for (const op of ['add', 'replace'] as const) {
        const result = await apply(store, group, { op: 'replace', members: [] }, { op, members });
        expect([...result.unknown].sort()).toEqual(['', foreign.id, 'nobody'].sort());
        expect(await memberIds(store, group)).toEqual(idsOf(users));
      }
      const unknown = await store.transaction((transaction) => transaction.unknownMembers(group.server, members));
      expect(unknown.sort()).toEqual(['', foreign.id, 'nobody'].sort());
    });

    it('never include the group itself', async () => {
      const store = await openFor(open);
      const group = await add(store, newGroup('Sales'));
      expect(await join(store, group, [group])).toEqual({ added: [], removed: [], unknown: [] });
      await apply(store, group, { op: 'replace', members: membersOf([group]) });
      expect(await memberIds(store, group)).toEqual([]);
    });

    it('are removed by id, whoever was none before', async () => {
      const store = await openFor(open);
      const users = await addUsers(store, 4);
      const group = await add(store, newGroup('Sales'));
      await join(store, group, users.slice(0, 3));
      const ids = [users[0]?.id ?? '', users[3]?.id ?? '', 'nobody', users[0]?.id ?? ''];
      const result = await apply(store, group, { op: 'remove', ids });
      expect(result).toEqual({ added: [], removed: [users[0]?.id], unknown: [] });
      expect(await memberIds(store, group)).toEqual(idsOf(users.slice(1, 3)));
    });

    it('are replaced by the difference, with what was sent last', async () => {
      const store = await openFor(open);
      const users = await addUsers(store, 6);
      const group = await add(store, newGroup('Sales'));
      await join(store, group, users.slice(0, 4));
      const kept = users[2]?.id ?? '';
      const members = [{ value: kept, sent: { display: 'Kept' } }, ...membersOf(users.slice(3))];
      const result = await apply(store, group, { op: 'replace', members });
      expect([...result.added].sort()).toEqual(idsOf(users.slice(4)).sort());
      expect([...result.removed].sort()).toEqual(idsOf(users.slice(0, 2)).sort());
      expect(await memberIds(store, group)).toEqual(idsOf(users.slice(2)));
      expect((await store.members(group.seq, 0, 1))[0]?.sent).toBe('{"display":"Kept"}');
    });

    it('are all removed by a replace with none', async () => {
      const store = await openFor(open);
      const users = await addUsers(store, 3);
      const group = await add(store, newGroup('Sales'));
      await join(store, group, users);
      const result = await apply(store, group, { op: 'replace', members: [] });
      expect([...result.removed].sort()).toEqual(idsOf(users).sort());
      expect(await memberIds(store, group)).toEqual([]);
    });

    it('are removed by a filter on type, display or what was sent', async () => {
      const store = await openFor(open);
      const group = await add(store, newGroup('Sales'));
      const inner = await add(store, newGroup('Inner'));
      const [babs, mary, john] = await addUsers(store, 3);
      if (babs === undefined || mary === undefined || john === undefined) throw new Error('no users');
      const members = membersOf([inner, babs, mary]);
      await apply(store, group, {
        op: 'add',
        members: [...members, { value: john.id, sent: { type: 'Robot', display: 'R2' } }],
      });
      const removed = async (filter: string) => {
        const operation = { op: 'removeMatching', filter: memberFilter(filter) } as const;
        return (await apply(store, group, operation)).removed;
      };
      expect(await removed('type eq "Group"')).toEqual([inner.id]);
      expect(await removed('display eq "user1"')).toEqual([mary.id]);
      expect(await removed('display eq "user2"')).toEqual([]);
      expect(await removed('type eq "robot" and display sw "R"')).toEqual([john.id]);
      expect(await memberIds(store, group)).toEqual([babs.id]);
    });

    it('end as the operations say in order, and the result is the difference', async () => {
      const store = await openFor(open);
      const users = await addUsers(store, 4);
      const group = await add(store, newGroup('Sales'));
      const [a, b, c, d] = users.map(({ id }) => ({ id }));
      if (!a || !b || !c || !d) throw new Error('no users');
      await join(store, group, [a, b]);
      const result = await apply(
        store,
        group,
        { op: 'remove', ids: [a.id] },
        { op: 'add', members: membersOf([a, c, d]) },
        { op: 'remove', ids: [d.id, b.id] },
      );
      expect(result).toEqual({ added: [c.id], removed: [b.id], unknown: [] });
      expect(await memberIds(store, group)).toEqual([a.id, c.id]);
    });

    it('are exact in lists of thousands', async () => {
      const store = await openFor(open);
      const users = await addUsers(store, 5000);
      const group = await add(store, newGroup('All'));
      expect((await join(store, group, users)).added).toHaveLength(5000);
      const wanted = users.filter((_, index) => index % 3 !== 0);
      const result = await apply(store, group, {
        op: 'replace',
        members: membersOf([...wanted, { id: 'nobody' }]),
      });
      expect(result.removed).toHaveLength(5000 - wanted.length);
      expect(result).toMatchObject({ added: [], unknown: ['nobody'] });
      expect(await memberIds(store, group)).toEqual(idsOf(wanted));
      const even = wanted.filter((_, index) => index % 2 === 0);
      await apply(store, group, { op: 'remove', ids: idsOf(even) });
      expect(await memberIds(store, group)).toEqual(idsOf(wanted.filter((_, index) => index % 2 === 1)));
      const back = await apply(store, group, { op: 'replace', members: membersOf(users) });
      expect(back.added).toHaveLength(5000 - Math.floor(wanted.length / 2));
      const all = await apply(store, group, { op: 'removeMatching', filter: memberFilter('type eq "User"') });
      expect(all.removed).toHaveLength(5000);
    });
  });
}

function memberFilter(text: string) {
  const group = createCatalogue().resourceTypes.get('Group');
  const members = group && resolveAttribute(group, 'members', { guessExtension: false });
  if (members === undefined) throw new Error('no members');
  return bindElementFilter(parseFilter(text), members, { compatibility: 'tolerant', notes: [] });
}

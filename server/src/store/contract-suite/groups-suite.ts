import { describe, expect, it } from 'vitest';
import type { StoredResource } from '../contract.ts';
import {
  add,
  addUsers,
  allChanges,
  join,
  memberIds,
  NOW,
  newGroup,
  newUser,
  type Open,
  openFor,
  SERVER,
} from './world-suite.ts';

const NOTHING = { index: [], unique: [] };
const as = (type: 'direct' | 'indirect', group: StoredResource) => ({ id: group.id, label: group.label, type });

export function groupContract(open: Open): void {
  describe('the groups of a resource', () => {
    it('are none, or those it is a member of', async () => {
      const store = await openFor(open);
      const [babs, mary] = await addUsers(store, 2);
      if (babs === undefined || mary === undefined) throw new Error('no users');
      const sales = await add(store, newGroup('Sales'));
      const research = await add(store, newGroup('Research'));
      await join(store, sales, [babs]);
      await join(store, research, [babs]);
      expect(await store.groupsOf(mary.seq)).toEqual([]);
      expect(await store.groupsOf(babs.seq)).toEqual([as('direct', sales), as('direct', research)]);
    });

    it('include the groups of its groups, each once, direct before indirect (RFC 7643 §4.1.2)', async () => {
      const store = await openFor(open);
      const [babs, mary] = await addUsers(store, 2);
      if (babs === undefined || mary === undefined) throw new Error('no users');
      const company = await add(store, newGroup('Company'));
      const sales = await add(store, newGroup('Sales'));
      const team = await add(store, newGroup('Team'));
      await join(store, company, [sales, mary]);
      await join(store, sales, [team, mary]);
      await join(store, team, [babs]);
      const ofBabs = [as('indirect', company), as('indirect', sales), as('direct', team)];
      const ofMary = [as('direct', company), as('direct', sales)];
      expect(await store.groupsOf(babs.seq)).toEqual(ofBabs);
      expect(await store.groupsOf(mary.seq)).toEqual(ofMary);
      const many = await store.groupsOfMany([babs.seq, mary.seq, company.seq]);
      expect(many(babs.seq)).toEqual(ofBabs);
      expect(many(mary.seq)).toEqual(ofMary);
      expect(many(company.seq)).toEqual([]);
    });

    it('end where groups contain each other in a circle, and no group lists itself', async () => {
      const store = await openFor(open);
      const [babs] = await addUsers(store, 1);
      if (babs === undefined) throw new Error('no user');
      const a = await add(store, newGroup('a'));
      const b = await add(store, newGroup('b'));
      const c = await add(store, newGroup('c'));
      await join(store, a, [b]);
      await join(store, b, [c, babs]);
      await join(store, c, [a]);
      expect(await store.groupsOf(babs.seq)).toEqual([as('indirect', a), as('direct', b), as('indirect', c)]);
      expect(await store.groupsOf(a.seq)).toEqual([as('indirect', b), as('direct', c)]);
    });

    it('of many cost what lies above them once, also where each group is in every other', async () => {
      const store = await openFor(open);
      const users = await addUsers(store, 400);
      const groups: StoredResource[] = [];
      for (let index = 0; index < 250; index++) groups.push(await add(store, newGroup(`group ${index}`)));
      const [first, second, third] = groups;
      if (first === undefined || second === undefined || third === undefined) throw new Error('no groups');
      for (const group of groups) {
        const others = groups.filter((other) => other !== group);
        await join(store, group, group === second ? [...others, ...users] : others);
      }
      const one = await costOf(() => store.groupsOfMany([first.seq]));
      const many = await costOf(() => store.groupsOfMany([...users.map(({ seq }) => seq), third.seq]));
      const groupsOf = await store.groupsOfMany([...users.map(({ seq }) => seq), third.seq]);
      for (const { seq } of users) {
        const found = groupsOf(seq);
        expect([found.length, found[0], found[1]]).toEqual([250, as('indirect', first), as('direct', second)]);
      }
      expect(groupsOf(third.seq)).toEqual(
        groups.filter((group) => group !== third).map((group) => as('direct', group)),
      );
      // Each user on its own would visit the same 62,250 memberships.
      expect(many / one).toBeLessThan(20);
    });

    it('show a group under its new name', async () => {
      const store = await openFor(open);
      const [babs] = await addUsers(store, 1);
      if (babs === undefined) throw new Error('no user');
      const group = await add(store, newGroup('Sales'));
      await join(store, group, [babs]);
      const next = { ...NOTHING, document: '{"displayName":"Trade"}', label: 'Trade' };
      await store.transaction((transaction) => transaction.update(group, NOTHING, next, NOW));
      expect(await store.groupsOf(babs.seq)).toEqual([{ id: group.id, label: 'Trade', type: 'direct' }]);
    });
  });

  describe('deletion', () => {
    it('of a member changes its groups and records that it left them', async () => {
      const store = await openFor(open);
      const user = newUser('babs');
      const babs = await add(store, user);
      const mary = await add(store, newUser('mary'));
      const sales = await add(store, newGroup('Sales'));
      const research = await add(store, newGroup('Research'));
      await join(store, sales, [babs, mary]);
      await store.transaction((transaction) => transaction.delete(babs, user, NOW + 7));
      expect(await memberIds(store, sales)).toEqual([mary.id]);
      expect(await store.byId(SERVER, 'Group', sales.id)).toEqual({ ...sales, version: 2, modified: NOW + 7 });
      expect(await store.byId(SERVER, 'Group', research.id)).toEqual(research);
      expect(await allChanges(store)).toEqual([
        {
          n: expect.any(Number),
          server: SERVER,
          type: 'Group',
          id: sales.id,
          kind: 'members',
          at: NOW + 7,
          label: 'Sales',
          membersRemoved: [babs.id],
        },
      ]);
    });

    it('of a group lets go of its members and leaves the groups it was in', async () => {
      const store = await openFor(open);
      const users = await addUsers(store, 1500);
      const outer = await add(store, newGroup('Outer'));
      const inner = await add(store, newGroup('Inner'));
      await join(store, inner, users);
      await join(store, outer, [inner]);
      await store.transaction((transaction) => transaction.delete(inner, NOTHING, NOW));
      expect(await store.members(inner.seq, 0, 10)).toEqual([]);
      expect(await memberIds(store, outer)).toEqual([]);
      expect(await store.groupsOf(users[0]?.seq ?? 0)).toEqual([]);
      expect((await allChanges(store)).map((change) => change.id)).toEqual([outer.id]);
      expect(await store.count(SERVER, 'User')).toBe(1500);
    });

    it('of a member of very many groups changes every one of them', async () => {
      const store = await openFor(open);
      const user = newUser('babs');
      const babs = await add(store, user);
      const groups = await store.transaction(async (transaction) => {
        const made: StoredResource[] = [];
        for (let index = 0; index < 230; index++) {
          const group = await transaction.insert(newGroup(`group ${index}`));
          await transaction.applyMembers(group, [{ op: 'add', members: [{ value: babs.id, sent: undefined }] }]);
          made.push(group);
        }
        return made;
      });
      await store.transaction((transaction) => transaction.delete(babs, user, NOW));
      expect((await allChanges(store)).map((change) => change.id)).toEqual(groups.map((group) => group.id));
      for (const group of groups) expect(await store.byId(SERVER, 'Group', group.id)).toMatchObject({ version: 2 });
    });
  });
}

/** Milliseconds of this process's own work. */
async function costOf(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

import { describe, expect, it } from 'vitest';
import { add, addUsers, join, newGroup, newUser, type Open, OTHER_SERVER, openFor, SERVER } from './world-suite.ts';

const ids = (resources: readonly { id: string }[]) => resources.map(({ id }) => id).sort();

export function readContract(open: Open): void {
  describe('reads of many', () => {
    it('find resources by their ids, each once, and nothing for an id of another type or server', async () => {
      const store = await openFor(open);
      const users = await addUsers(store, 2500);
      const group = await add(store, newGroup('Sales'));
      const elsewhere = await add(store, newUser('babs', { server: OTHER_SERVER }));
      const asked = [...ids(users), users[0]?.id ?? '', group.id, elsewhere.id, 'nobody'];
      const found = await store.byIds(SERVER, 'User', asked);
      expect(found).toHaveLength(2500);
      expect(ids(found)).toEqual(ids(users));
      expect(found.find(({ id }) => id === users[7]?.id)).toEqual(users[7]);
      expect(await store.byIds(SERVER, 'User', [])).toEqual([]);
    });

    it('walk through a type in order of creation', async () => {
      const store = await openFor(open);
      const before = await addUsers(store, 3, 'before');
      await add(store, newGroup('Sales'));
      await add(store, newUser('babs', { server: OTHER_SERVER }));
      const after = await addUsers(store, 2, 'after');
      const first = await store.list(SERVER, 'User', 0, 4);
      expect(first).toEqual([...before, after[0]]);
      expect(await store.list(SERVER, 'User', first.at(-1)?.seq ?? 0, 4)).toEqual([after[1]]);
    });

    it('name the groups that resources are direct members of', async () => {
      const store = await openFor(open);
      const [babs, jim, alone] = await addUsers(store, 3);
      const sales = await add(store, newGroup('Sales'));
      const all = await add(store, newGroup('All'));
      if (babs === undefined || jim === undefined || alone === undefined) throw new Error('No users');
      await join(store, sales, [babs, jim]);
      await join(store, all, [babs, sales]);
      const parents = await store.parents(SERVER, [babs.id, jim.id, alone.id, sales.id, 'nobody']);
      expect(parents).toHaveLength(4);
      expect(parents).toEqual(
        expect.arrayContaining([
          { id: babs.id, group: sales.id, label: 'Sales' },
          { id: babs.id, group: all.id, label: 'All' },
          { id: jim.id, group: sales.id, label: 'Sales' },
          { id: sales.id, group: all.id, label: 'All' },
        ]),
      );
      expect(await store.parents(OTHER_SERVER, [babs.id])).toEqual([]);
    });
  });
}

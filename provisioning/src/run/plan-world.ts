import type { Journal, Link, Reference, Settlement } from '../journal.ts';
import { keyText } from '../journal.ts';
import type { ObjectKey } from '../source.ts';
import type { Target } from '../target.ts';
import { createLocks } from './locks.ts';
import type { World } from './world.ts';

/**
 * A world in which nothing happens: the directory and the target are read, every decision is made as ever, and what
 * would be written to the target or the journal is kept in memory, so that later decisions see it. No removal is held
 * back: a plan shows them all.
 */
export function planWorld(world: World): World {
  const { settings } = world.rules;
  const rules = { ...world.rules, settings: { ...settings, guard: { ...settings.guard, enabled: false } } };
  // Nobody need wait for it, and it waits for nobody.
  const { seek: _, ...own } = { ...world, locks: createLocks() };
  return { ...own, rules, target: readOnlyTarget(world.target), journal: memoryJournal(world.journal) };
}

function readOnlyTarget(target: Target): Target {
  let created = 0;
  return {
    readsBeforeUpdate: target.readsBeforeUpdate,
    check: target.check,
    find: target.find,
    read: target.read,
    members: target.members,
    create: async () => ({ id: `planned-${++created}`, document: {} }),
    update: async () => undefined,
    delete: async () => {},
    addMembers: async (_group, ids) => ({ done: ids, refused: [] }),
    removeMembers: async (_group, ids) => ({ done: ids, refused: [] }),
    close: async () => {},
  };
}

/** Reads through to the journal, under what was settled here. */
function memoryJournal(journal: Journal): Journal {
  const links = new Map<string, Link | null>();
  const references = new Map<string, readonly Reference[]>();
  const wanted = new Map<string, Map<string, ObjectKey>>();

  const linkOf = (type: ObjectKey['type'], id: string, stored: ReadonlyMap<string, Link>): Link | undefined => {
    const own = links.get(keyText({ type, id }));
    return own === null ? undefined : (own ?? stored.get(id));
  };

  function note({ type, id, link, references: pointed }: Settlement): void {
    const key = keyText({ type, id });
    if (link !== undefined) links.set(key, link);
    if (pointed !== undefined) references.set(key, pointed);
  }

  async function presentIn(group: string): Promise<Set<string>> {
    const present = new Set<string>();
    for (let after: string | undefined, first = true; first || after !== undefined; first = false) {
      const page = await journal.presentMembers(group, after, 1000);
      for (const id of page.items) present.add(id);
      after = page.next;
    }
    return present;
  }

  async function membersOf(group: string): Promise<Map<string, ObjectKey>> {
    const known = wanted.get(group);
    if (known !== undefined) return known;
    const present = await presentIn(group);
    const members = new Map([...present].map((id) => [id, { type: 'User', id } as const]));
    wanted.set(group, members);
    return members;
  }

  const self: Journal = {
    ...journal,
    async links(type, ids) {
      const stored = await journal.links(type, ids);
      return new Map(ids.flatMap((id) => linkOf(type, id, stored) ?? []).map((link) => [link.id, link]));
    },
    async intend() {},
    unsettled: async () => [],
    async settle(settlements) {
      settlements.forEach(note);
    },
    async pendingReferences() {
      const keys: ObjectKey[] = [];
      for (const [key, pointed] of references) {
        const linked = await self.links(
          'User',
          pointed.filter(({ sent }) => sent === null).map((each) => each.wanted),
        );
        if (linked.size > 0) keys.push({ type: 'User', id: key.slice('User '.length) });
      }
      return { items: keys, next: undefined };
    },
    async wantMembers(group, pages) {
      const members = new Map<string, ObjectKey>();
      for await (const page of pages) for (const key of page) members.set(key.id, key);
      wanted.set(group, members);
    },
    async changeMembers(group, added, removed) {
      const members = await membersOf(group);
      for (const key of added) members.set(key.id, key);
      for (const id of removed) members.delete(id);
    },
    async noteMembers() {},
    async pendingMembers(group, what) {
      const link = links.get(`Group ${group}`);
      const isNew = link?.targetId.startsWith('planned-');
      const present = isNew ? new Set<string>() : await presentIn(group);
      const members = await membersOf(group);
      const ids =
        what === 'add'
          ? [...members.keys()].filter((id) => !present.has(id))
          : [...present].filter((id) => !members.has(id));
      const linked = new Map([...(await self.links('User', ids)), ...(await self.links('Group', ids))]);
      return { items: [...linked].map(([member, { targetId }]) => ({ member, targetId })), next: undefined };
    },
    async groupsWithPendingMembers() {
      const groups: string[] = [];
      for (const group of wanted.keys()) {
        const add = await self.pendingMembers(group, 'add', undefined, 1);
        const remove = await self.pendingMembers(group, 'remove', undefined, 1);
        if (add.items.length + remove.items.length > 0) groups.push(group);
      }
      return { items: groups, next: undefined };
    },
  };
  return self;
}

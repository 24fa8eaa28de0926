import type { Journal, ObjectKey } from '@rollcall/provisioning';
import {
  type Arbitrary,
  array,
  assert,
  asyncProperty,
  constant,
  constantFrom,
  oneof,
  record,
  uniqueArray,
} from 'fast-check';
import { describe, expect, it } from 'vitest';
import { everything, group, journalIn, linked, pages, user } from './provisioning-world-suite.ts';
import { type Open, openFor } from './world-suite.ts';

const pending = async (journal: Journal, id: string, what: 'add' | 'remove', limit = 2) =>
  (await everything((after) => journal.pendingMembers(id, what, after, limit))).map(({ member }) => member);
const present = (journal: Journal, id: string) => everything((after) => journal.presentMembers(id, after, 2));
const groups = (journal: Journal) => everything((after) => journal.groupsWithPendingMembers(after, 1));

export function membershipContract(open: Open): void {
  describe('the memberships of an application', () => {
    it('are pending when they are wanted and both ends are linked', async () => {
      const journal = await journalIn(await openFor(open));
      await journal.wantMembers('g', pages([user('b'), user('a')], [group('n'), user('a')]));
      expect(await groups(journal)).toEqual([]);
      await journal.settle([linked(user('a')), linked(user('c')), linked(group('n'))]);
      expect(await pending(journal, 'g', 'add')).toEqual([]);
      await journal.settle([linked(group('g'))]);
      expect(await journal.pendingMembers('g', 'add', undefined, 1)).toEqual({
        items: [{ member: 'a', targetId: 'at-a' }],
        next: 'a',
      });
      expect(await pending(journal, 'g', 'add', 1)).toEqual(['a', 'n']);
      expect(await groups(journal)).toEqual(['g']);
      await journal.settle([linked(user('b'))]);
      expect(await pending(journal, 'g', 'add')).toEqual(['a', 'b', 'n']);
      await journal.settle([{ ...group('g'), membersAdded: ['a', 'b', 'n'] }]);
      expect(await pending(journal, 'g', 'add')).toEqual([]);
      expect(await present(journal, 'g')).toEqual(['a', 'b', 'n']);
      expect(await groups(journal)).toEqual([]);
    });

    it('are pending removals when they are present and no longer wanted', async () => {
      const journal = await journalIn(await openFor(open));
      await journal.settle([linked(group('g')), linked(user('a')), linked(user('b'))]);
      await journal.wantMembers('g', pages([user('a'), user('b')]));
      await journal.settle([{ ...group('g'), membersAdded: ['a', 'b'] }]);
      await journal.wantMembers('g', pages([user('b')]));
      expect(await pending(journal, 'g', 'remove')).toEqual(['a']);
      expect(await pending(journal, 'g', 'add')).toEqual([]);
      await journal.settle([{ ...group('g'), membersRemoved: ['a'] }]);
      expect(await groups(journal)).toEqual([]);
      expect(await present(journal, 'g')).toEqual(['b']);
    });

    it('change one by one, and what was found in the target is known', async () => {
      const journal = await journalIn(await openFor(open));
      await journal.settle([linked(group('g')), ...['a', 'b', 'c'].map((id) => linked(user(id)))]);
      await journal.wantMembers('g', pages([user('a'), user('b')]));
      await journal.changeMembers('g', [user('c')], ['b', 'none']);
      expect(await pending(journal, 'g', 'add')).toEqual(['a', 'c']);
      await journal.noteMembers('g', ['b', 'c']);
      expect(await present(journal, 'g')).toEqual(['b', 'c']);
      expect(await pending(journal, 'g', 'add')).toEqual(['a']);
      expect(await pending(journal, 'g', 'remove')).toEqual(['b']);
    });

    it('are as before when the directory cannot be read to its end', async () => {
      const journal = await journalIn(await openFor(open));
      await journal.settle([linked(group('g')), linked(user('a')), linked(user('b'))]);
      await journal.wantMembers('g', pages([user('a')]));
      async function* broken() {
        yield [user('b')];
        throw new Error('the directory is gone');
      }
      await expect(journal.wantMembers('g', broken())).rejects.toThrow('the directory is gone');
      expect(await pending(journal, 'g', 'add')).toEqual(['a']);
    });

    it('are sent again when a member is linked anew or elsewhere', async () => {
      const journal = await journalIn(await openFor(open));
      await journal.settle([linked(group('g')), linked(user('a')), linked(user('b'))]);
      await journal.wantMembers('g', pages([user('a'), user('b')]));
      await journal.settle([{ ...group('g'), membersAdded: ['a', 'b'] }]);
      await journal.settle([{ ...user('a'), link: null }, linked(user('b'), 'elsewhere')]);
      expect(await present(journal, 'g')).toEqual([]);
      expect(await pending(journal, 'g', 'add')).toEqual(['b']);
      await journal.settle([linked(user('a'))]);
      expect(await pending(journal, 'g', 'add')).toEqual(['a', 'b']);
    });

    it('begin anew with a group that is linked anew, and are sent again to one that is elsewhere', async () => {
      const journal = await journalIn(await openFor(open));
      await journal.settle([linked(group('g')), linked(user('a')), linked(user('b'))]);
      await journal.wantMembers('g', pages([user('a'), user('b')]));
      await journal.settle([{ ...group('g'), membersAdded: ['a', 'b'] }]);
      await journal.changeMembers('g', [], ['b']);
      await journal.settle([linked(group('g'), 'elsewhere')]);
      expect(await pending(journal, 'g', 'add')).toEqual(['a']);
      expect(await pending(journal, 'g', 'remove')).toEqual([]);
      await journal.settle([{ ...group('g'), link: null }, linked(group('g'))]);
      expect(await groups(journal)).toEqual([]);
    });

    it('of thousands are written and read in pages', async () => {
      const journal = await journalIn(await openFor(open));
      const ids = Array.from({ length: 5000 }, (_, index) => `u${String(index).padStart(4, '0')}`);
      await journal.settle([linked(group('g')), ...ids.map((id) => linked(user(id)))]);
      const list = ids.map(user);
      await journal.wantMembers('g', pages(list.slice(0, 3000), list.slice(3000)));
      expect(await pending(journal, 'g', 'add', 1000)).toEqual(ids);
      await journal.settle([{ ...group('g'), membersAdded: ids }]);
      await journal.wantMembers('g', pages(list.slice(0, 1000)));
      expect(await pending(journal, 'g', 'remove', 1000)).toEqual(ids.slice(1000));
      await journal.settle([{ ...group('g'), link: null }]);
      expect(await present(journal, 'g')).toEqual([]);
    });

    it('are what a plain model of them says after any writes', async () => {
      const store = await openFor(open);
      let runs = 0;
      await assert(
        asyncProperty(array(action, { maxLength: 25 }), async (actions) => {
          const journal = await journalIn(store, `app${runs++}`);
          const model = newModel();
          for (const each of actions) await act(journal, model, each);
          for (const id of GROUPS) {
            expect(await pending(journal, id, 'add')).toEqual(model.pending(id, 'add'));
            expect(await pending(journal, id, 'remove')).toEqual(model.pending(id, 'remove'));
            expect(await present(journal, id)).toEqual(model.present(id));
          }
          expect(await groups(journal)).toEqual(GROUPS.filter((id) => model.hasPending(id)));
        }),
        { numRuns: 60 },
      );
    });
  });
}

const GROUPS = ['g1', 'g2'];
const KEYS: readonly ObjectKey[] = [user('a'), user('b'), user('c'), group('g1'), group('g2')];

type Action =
  | { readonly kind: 'link'; readonly key: ObjectKey; readonly target: string }
  | { readonly kind: 'unlink'; readonly key: ObjectKey }
  | { readonly kind: 'want'; readonly group: string; readonly members: readonly ObjectKey[] }
  | {
      readonly kind: 'change' | 'settle';
      readonly group: string;
      readonly members: readonly ObjectKey[];
      readonly gone: readonly ObjectKey[];
    }
  | { readonly kind: 'note'; readonly group: string; readonly members: readonly ObjectKey[] };

const key = constantFrom(...KEYS);
const some = uniqueArray(key, { maxLength: 4 });
const aGroup = constantFrom(...GROUPS);
const action: Arbitrary<Action> = oneof(
  { weight: 3, arbitrary: record({ kind: constant('link' as const), key, target: constantFrom('x', 'y') }) },
  record({ kind: constant('unlink' as const), key }),
  record({ kind: constant('want' as const), group: aGroup, members: some }),
  record({ kind: constantFrom('change' as const, 'settle' as const), group: aGroup, members: some, gone: some }),
  record({ kind: constant('note' as const), group: aGroup, members: some }),
);

/** Memberships as two sets for each group; what is in the target is so only while both ends stay where they are. */
function newModel() {
  const links = new Map<string, string>();
  const sets = () => new Map(GROUPS.map((id) => [id, new Set<string>()]));
  const [wanted, there] = [sets(), sets()];
  const of = (map: Map<string, Set<string>>, id: string) => map.get(id) ?? new Set<string>();
  const pendingOf = (id: string, what: 'add' | 'remove') => {
    if (!links.has(id)) return [];
    const [from, except] = what === 'add' ? [wanted, there] : [there, wanted];
    return [...of(from, id)].filter((member) => links.has(member) && !of(except, id).has(member)).sort();
  };
  return {
    link(id: string, target: string) {
      if (links.get(id) !== target) for (const members of there.values()) members.delete(id);
      if (links.get(id) !== target) there.get(id)?.clear();
      links.set(id, target);
    },
    unlink(id: string) {
      links.delete(id);
      for (const members of there.values()) members.delete(id);
      there.get(id)?.clear();
      wanted.get(id)?.clear();
    },
    want: (id: string, members: readonly string[]) => void wanted.set(id, new Set(members)),
    change(id: string, added: readonly string[], removed: readonly string[]) {
      for (const member of added) wanted.get(id)?.add(member);
      for (const member of removed) wanted.get(id)?.delete(member);
    },
    settle(id: string, added: readonly string[], removed: readonly string[]) {
      for (const member of added) if (links.has(member)) there.get(id)?.add(member);
      for (const member of removed) there.get(id)?.delete(member);
    },
    present: (id: string) => [...of(there, id)].sort(),
    pending: pendingOf,
    hasPending: (id: string) => pendingOf(id, 'add').length + pendingOf(id, 'remove').length > 0,
  };
}

async function act(journal: Journal, model: ReturnType<typeof newModel>, step: Action): Promise<void> {
  const ids = (keys: readonly ObjectKey[]) => keys.map(({ id }) => id);
  switch (step.kind) {
    case 'link':
      await journal.settle([linked(step.key, `${step.target}-${step.key.id}`)]);
      model.link(step.key.id, step.target);
      return;
    case 'unlink':
      await journal.settle([{ ...step.key, link: null }]);
      model.unlink(step.key.id);
      return;
    case 'want':
      await journal.wantMembers(step.group, pages(step.members));
      model.want(step.group, ids(step.members));
      return;
    case 'change':
      await journal.changeMembers(step.group, step.members, ids(step.gone));
      model.change(step.group, ids(step.members), ids(step.gone));
      return;
    case 'settle':
      await journal.settle([{ ...group(step.group), membersAdded: ids(step.members), membersRemoved: ids(step.gone) }]);
      model.settle(step.group, ids(step.members), ids(step.gone));
      return;
    case 'note':
      await journal.noteMembers(step.group, ids(step.members));
      model.settle(step.group, ids(step.members), []);
  }
}

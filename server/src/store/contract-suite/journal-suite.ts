import type { Reference, Settlement } from '@rollcall/provisioning';
import { array, assert, asyncProperty, constantFrom, record as fastRecord } from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  everything,
  group,
  journalIn,
  linked,
  linkTo,
  newEscrow,
  newRecord,
  newStaged,
  user,
} from './provisioning-world-suite.ts';
import { NOW, type Open, openFor } from './world-suite.ts';

const MINUTE = 60_000;
const manager = (wanted: string, sent: string | null) => ({ path: 'manager', wanted, sent });

export function journalContract(open: Open): void {
  describe('the journal of an application', () => {
    it('gives links back as they were settled last', async () => {
      const journal = await journalIn(await openFor(open));
      const full = linkTo(user('u1'), 't1', {
        state: 'disabled',
        sent: new Map<string, string | boolean>([
          ['__proto__', 'x'],
          ['active', true],
        ]),
        echoed: new Map([['emails', [{ value: 'a' }]]]),
        sourceVersion: 4,
        membersVersion: 3,
        adopted: true,
        deleteAt: NOW + 5,
      });
      await journal.settle([linked(user('u1')), linked(user('u2')), linked(group('u1'))]);
      await journal.settle([{ ...user('u1'), link: full }, user('u2')]);
      const links = await journal.links('User', ['u2', 'u1', 'none']);
      expect(links).toEqual(
        new Map([
          ['u1', full],
          ['u2', linkTo(user('u2'))],
        ]),
      );
      expect(await journal.linkOfTarget('User', 't1')).toEqual(full);
      expect(await journal.linkOfTarget('User', 'at-u1')).toBeUndefined();
      expect(await journal.linkOfTarget('Group', 'at-u1')).toEqual(linkTo(group('u1')));
      await journal.settle([{ ...user('u1'), link: null }]);
      expect([...(await journal.links('User', ['u1', 'u2'])).keys()]).toEqual(['u2']);
    });

    it('pages through links, counts them, and knows which are to be deleted', async () => {
      const journal = await journalIn(await openFor(open));
      const keys = ['a', 'b', 'c', 'd', 'e'].map(user);
      await journal.settle([...keys.map((key) => linked(key)), linked(group('g'))]);
      const due = (id: string, deleteAt: number) => ({
        ...user(id),
        link: linkTo(user(id), 't', { state: 'disabled', deleteAt }),
      });
      await journal.settle([due('c', NOW + 2), due('a', NOW + 3), due('d', NOW + 4)]);
      const all = await everything((after) => journal.listLinks('User', after, 2));
      expect(all.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd', 'e']);
      expect((await journal.listLinks('User', 'c', 2)).next).toBeUndefined();
      expect(await journal.countLinks()).toEqual({ users: 5, groups: 1, active: 3 });
      expect(await journal.dueDeletions(NOW + 3, 9)).toEqual([user('c'), user('a')]);
      expect(await journal.dueDeletions(NOW + 9, 1)).toEqual([user('c')]);
    });

    it('keeps one intent for each object until it is done', async () => {
      const journal = await journalIn(await openFor(open));
      await journal.intend([
        { ...user('u1'), verb: 'create', at: NOW },
        { ...group('u1'), verb: 'delete', at: NOW + 2 },
      ]);
      await journal.intend([{ ...user('u1'), verb: 'update', at: NOW + 1 }]);
      const first = { ...user('u1'), verb: 'update', at: NOW + 1 } as const;
      expect(await journal.unsettled(9)).toEqual([first, { ...group('u1'), verb: 'delete', at: NOW + 2 }]);
      expect(await journal.unsettled(1)).toEqual([first]);
      await journal.settle([user('u1'), { ...group('u1'), done: true }]);
      expect(await journal.unsettled(Number.MAX_SAFE_INTEGER)).toEqual([first]);
    });

    it('stores nothing of settlements of which one cannot be stored', async () => {
      const journal = await journalIn(await openFor(open));
      await journal.settle([linked(user('u1'))]);
      await journal.intend([{ ...user('u1'), verb: 'delete', at: NOW }]);
      const circle: Record<string, unknown> = {};
      circle.self = circle;
      const broken = { ...linked(user('u3')), record: newRecord(user('u3'), { steps: circle as never }) };
      const settlements: Settlement[] = [
        { ...user('u1'), link: null, removedAt: NOW, done: true, record: newRecord(user('u1')) },
        { ...linked(user('u2')), entryEscrow: newEscrow(user('u2')), references: [manager('u1', null)] },
        broken,
      ];
      await expect(journal.settle(settlements)).rejects.toThrow('circular');
      expect([...(await journal.links('User', ['u1', 'u2', 'u3'])).keys()]).toEqual(['u1']);
      expect(await journal.unsettled(9)).toHaveLength(1);
      expect(await journal.escrows([user('u2')])).toEqual([]);
      expect(await journal.references([user('u2')])).toEqual(new Map());
      expect(await journal.window(0)).toEqual({ removals: 0, succeeded: 0, failed: 0, failedReferences: 0 });
    });

    it('keeps an escrow of each kind until it is cleared or too old', async () => {
      const journal = await journalIn(await openFor(open));
      const entry = newEscrow(user('u1'));
      const reference = newEscrow(user('u1'), { kind: 'reference', code: 'MemberRefused', nextAt: NOW + 500 });
      const other = newEscrow(group('g'), { attempts: 3, firstAt: NOW - 5, nextAt: NOW + 2000 });
      expect(await journal.countEscrows()).toEqual({ entry: 0, reference: 0, nextAt: undefined });
      await journal.settle([
        { ...user('u1'), entryEscrow: newEscrow(user('u1'), { attempts: 9 }), referenceEscrow: reference },
        { ...group('g'), entryEscrow: other },
      ]);
      await journal.settle([{ ...user('u1'), entryEscrow: entry }]);
      expect(await journal.escrows([user('u1'), user('none')])).toEqual(expect.arrayContaining([entry, reference]));
      expect(await journal.dueEscrows(NOW + 1000, 9)).toEqual([reference, entry]);
      expect(await journal.dueEscrows(NOW + 5000, 1)).toEqual([reference]);
      expect(await journal.countEscrows()).toEqual({ entry: 2, reference: 1, nextAt: NOW + 500 });
      await journal.settle([{ ...user('u1'), referenceEscrow: null }]);
      expect(await journal.escrows([user('u1')])).toEqual([entry]);
      expect(await journal.dropEscrows(NOW)).toBe(1);
      expect(await journal.countEscrows()).toEqual({ entry: 1, reference: 0, nextAt: NOW + 1000 });
    });

    it('keeps all references that an object has, and no others', async () => {
      const journal = await journalIn(await openFor(open));
      await journal.settle([
        { ...user('u1'), references: [manager('u2', null), { ...manager('u3', 'x'), path: 'a' }] },
      ]);
      expect(await journal.references([user('u1'), group('u1')])).toEqual(
        new Map([['User u1', [{ ...manager('u3', 'x'), path: 'a' }, manager('u2', null)]]]),
      );
      await journal.settle([{ ...user('u1'), references: [manager('u4', null)] }]);
      expect(await journal.references([user('u1')])).toEqual(new Map([['User u1', [manager('u4', null)]]]));
      await journal.settle([{ ...linked(user('u1')) }]);
      await journal.settle([{ ...user('u1'), link: null }]);
      expect(await journal.references([user('u1')])).toEqual(new Map());
    });

    it('finds references that wait for a link, or point elsewhere than it', async () => {
      const journal = await journalIn(await openFor(open));
      const pending = () => everything((after) => journal.pendingReferences(after, 2));
      const below = ['a', 'b', 'c'].map(user);
      await journal.settle(below.map((key) => ({ ...linked(key), references: [manager('boss', null)] })));
      expect(await pending()).toEqual([]);
      await journal.settle([linked(user('boss'), 't1')]);
      expect(await pending()).toEqual(below);
      await journal.settle(below.map((key) => ({ ...key, references: [manager('boss', 't1')] })));
      expect(await pending()).toEqual([]);
      await journal.settle([linked(user('boss'), 't2')]);
      expect(await pending()).toEqual(below);
      await journal.settle([{ ...user('boss'), link: null }]);
      expect(await pending()).toEqual([]);
      await journal.settle([linked(user('boss'), 't1')]);
      expect(await pending()).toEqual([]);
    });

    it('finds the same references as one who looks at them all, after any settlements', async () => {
      const store = await openFor(open);
      const id = constantFrom('a', 'b', 'c');
      const step = fastRecord({
        id,
        target: constantFrom('x', 'y', null, undefined),
        wanted: constantFrom('a', 'b', 'c', undefined),
        sent: constantFrom('x', 'y', null),
      });
      let runs = 0;
      await assert(
        asyncProperty(array(step, { maxLength: 12 }), async (steps) => {
          const journal = await journalIn(store, `app${runs++}`);
          const links = new Map<string, string>();
          const references = new Map<string, Reference>();
          for (const { id, target, wanted, sent } of steps) {
            const link = target == null ? target : linkTo(user(id), target);
            const reference = wanted === undefined ? undefined : [manager(wanted, sent)];
            await journal.settle([{ ...user(id), link, references: reference }]);
            if (target === null) references.delete(id);
            if (target === null) links.delete(id);
            else if (target !== undefined) links.set(id, target);
            if (wanted !== undefined) references.set(id, manager(wanted, sent));
          }
          const differs = ({ wanted, sent }: Reference) => links.has(wanted) && links.get(wanted) !== sent;
          const expected = ['a', 'b', 'c'].filter((each) => [references.get(each) ?? []].flat().some(differs));
          expect(await everything((after) => journal.pendingReferences(after, 1))).toEqual(expected.map(user));
        }),
        { numRuns: 60 },
      );
    });

    it('keeps staged removals until they are forgotten, and counts those that wait', async () => {
      const journal = await journalIn(await openFor(open));
      const [first, second] = [newStaged(user('u1'), { at: NOW + 1 }), newStaged(group('g'), { action: 'delete' })];
      await journal.settle([
        { ...user('u1'), staged: first },
        { ...group('g'), staged: second },
      ]);
      expect(await journal.listStaged('waiting', 9)).toEqual([second, first]);
      expect(await journal.listStaged('waiting', 1)).toEqual([second]);
      const rejected = { ...first, state: 'rejected' } as const;
      await journal.settle([{ ...user('u1'), staged: rejected }]);
      expect(await journal.countStaged()).toBe(1);
      expect(await journal.staged([user('u1'), user('g')])).toEqual(new Map([['User u1', rejected]]));
      await journal.settle([{ ...group('g'), staged: null }]);
      expect(await journal.countStaged()).toBe(0);
    });

    it('counts removals to the millisecond and outcomes to the minute', async () => {
      const journal = await journalIn(await openFor(open));
      const at = Math.floor(NOW / MINUTE) * MINUTE;
      const outcome = (
        id: string,
        offset: number,
        values: Partial<Settlement>,
        status: 'success' | 'failure' | 'skipped',
      ) => ({ ...user(id), ...values, record: newRecord(user(id), { at: at + offset, status }) }) satisfies Settlement;
      await journal.settle([
        outcome('a', -1, { removedAt: at - 1 }, 'success'),
        outcome('b', 1, { removedAt: at + 1 }, 'success'),
        outcome('c', 1, { removedAt: at + 1 }, 'success'),
        outcome('c', 2, { removedAt: at + 1 }, 'success'),
        outcome('d', 3, { entryEscrow: newEscrow(user('d')) }, 'failure'),
        outcome('e', MINUTE, { referenceEscrow: newEscrow(user('e'), { kind: 'reference' }) }, 'failure'),
        outcome('f', MINUTE, {}, 'skipped'),
        user('g'),
      ]);
      expect(await journal.window(at)).toEqual({ removals: 3, succeeded: 3, failed: 1, failedReferences: 1 });
      expect(await journal.window(at + 1)).toMatchObject({ removals: 3 });
      expect(await journal.window(at + 2)).toMatchObject({ removals: 0 });
      expect(await journal.window(at - 1)).toMatchObject({ removals: 4, succeeded: 4 });
      expect(await journal.window(at + MINUTE)).toEqual({ removals: 0, succeeded: 0, failed: 0, failedReferences: 1 });
    });
  });
}

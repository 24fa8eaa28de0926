import { describe, expect, it } from 'vitest';
import type { Job, StoredAssignment, StoredPlan, StoredPlanItem } from '../application-contract.ts';
import { UniqueConflict } from '../contract.ts';
import {
  group,
  linked,
  linkTo,
  newApplication,
  newCycle,
  newEscrow,
  newRecord,
  newStaged,
  pages,
  user,
} from './provisioning-world-suite.ts';
import { NOW, type Open, openFor } from './world-suite.ts';

const assignment = (application: number, id: string, values: Partial<StoredAssignment> = {}): StoredAssignment => ({
  application,
  type: 'User',
  id,
  nested: false,
  created: NOW,
  ...values,
});

const plan = (id: string, application: number, values: Partial<StoredPlan> = {}): StoredPlan => ({
  id,
  application,
  state: 'open',
  created: NOW,
  by: 'local',
  appliedAt: null,
  appliedBy: null,
  counts: { create: 2 },
  ...values,
});

const item = (planId: string, n: number, values: Partial<StoredPlanItem> = {}): StoredPlanItem => ({
  plan: planId,
  n,
  type: 'User',
  sourceId: `u${n}`,
  label: `u${n}`,
  action: 'create',
  reason: 'It is in scope.',
  fingerprint: 'f',
  changes: [{ path: 'userName', from: null, to: `u${n}` }],
  state: 'open',
  outcome: null,
  ...values,
});

export function applicationContract(open: Open): void {
  describe('applications', () => {
    it('are kept as they were added and saved', async () => {
      const { applications } = await openFor(open);
      const wiki = await applications.add(newApplication('wiki', { profile: { patch: true } }));
      expect(wiki).toEqual({ ...newApplication('wiki', { profile: { patch: true } }), key: wiki.key, removing: false });
      const chat = await applications.add(newApplication('chat'));
      expect(chat.key).not.toBe(wiki.key);
      const saved = {
        ...chat,
        name: 'Chat',
        connection: { baseUrl: 'https://chat', credentials: { kind: 'token' }, dialect: 'rfc', expires: NOW },
        modified: NOW + 1,
      } as const;
      await applications.save(saved);
      expect(await applications.list()).toEqual([wiki, saved]);
    });

    it('keep job, profile and secret apart from what is saved', async () => {
      const { applications } = await openFor(open);
      const wiki = await applications.add(newApplication('wiki'));
      const job: Job = { ...wiki.job, status: 'active', watermark: 7, rulesHash: 'r' };
      await applications.changeJob(wiki.key, () => job);
      await applications.saveProfile(wiki.key, { bulk: false });
      await applications.saveSecret(wiki.key, 'encrypted');
      await applications.save(wiki);
      expect(await applications.list()).toEqual([{ ...wiki, job, profile: { bulk: false } }]);
      expect(await applications.secret(wiki.key)).toBe('encrypted');
      await applications.saveSecret(wiki.key, null);
      await applications.saveProfile(wiki.key, null);
      expect(await applications.secret(wiki.key)).toBeNull();
      expect((await applications.list())[0]?.profile).toBeNull();
    });

    it('change a job as it is by then, however many do so at once', async () => {
      const { applications } = await openFor(open);
      const { key, job } = await applications.add(newApplication('wiki'));
      const changes = await Promise.all([
        applications.changeJob(key, (now) => ({ ...now, status: 'paused' })),
        applications.changeJob(key, (now) => ({ ...now, watermark: 7 })),
        ...Array.from({ length: 8 }, () =>
          applications.changeJob(key, (now) => ({ ...now, steadySince: (now.steadySince ?? 0) + 1 })),
        ),
      ]);
      const after = { ...job, status: 'paused', watermark: 7, steadySince: 8 } as const;
      // Whichever comes first, each begins where another has ended.
      const texts = (of: readonly Job[]) => of.map((one) => JSON.stringify(one)).sort();
      expect(texts([...changes.map((change) => change.before), after])).toEqual(
        texts([job, ...changes.map((change) => change.after)]),
      );
      expect(await applications.changeJob(key, (now) => now)).toEqual({ before: after, after });
      expect((await applications.list())[0]?.job).toEqual(after);
      await expect(applications.changeJob(key + 1, (now) => now)).rejects.toThrow('There is no application');
    });

    it('refuse a slug that another one has, unless that one is being removed', async () => {
      const { applications } = await openFor(open);
      const wiki = await applications.add(newApplication('wiki'));
      const chat = await applications.add(newApplication('chat'));
      const second = applications.add(newApplication('wiki', { id: 'other' }));
      await expect(second).rejects.toEqual(new UniqueConflict('slug', 'wiki', wiki.id));
      await expect(applications.save({ ...chat, slug: 'wiki' })).rejects.toBeInstanceOf(UniqueConflict);
      await applications.save({ ...wiki, removing: true });
      await applications.save({ ...chat, slug: 'wiki' });
      expect((await applications.list()).map(({ slug, removing }) => [slug, removing])).toEqual([
        ['wiki', true],
        ['wiki', false],
      ]);
    });

    it('go in steps, with all that is theirs and nothing of others', async () => {
      const { applications } = await openFor(open);
      const [gone, kept] = [await applications.add(newApplication('a')), await applications.add(newApplication('b'))];
      for (const { key } of [gone, kept]) {
        const journal = applications.journal(key);
        await applications.assign([assignment(key, 'u1')]);
        await journal.settle([
          { ...linked(user('u1')), removedAt: NOW, record: newRecord(user('u1')), staged: newStaged(user('u1')) },
          { ...linked(group('g1')), entryEscrow: newEscrow(group('g1')) },
        ]);
        await journal.settle([{ ...user('u2'), references: [{ path: 'manager', wanted: 'u1', sent: null }] }]);
        await journal.changeMembers('g1', [user('u1'), user('u2')], []);
        await journal.intend([{ ...user('u1'), verb: 'update', at: NOW }]);
        await applications.saveCycle(newCycle(`c${key}`, key));
        await applications.addPlan(plan(`p${key}`, key), pages([item(`p${key}`, 1)]));
      }
      await expect(applications.purge(gone.key, 3)).rejects.toThrow('not being removed');
      await applications.save({ ...gone, removing: true });
      let steps = 1;
      while (!(await applications.purge(gone.key, 3))) steps++;
      expect(steps).toBeGreaterThan(2);
      expect(await applications.purge(gone.key, 3)).toBe(true);
      expect(await applications.list()).toEqual([kept]);
      const holdings = async (key: number) => {
        const journal = applications.journal(key);
        return [
          await applications.assignments(key),
          (await applications.cycles(key, 9)).length,
          (await applications.plans(key)).length,
          (await applications.planItems(`p${key}`, 0, 9)).length,
          (await applications.log({ application: key, limit: 9 })).length,
          await journal.countLinks(),
          await journal.countEscrows(),
          await journal.countStaged(),
          (await journal.unsettled(9)).length,
          (await journal.window(0)).removals + (await journal.window(0)).succeeded,
          (await journal.references([user('u2')])).size,
          (await journal.pendingMembers('g1', 'add', undefined, 9)).items.length,
        ];
      };
      const nothing = { users: 0, groups: 0, active: 0 };
      const none = { entry: 0, reference: 0, nextAt: undefined };
      expect(await holdings(gone.key)).toEqual([[], 0, 0, 0, 0, nothing, none, 0, 0, 0, 0, 0]);
      const all = { users: 1, groups: 1, active: 2 };
      const one = { entry: 1, reference: 0, nextAt: NOW + 1000 };
      expect(await holdings(kept.key)).toEqual([[assignment(kept.key, 'u1')], 1, 1, 1, 1, all, one, 1, 1, 2, 1, 1]);
    });

    it('keep assignments, each as it was assigned last', async () => {
      const { applications } = await openFor(open);
      await applications.assign([assignment(1, 'u1'), assignment(1, 'g1', { type: 'Group' }), assignment(2, 'u1')]);
      await applications.assign([assignment(1, 'g1', { type: 'Group', nested: true })]);
      await applications.unassign(1, ['u1', 'nobody']);
      expect(await applications.assignments(1)).toEqual([assignment(1, 'g1', { type: 'Group', nested: true })]);
      expect(await applications.assignments(2)).toEqual([assignment(2, 'u1')]);
      const many = Array.from({ length: 1200 }, (_, index) => assignment(3, `u${index}`));
      await applications.assign(many);
      expect(await applications.assignments(3)).toHaveLength(1200);
      await applications.unassign(
        3,
        many.map(({ id }) => id),
      );
      expect(await applications.assignments(3)).toEqual([]);
    });

    it('forget links with what hangs on them, escrows or staged removals when they are reset', async () => {
      const { applications } = await openFor(open);
      const journal = applications.journal(1);
      const fill = async (of = journal) => {
        await of.settle([
          { ...linked(user('u1')), entryEscrow: newEscrow(user('u1')), staged: newStaged(user('u1')) },
          { ...linked(group('g1')), references: [{ path: 'manager', wanted: 'u1', sent: 'at-u1' }] },
        ]);
        await of.changeMembers('g1', [user('u1')], []);
      };
      await fill();
      await fill(applications.journal(2));
      await applications.reset(1, ['escrows']);
      expect([(await journal.countEscrows()).entry, await journal.countStaged()]).toEqual([0, 1]);
      await applications.reset(1, ['staged']);
      expect([(await journal.countLinks()).active, await journal.countStaged()]).toEqual([2, 0]);
      await applications.reset(1, ['links']);
      expect(await journal.countLinks()).toEqual({ users: 0, groups: 0, active: 0 });
      expect(await journal.references([group('g1')])).toEqual(new Map());
      await journal.settle([linked(user('u1')), linked(group('g1'))]);
      expect(await journal.pendingMembers('g1', 'add', undefined, 9)).toEqual({ items: [], next: undefined });
      const other = applications.journal(2);
      expect((await other.countLinks()).active).toBe(2);
      expect((await other.pendingMembers('g1', 'add', undefined, 9)).items).toHaveLength(1);
    });

    it('keep cycles, each as it was saved last, and list the newest first', async () => {
      const { applications } = await openFor(open);
      await applications.saveCycle(newCycle('c1', 1));
      await applications.saveCycle(newCycle('c2', 1, { began: NOW + 1 }));
      await applications.saveCycle(newCycle('other', 2));
      const ended = newCycle('c1', 1, { ended: NOW + 2, state: 'failed', phase: 'end', error: 'no' });
      await applications.saveCycle(ended);
      expect(await applications.cycles(1, 9)).toEqual([newCycle('c2', 1, { began: NOW + 1 }), ended]);
      expect(await applications.cycles(1, 1)).toHaveLength(1);
      expect(await applications.cycle('c1')).toEqual(ended);
      expect(await applications.cycle('none')).toBeUndefined();
    });

    it('keep a plan with its items, which change one by one', async () => {
      const { applications } = await openFor(open);
      await applications.addPlan(plan('p1', 1), pages([item('p1', 1), item('p1', 2)], [item('p1', 3)]));
      await applications.addPlan(plan('p2', 1, { created: NOW + 1 }), pages());
      expect(await applications.plans(1)).toEqual([plan('p2', 1, { created: NOW + 1 }), plan('p1', 1)]);
      expect(await applications.planItems('p1', 0, 2)).toEqual([item('p1', 1), item('p1', 2)]);
      const refused = item('p1', 3, { state: 'refused', outcome: 'It has changed.' });
      await applications.savePlanItems([refused]);
      expect(await applications.planItems('p1', 2, 9)).toEqual([refused]);
      const applied = plan('p1', 1, { state: 'applied', appliedAt: NOW + 2, appliedBy: 'babs' });
      await applications.savePlan(applied);
      expect(await applications.plan('p1')).toEqual(applied);
      expect(await applications.plan('none')).toBeUndefined();
    });

    it('keep nothing of a plan whose items end with an error', async () => {
      const { applications } = await openFor(open);
      async function* broken() {
        yield [item('p1', 1)];
        throw new Error('the directory is gone');
      }
      await expect(applications.addPlan(plan('p1', 1), broken())).rejects.toThrow('the directory is gone');
      expect(await applications.plan('p1')).toBeUndefined();
      await applications.addPlan(plan('p1', 1), pages([item('p1', 2)]));
      expect(await applications.planItems('p1', 0, 9)).toEqual([item('p1', 2)]);
    });

    it('keep an audit log that is read from its end', async () => {
      const { applications } = await openFor(open);
      const entry = { at: NOW, who: 'local', from: null, action: 'application.created', subject: 'wiki' } as const;
      await applications.audit({ ...entry, before: null, after: { name: 'Wiki' } });
      await applications.audit({ ...entry, subject: 'chat', from: '::1', before: { a: 1 }, after: null });
      await applications.audit({ ...entry, action: 'application.removed', before: null, after: null });
      const [third, second, first] = await applications.auditLog({ limit: 9 });
      expect(first).toEqual({ ...entry, n: first?.n, before: null, after: { name: 'Wiki' } });
      expect(second).toMatchObject({ subject: 'chat', from: '::1', before: { a: 1 }, after: null });
      expect(await applications.auditLog({ subject: 'wiki', limit: 9 })).toEqual([third, first]);
      expect(await applications.auditLog({ before: second?.n, limit: 1 })).toEqual([first]);
    });

    it('lose what is old of logs and ended cycles, a limited number at a time', async () => {
      const { applications } = await openFor(open);
      const journal = applications.journal(1);
      const at = (offset: number) => newRecord(user(`u${offset}`), { at: NOW + offset });
      await journal.settle([0, 1, 5].map((offset) => ({ ...user(`u${offset}`), record: at(offset) })));
      await applications.saveCycle(newCycle('old', 1, { ended: NOW + 1 }));
      await applications.saveCycle(newCycle('running', 1));
      await applications.saveCycle(newCycle('new', 1, { ended: NOW + 5 }));
      const entry = { who: 'local', from: null, action: 'a', subject: 's', before: null, after: null };
      for (const offset of [0, 5]) await applications.audit({ ...entry, at: NOW + offset });
      expect(await applications.prune(NOW + 5, 3)).toBe(3);
      expect(await applications.prune(NOW + 5, 3)).toBe(1);
      expect(await applications.prune(NOW + 5, 3)).toBe(0);
      expect((await applications.log({ application: 1, limit: 9 })).map(({ id }) => id)).toEqual(['u5']);
      expect((await applications.cycles(1, 9)).map(({ id }) => id).sort()).toEqual(['new', 'running']);
      expect(await applications.auditLog({ limit: 9 })).toHaveLength(1);
    });

    it('keep the journals of two applications apart', async () => {
      const { applications } = await openFor(open);
      const [one, two] = [applications.journal(1), applications.journal(2)];
      await one.settle([linked(user('u1'), 'x')]);
      await two.settle([linked(user('u1'), 'y')]);
      expect(await one.links('User', ['u1'])).toEqual(new Map([['u1', linkTo(user('u1'), 'x')]]));
      expect(await two.linkOfTarget('User', 'x')).toBeUndefined();
    });
  });
}

import { setTimeout as pause } from 'node:timers/promises';
import { createTally } from '@rollcall/provisioning';
import { describe, expect, it } from 'vitest';
import { LeaseLost, type News } from '../work-contract.ts';
import { newApplication } from './provisioning-world-suite.ts';
import { type Open, openFor } from './world-suite.ts';

const APPLICATION = 7;
const OTHER = 8;

const news = (cause: string, more: Partial<News> = {}): News => ({
  application: APPLICATION,
  cause,
  size: 0,
  memory: 60_000,
  ...more,
});
const mail = (subject: string, recipient = 'ops@example.org') => ({ recipient, subject, text: `${subject}.` });

export function workContract(open: Open): void {
  describe('leases', () => {
    it('give every holder a greater fence, and tell a process what it holds', async () => {
      const { leases } = (await openFor(open)).work;
      await leases.heartbeat({ id: 'a', roles: ['worker'] }, 60_000);
      expect(await leases.acquire(APPLICATION, 'a')).toBe(1);
      expect(await leases.acquire(OTHER, 'a')).toBe(1);
      await leases.release(APPLICATION, 1);
      expect(await leases.acquire(APPLICATION, 'a')).toBe(2);
      expect(await leases.heartbeat({ id: 'a', roles: ['worker'] }, 60_000)).toEqual(
        new Map([
          [APPLICATION, 2],
          [OTHER, 1],
        ]),
      );
      expect(await leases.holder(APPLICATION)).toBe('a');
      expect(await leases.processes()).toEqual([{ id: 'a', roles: ['worker'] }]);
      await leases.leave('a');
      expect(await leases.holder(APPLICATION)).toBeUndefined();
      expect(await leases.processes()).toEqual([]);
    });

    it('show the progress of the holder alone', async () => {
      const { leases } = (await openFor(open)).work;
      await leases.heartbeat({ id: 'a', roles: [] }, 60_000);
      await leases.acquire(APPLICATION, 'a');
      await leases.saveProgress(APPLICATION, 1, { phase: 'users' });
      expect(await leases.progress(APPLICATION)).toEqual({ phase: 'users' });
      await leases.release(APPLICATION, 1);
      expect(await leases.progress(APPLICATION)).toBeUndefined();
      await leases.acquire(APPLICATION, 'a');
      await leases.saveProgress(APPLICATION, 2, { phase: 'groups' });
      await leases.saveProgress(APPLICATION, 1, { phase: 'of before' });
      expect(await leases.progress(APPLICATION)).toEqual({ phase: 'groups' });
    });
  });

  describe('orphans', () => {
    const connection = { baseUrl: 'https://x', credentials: { kind: 'none' }, dialect: 'rfc', expires: null } as const;

    it('are applications with an active job, or with something asked of them, that nobody holds', async () => {
      const { applications, work } = await openFor(open);
      const { job } = newApplication('x');
      const add = async (slug: string, status: typeof job.status) =>
        (await applications.add(newApplication(slug, { connection, job: { ...job, status } }))).key;
      const active = await add('active', 'active');
      const paused = await add('paused', 'paused');
      const held = await add('held', 'active');
      await work.leases.heartbeat({ id: 'a', roles: [] }, 60_000);
      await work.leases.acquire(held, 'a');
      expect(await work.leases.orphans()).toEqual([active]);
      await work.requests.add({ id: 'r1', application: paused, kind: 'plan', data: null });
      expect(await work.leases.orphans()).toEqual([active, paused]);
      await work.leases.leave('a');
      expect(await work.leases.orphans()).toEqual([active, paused, held]);
    });
  });

  describe('requests', () => {
    it('are given out once for each fence, and answered under it alone', async () => {
      const { leases, requests } = (await openFor(open)).work;
      await leases.heartbeat({ id: 'a', roles: [] }, 60_000);
      const request = { id: 'r1', application: APPLICATION, kind: 'onDemand', data: { keys: ['x'] } };
      await requests.add(request);
      expect(await requests.look('r1')).toEqual({ outcome: undefined, taken: false });
      await leases.acquire(APPLICATION, 'a');
      expect(await leases.asked('a')).toEqual([APPLICATION]);
      expect(await requests.take(APPLICATION, 1, 60_000)).toEqual([request]);
      expect(await leases.asked('a')).toEqual([]);
      expect(await requests.take(APPLICATION, 1, 60_000)).toEqual([]);
      expect(await requests.take(OTHER, 5, 60_000)).toEqual([]);
      await leases.release(APPLICATION, 1);
      await leases.acquire(APPLICATION, 'b');
      expect(await requests.take(APPLICATION, 2, 60_000)).toEqual([request]);
      await expect(requests.answer('r1', 1, 'late')).rejects.toThrow(LeaseLost);
      await requests.answer('r1', 2, ['done']);
      expect(await requests.look('r1')).toEqual({ outcome: ['done'], taken: true });
      await requests.remove('r1');
      expect(await requests.look('r1')).toBeUndefined();
    });

    it('are left alone when they are old', async () => {
      const { requests } = (await openFor(open)).work;
      await requests.add({ id: 'r1', application: APPLICATION, kind: 'plan', data: null });
      await pause(20);
      expect(await requests.take(APPLICATION, 1, 5)).toEqual([]);
      await requests.prune(5);
      expect(await requests.look('r1')).toBeUndefined();
    });
  });

  describe('the outbox', () => {
    it('hands the mails to one address out in their order, and lets those to others pass', async () => {
      const { outbox } = (await openFor(open)).work;
      await outbox.add(news('first'), [mail('first'), mail('first', 'hr@example.org')], 100);
      await outbox.add(news('second'), [mail('second')], 100);
      const first = await outbox.take(APPLICATION, 60_000);
      expect(first).toEqual({ n: 1, application: APPLICATION, ...mail('first'), tries: 0 });
      expect(await outbox.take(APPLICATION, 60_000)).toMatchObject(mail('first', 'hr@example.org'));
      expect(await outbox.take(APPLICATION, 60_000)).toBeUndefined();
      await outbox.postpone(1, 1, 0);
      expect(await outbox.take(APPLICATION, 60_000)).toMatchObject({ subject: 'first', tries: 1 });
      await outbox.remove(1);
      expect(await outbox.take(APPLICATION, 60_000)).toMatchObject({ subject: 'second', tries: 0 });
      expect(await outbox.applications()).toEqual([APPLICATION]);
      expect(await outbox.next(APPLICATION)).toBeGreaterThan(50_000);
      expect(await outbox.next(OTHER)).toBeUndefined();
    });

    it('tells the same once, until it is forgotten or has grown', async () => {
      const { outbox } = (await openFor(open)).work;
      expect(await outbox.add(news('held', { size: 2 }), [mail('2')], 100)).toBe(true);
      expect(await outbox.add(news('held', { size: 2 }), [mail('2')], 100)).toBe(false);
      expect(await outbox.add(news('held', { size: 3 }), [mail('3')], 100)).toBe(true);
      expect(await outbox.add(news('held', { size: 2 }), [mail('2')], 100)).toBe(false);
      expect(await outbox.add(news('over', { forget: 'held', memory: 10 }), [mail('over')], 100)).toBe(true);
      expect(await outbox.add(news('held', { size: 1 }), [mail('1')], 100)).toBe(true);
      await pause(20);
      expect(await outbox.add(news('over'), [mail('over again')], 100)).toBe(true);
    });

    it('does not grow without end', async () => {
      const { outbox } = (await openFor(open)).work;
      expect(await outbox.add(news('a'), [mail('a')], 1)).toBe(true);
      expect(await outbox.add(news('b'), [mail('b')], 1)).toBe(false);
    });
  });

  describe('chunks', () => {
    const chunk = (n: number) => ({ cycle: 'c1', n, kind: 'users', ids: ['a', 'b'], mappings: 'm' }) as const;
    const counts = createTally().counts;
    const outcome = { kind: 'done', counts, removals: ['b'] } as const;

    it('are in the hands of one worker, whose outcome the coordinator reads', async () => {
      const { leases, chunks } = (await openFor(open)).work;
      for (const id of ['a', 'b']) await leases.heartbeat({ id, roles: ['worker'] }, 60_000);
      await leases.acquire(APPLICATION, 'a');
      await chunks.add(APPLICATION, 1, chunk(1));
      await chunks.add(APPLICATION, 1, chunk(2));
      expect(await chunks.look('c1', 1)).toBe('free');
      const first = await chunks.take(APPLICATION, 'b');
      expect(first).toEqual({ application: APPLICATION, fence: 1, token: 1, chunk: chunk(1) });
      expect(await chunks.look('c1', 1)).toBe('inHand');
      expect((await chunks.take(APPLICATION, 'a'))?.chunk).toEqual(chunk(2));
      expect(await chunks.take(APPLICATION, 'a')).toBeUndefined();
      if (first === undefined) return;
      expect(await chunks.state(first)).toBe('goesOn');
      await chunks.finish(first, outcome);
      expect(await chunks.look('c1', 1)).toEqual(outcome);
      await chunks.remove('c1', 1);
      await expect(chunks.look('c1', 1)).rejects.toThrow(LeaseLost);
    });

    it('are given back by a worker that is told to end, and to nobody else then', async () => {
      const { leases, chunks } = (await openFor(open)).work;
      await leases.heartbeat({ id: 'a', roles: ['worker'] }, 60_000);
      await leases.acquire(APPLICATION, 'a');
      await chunks.add(APPLICATION, 1, chunk(1));
      const held = await chunks.take(APPLICATION, 'a');
      if (held === undefined) throw new Error('Nobody else could have it');
      await chunks.stop('c1', 1);
      expect(await chunks.state(held)).toBe('stopping');
      await chunks.giveBack(held);
      expect(await chunks.look('c1', 1)).toBe('free');
      expect(await chunks.take(APPLICATION, 'a')).toBeUndefined();
    });

    it('are given back by a process that has them and does not know it', async () => {
      const { leases, chunks } = (await openFor(open)).work;
      for (const id of ['a', 'b']) await leases.heartbeat({ id, roles: ['worker'] }, 60_000);
      await leases.acquire(APPLICATION, 'a');
      for (const n of [1, 2, 3]) await chunks.add(APPLICATION, 1, chunk(n));
      const [kept, lost, other] = [
        await chunks.take(APPLICATION, 'a'),
        await chunks.take(APPLICATION, 'a'),
        await chunks.take(APPLICATION, 'b'),
      ];
      if (kept === undefined || lost === undefined || other === undefined)
        throw new Error('Nobody else could have them');
      await chunks.keepOnly('a', [kept]);
      expect(await Promise.all([1, 2, 3].map((n) => chunks.look('c1', n)))).toEqual(['inHand', 'free', 'inHand']);
      expect((await chunks.take(APPLICATION, 'b'))?.chunk).toEqual(lost.chunk);
      await chunks.keepOnly('b', []);
      expect(await Promise.all([1, 2, 3].map((n) => chunks.look('c1', n)))).toEqual(['inHand', 'free', 'free']);
    });

    it('end with their coordinator: what is written for them is refused, and the next one waits for their workers', async () => {
      const { leases, chunks } = (await openFor(open)).work;
      for (const id of ['a', 'b', 'c']) await leases.heartbeat({ id, roles: ['worker'] }, 60_000);
      await leases.acquire(APPLICATION, 'a');
      await chunks.add(APPLICATION, 1, chunk(1));
      await chunks.add(APPLICATION, 1, chunk(2));
      const held = await chunks.take(APPLICATION, 'b');
      if (held === undefined) throw new Error('Nobody else could have it');
      const journal = chunks.journal(held);
      await journal.intend([{ type: 'User', id: 'a', verb: 'create', at: 1 }]);
      await leases.leave('a');
      expect(await leases.acquire(APPLICATION, 'c')).toBe(2);
      expect(await chunks.state(held)).toBe('lost');
      expect(await chunks.take(APPLICATION, 'c')).toBeUndefined();
      await expect(journal.settle([{ type: 'User', id: 'a', done: true }])).rejects.toThrow(LeaseLost);
      await expect(chunks.finish(held, outcome)).rejects.toThrow(LeaseLost);
      await expect(chunks.add(APPLICATION, 1, chunk(3))).rejects.toThrow(LeaseLost);
      expect(await chunks.clear(APPLICATION, 2)).toBe(1);
      await chunks.giveBack(held);
      expect(await chunks.clear(APPLICATION, 2)).toBe(0);
    });

    it('claim what they look for in the target, until they are done', async () => {
      const { leases, chunks } = (await openFor(open)).work;
      await leases.heartbeat({ id: 'a', roles: ['worker'] }, 60_000);
      await leases.acquire(APPLICATION, 'a');
      await chunks.add(APPLICATION, 1, chunk(1));
      await chunks.add(APPLICATION, 1, chunk(2));
      const [one, other] = [await chunks.take(APPLICATION, 'a'), await chunks.take(APPLICATION, 'a')];
      if (one === undefined || other === undefined) throw new Error('Nobody else could have them');
      expect(await chunks.seek(one, ['x', 'y'])).toEqual(new Set());
      expect(await chunks.seek(one, ['y', 'z'])).toEqual(new Set());
      expect(await chunks.seek(other, ['w', 'y'])).toEqual(new Set(['y']));
      await chunks.finish(one, outcome);
      expect(await chunks.seek(other, ['w', 'y'])).toEqual(new Set());
    });
  });

  describe('marks of imports', () => {
    it('keep one import at a time in an identity server, while it goes on', async () => {
      const { imports } = (await openFor(open)).work;
      expect(await imports.begin(1, 'a', 60_000)).toBe(true);
      expect(await imports.begin(1, 'b', 60_000)).toBe(false);
      expect(await imports.begin(2, 'c', 5)).toBe(true);
      expect(await imports.isRunning(1)).toBe(true);
      await pause(20);
      expect(await imports.isRunning(2)).toBe(false);
      expect(await imports.begin(2, 'd', 60_000)).toBe(true);
      await imports.renew('a', 60_000);
      await imports.end('a');
      expect(await imports.isRunning(1)).toBe(false);
    });
  });
}

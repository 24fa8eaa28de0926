import { setTimeout as pause } from 'node:timers/promises';
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

import { describe, expect, it } from 'vitest';
import type { StoredAssignment } from '../application-contract.ts';
import { newApplication, newCycle } from '../contract-suite/provisioning-world-suite.ts';
import { NOW } from '../contract-suite/world-suite.ts';
import { twoStores } from '../postgres/two-stores.fixture.ts';

const TIMES = 20;

const assigned = (application: number, id: string, nested = false): StoredAssignment => ({
  application,
  type: 'User',
  id,
  nested,
  created: NOW,
});

describe('applications that two processes change', () => {
  it('have a job in which no change undoes another', async () => {
    const [one, two] = await twoStores();
    const { key } = await one.applications.add(newApplication('wiki'));
    const changes = [one, two].flatMap(({ applications }) =>
      Array.from({ length: TIMES }, () =>
        applications.changeJob(key, (job) => ({ ...job, watermark: (job.watermark ?? 0) + 1 })),
      ),
    );
    const steps = (await Promise.all(changes)).map(({ before, after }) => [before.watermark ?? 0, after.watermark]);
    expect(steps.sort(([a], [b]) => Number(a) - Number(b))).toEqual(changes.map((_, n) => [n, n + 1]));
    expect((await two.applications.list())[0]?.job.watermark).toBe(2 * TIMES);
  });

  it('keep a job that changes while they are saved', async () => {
    const [one, two] = await twoStores();
    const wiki = await one.applications.add(newApplication('wiki'));
    await Promise.all(
      Array.from({ length: TIMES }, async (_, n) => {
        await one.applications.save({ ...wiki, name: `Wiki ${n}` });
        await two.applications.changeJob(wiki.key, (job) => ({ ...job, watermark: (job.watermark ?? 0) + 1 }));
      }),
    );
    expect((await one.applications.list())[0]?.job.watermark).toBe(TIMES);
  });

  it('give a slug to one of those who ask for it at the same time, and tell the other who has it', async () => {
    const [one, two] = await twoStores();
    for (let time = 0; time < TIMES; time++) {
      const slug = `wiki-${time}`;
      const outcomes = await Promise.allSettled([
        one.applications.add(newApplication(slug, { id: `one-${time}` })),
        two.applications.add(newApplication(slug, { id: `two-${time}` })),
      ]);
      const [refused, ...others] = outcomes.filter((outcome) => outcome.status === 'rejected');
      const [added] = outcomes.filter((outcome) => outcome.status === 'fulfilled');
      expect(others).toEqual([]);
      expect(refused?.reason).toMatchObject({ name: 'UniqueConflict', path: 'slug', holder: added?.value.id });
    }
  });

  it('are assigned the same people by both at the same time', async () => {
    const [one, two] = await twoStores();
    const ids = Array.from({ length: 1200 }, (_, n) => `u${n}`);
    for (let time = 0; time < 3; time++) {
      await Promise.all([
        one.applications.assign(ids.map((id) => assigned(1, id))),
        two.applications.assign(ids.toReversed().map((id) => assigned(1, id, true))),
        one.applications.assign([...ids, ...ids].map((id) => assigned(1, id))),
        two.applications.unassign(1, ids.slice(0, 600).toReversed()),
      ]);
    }
    await one.applications.assign(ids.map((id) => assigned(1, id)));
    expect(await two.applications.assignments(1)).toHaveLength(ids.length);
  });

  it('lose what is old once, however many prune at the same time', async () => {
    const [one, two] = await twoStores();
    const entry = { who: 'local', from: null, action: 'a', subject: 's', before: null, after: null };
    for (let n = 0; n < 300; n++) await one.applications.audit({ ...entry, at: NOW + n });
    for (let n = 0; n < 100; n++) await one.applications.saveCycle(newCycle(`c${n}`, 1, { ended: NOW + n }));
    const prune = async ({ applications }: typeof one) => {
      let pruned = 0;
      for (let idle = 0; idle < 3; ) {
        const count = await applications.prune(NOW + 200, 15);
        idle = count === 0 ? idle + 1 : 0;
        pruned += count;
      }
      return pruned;
    };
    const pruned = await Promise.all([prune(one), prune(two), prune(one), prune(two)]);
    expect(pruned.reduce((sum, count) => sum + count)).toBe(300);
    expect(await two.applications.auditLog({ limit: 999 })).toHaveLength(100);
    expect(await two.applications.cycles(1, 999)).toEqual([]);
  });

  it('are removed by several at once, step by step, with nothing left', async () => {
    const [one, two] = await twoStores();
    const wiki = await one.applications.add(newApplication('wiki'));
    const ids = Array.from({ length: 300 }, (_, n) => `u${n}`);
    await one.applications.assign(ids.map((id) => assigned(wiki.key, id)));
    for (let n = 0; n < 50; n++) await one.applications.saveCycle(newCycle(`c${n}`, wiki.key));
    await one.applications.save({ ...wiki, removing: true });
    const purge = async ({ applications }: typeof one) => {
      while (!(await applications.purge(wiki.key, 20)));
    };
    await Promise.all([purge(one), purge(two), purge(one), purge(two)]);
    expect(await two.applications.list()).toEqual([]);
    expect(await two.applications.assignments(wiki.key)).toEqual([]);
    expect(await two.applications.cycles(wiki.key, 9)).toEqual([]);
  });
});

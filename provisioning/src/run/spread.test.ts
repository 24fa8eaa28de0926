import { describe, expect, it } from 'vitest';
import { TargetError } from '../target.ts';
import { type CrewOptions, crew, Gone, stepping } from './crew.fixture.ts';
import { runCycle } from './cycle.ts';
import { createLocks } from './locks.ts';
import { planWorld } from './plan-world.ts';
import { MINUTE, type Provisioned, provisioned } from './provisioned.fixture.ts';
import {
  before,
  expectNothingTwice,
  expectOrder,
  isRemoval,
  type Life,
  seeded,
  seen,
  spreadOver,
} from './spread-world.fixture.ts';

describe('an initial cycle that is spread over workers', () => {
  it('does what one process does alone, counts the same, and keeps the order', async () => {
    const alone = await before();
    const aloneCounts = await alone.cycle('initial');
    // In one chunk it is known who is linked first, and so how many managers are set in a second step.
    const { counts } = await spreadOver({ workers: 1, size: 100 });
    expect(counts).toEqual(aloneCounts);
    const { it, counts: others, crew } = await spreadOver({ workers: 3 });
    expect(seen(it)).toEqual(seen(alone));
    expect(others).toMatchObject({
      created: 8,
      adopted: 1,
      disabled: 3,
      deleted: 1,
      membersAdded: 5,
      membersRemoved: 1,
    });
    expectOrder(it);
    expectNothingTwice(it);
    expect(crew.begun.map((chunk) => chunk.split(' ')[0])).toEqual([
      ...Array.from({ length: 4 }, () => 'users'),
      'groups',
      'references',
      'membersAdded',
      'membersRemoved',
    ]);
    expect(crew.gone()).toBe(0);
    it.target.calls.length = 0;
    await it.cycle();
    expect(it.target.writes()).toEqual([]);
  });

  it('judges removals together: none of the workers sees as many as the guard allows', async () => {
    const guard = { enabled: true, number: 3, percent: null };
    const { it, counts } = await spreadOver({ workers: 3, size: 2 }, { settings: { guard } });
    expect(counts).toMatchObject({ staged: 4, disabled: 0, deleted: 0 });
    expect(await it.journal.countStaged()).toBe(4);
    expect(it.target.writes().some(isRemoval)).toBe(false);
  });

  it('hands out nothing where a type is not provisioned', async () => {
    const it = await before();
    const world = it.world();
    const { mappings } = world.rules;
    const groups = { ...mappings.groups, source: { ...mappings.groups.source, enabled: false } };
    const workers = crew(it, { workers: 2 });
    await it.cycle('initial', { rules: { ...world.rules, mappings: { ...mappings, groups } } }, workers.spread);
    expect(new Set(workers.begun.map((chunk) => chunk.split(' ')[0]))).toEqual(new Set(['users', 'references']));
  });

  it('lets workers refuse a chunk that was made by other mappings', async () => {
    const it = await before();
    const world = it.world();
    const mappings = { ...world.rules.mappings, hash: 'another' };
    const cycle = it.cycle('initial', { rules: { ...world.rules, mappings } }, crew(it, { workers: 2 }).spread);
    await expect(cycle).rejects.toThrow('The mappings were changed while the cycle ran');
    expect(it.target.writes()).toEqual([]);
  });

  it('ends when one worker cannot use the target, after all chunks are back', async () => {
    const it = await before();
    const refused = new TargetError('Unauthorized', 'Who are you?', { status: 401 });
    let checks = 0;
    it.target.before = ({ verb }) => {
      if (verb === 'check' && checks++ === 0) return;
      throw refused;
    };
    const workers = crew(it, { workers: 3 });
    let out = 0;
    const run: typeof workers.spread.run = async (chunk, stop) => {
      out++;
      return workers.spread.run(chunk, stop).finally(() => out--);
    };
    const cycle = it.cycle('initial', {}, { ...workers.spread, run });
    await expect(cycle).rejects.toMatchObject({ name: 'TargetUnusable', error: { code: 'Unauthorized' } });
    expect(out).toBe(0);
    it.target.before = () => {};
    await it.cycle('initial');
    expectNothingTwice(it);
  });

  it('stops when it is told to, and another one goes on where it was', async () => {
    const it = await before();
    const stop = new AbortController();
    it.target.after = ({ verb }) => {
      if (verb === 'create') stop.abort();
    };
    const cycle = it.cycle('initial', { stop: stop.signal }, crew(it, { workers: 2, size: 1 }).spread);
    await expect(cycle).rejects.toThrow('stopped');
    const created = it.target.writes().length;
    expect(created).toBeGreaterThan(0);
    expect(created).toBeLessThan(4);
    it.target.after = () => {};
    await it.cycle('initial', {}, crew(it, { workers: 2 }).spread);
    expectNothingTwice(it);
    expect(it.journal.intents.size).toBe(0);
  });
});

describe('a worker that is gone in the middle of a chunk', () => {
  async function expected() {
    const it = await before();
    await it.cycle('initial');
    return seen(it);
  }

  async function expectSame(options: CrewOptions, wanted: unknown): Promise<Life> {
    const life = await spreadOver(options);
    const { it } = life;
    expect(seen(it)).toEqual(wanted);
    expectNothingTwice(it);
    expectOrder(it);
    it.now += 6 * MINUTE;
    it.target.calls.length = 0;
    await it.cycle();
    expect(it.target.writes()).toEqual([]);
    return life;
  }

  // Every third step is enough where a life of all steps is tried already: the two differ by who is late.
  for (const [fate, stride] of [
    ['dies', 1],
    ['stalls', 3],
  ] as const) {
    it(`and ${fate} at any of its steps: another one ends it, and nothing happens twice`, async () => {
      const wanted = await expected();
      const { crew } = await expectSame({ workers: 2 }, wanted);
      expect(crew.steps()).toBeGreaterThan(200);
      const failures: string[] = [];
      for (let at = 1; at <= crew.steps(); at += stride) {
        await expectSame({ workers: 2, fate: (n) => (n === at ? fate : 'goesOn') }, wanted).catch((error: unknown) =>
          failures.push(`step ${at}: ${String(error).slice(0, 600)}`),
        );
      }
      expect(failures).toEqual([]);
    });
  }

  it('again and again, with everybody at a pace of their own', async () => {
    const wanted = await expected();
    const failures: string[] = [];
    let gone = 0;
    for (let seed = 1; seed <= 60; seed++) {
      const random = seeded(seed);
      const turn = async () => {
        if (random() < 0.1) await new Promise((next) => setImmediate(next));
      };
      const fate = () => (random() < 0.01 ? ('dies' as const) : random() < 0.005 ? ('stalls' as const) : 'goesOn');
      const options = { workers: 1 + Math.floor(random() * 3), size: 1 + Math.floor(random() * 5), fate, turn };
      await expectSame(options, wanted).then(
        ({ crew }) => {
          gone += crew.gone();
        },
        (error: unknown) => failures.push(`seed ${seed}: ${String(error).slice(0, 600)}`),
      );
    }
    expect(failures).toEqual([]);
    expect(gone).toBeGreaterThan(100);
  });
});

describe('a worker that is gone behind a creation', () => {
  it('whose name the target has respelled: the next one finds it by its externalId', async () => {
    const it = provisioned();
    for (const id of ['a', 'b']) it.directory.user(id);
    it.target.after = ({ verb, subject }) => {
      if (verb === 'create') it.target.change(it.target.idOf(subject), 'userName', `respelled ${subject}`);
    };
    let died = false;
    const fate = () => {
      if (died || !it.target.has('respelled b@acme.example')) return 'goesOn';
      died = true;
      return 'dies';
    };
    await it.cycle('initial', {}, crew(it, { workers: 2, fate }).spread);
    expect(died).toBe(true);
    expect(it.target.content().size).toBe(2);
    expect(it.journal.allLinks()).toHaveLength(2);
    expect(it.target.calls.filter(({ verb }) => verb === 'create')).toHaveLength(2);
  });
});

describe('a coordinator that is gone', () => {
  it('at any of its steps: once its workers have let go, the next one does what is left, and nothing twice', async () => {
    const alone = await before();
    await alone.cycle('initial');
    const { removals: _, ...wanted } = seen(alone);

    async function live(at: number): Promise<number> {
      const it = await before();
      let steps = 0;
      let dead = false;
      const workers = crew(it, { workers: 2 });
      const step = async () => {
        if (!dead && ++steps === at) {
          dead = true;
          workers.dismiss();
        }
        if (dead) throw new Gone();
      };
      const { directory, journal, target } = it;
      const own = {
        source: stepping(directory, step),
        journal: stepping(journal, step),
        target: stepping(target, step),
        locks: createLocks(),
      };
      const cycle = it.cycle('initial', own, workers.spread);
      if (at === 0) await cycle;
      else await expect(cycle).rejects.toThrow(Gone);
      dead = true;
      await new Promise((next) => setTimeout(next, 0));
      await it.cycle('initial', { locks: createLocks() }, crew(it, { workers: 2 }).spread);
      // What was under way when it died is not counted as a removal: whether it was the cause nobody knows.
      const { removals: _, ...now } = seen(it);
      expect(now).toEqual(wanted);
      expectNothingTwice(it);
      return steps;
    }

    const steps = await live(0);
    expect(steps).toBeGreaterThan(50);
    const failures: string[] = [];
    for (let at = 1; at <= steps; at++) {
      await live(at).catch((error: unknown) => failures.push(`step ${at}: ${String(error).slice(0, 600)}`));
    }
    expect(failures).toEqual([]);
  });
});

/** An initial cycle whose chunk with `id` waits at its first creation until `go`. */
async function held(it: Provisioned, id: string) {
  const { promise: going, resolve: go } = Promise.withResolvers<void>();
  const { promise: there, resolve: arrive } = Promise.withResolvers<void>();
  it.target.before = ({ verb, subject }) => {
    if (verb !== 'create' || subject !== `${id}@acme.example`) return;
    arrive();
    return going;
  };
  const cycle = it.cycle('initial', {}, crew(it, { workers: 2, size: 4 }).spread);
  await there;
  return { cycle, go };
}

const moment = () => new Promise((resolve) => setTimeout(resolve, 30));

describe('beside a cycle that is spread', () => {
  /** a0 and b0 are linked; a1 is new and is in one chunk with a0. */
  async function running() {
    const it = provisioned();
    for (const id of ['a0', 'b0', 'b1']) it.directory.user(id);
    await it.cycle();
    for (const id of ['a1', 'a2', 'a3', 'b2', 'b3']) it.directory.user(id);
    it.target.calls.length = 0;
    return { it, ...(await held(it, 'a1')) };
  }

  it('somebody leaves at once, or when the worker that has him in hand is done with him', async () => {
    const { it, cycle, go } = await running();
    it.directory.user('a0', { title: 'Head' });
    it.directory.disable('a0');
    it.directory.disable('b0');
    for (let tries = 0; it.target.attribute('b0@acme.example', 'active') !== false && tries < 400; tries++)
      await moment();
    expect(it.target.attribute('b0@acme.example', 'active')).toBe(false);
    await moment();
    expect(it.target.attribute('a0@acme.example', 'active')).toBe(true);
    go();
    await cycle;
    await it.cycle();
    expect(it.target.attribute('a0@acme.example', 'active')).toBe(false);
    expect(it.laneErrors).toEqual([]);
    expect(it.journal.removals).toHaveLength(2);
  });

  it('an object on demand waits for its worker, and is not created twice', async () => {
    const { it, cycle, go } = await running();
    let over = false;
    const demanded = it.cycle({ kind: 'onDemand', keys: [{ type: 'User', id: 'a1' }] }).then(() => {
      over = true;
    });
    await moment();
    expect(over).toBe(false);
    go();
    await Promise.all([cycle, demanded]);
    expect(it.target.writes().filter(({ subject }) => subject === 'a1@acme.example')).toHaveLength(1);
    expect(it.journal.intents.size).toBe(0);
  });

  it('another object on demand does not wait, and what workers have under way is in no doubt', async () => {
    const { it, cycle, go } = await running();
    await it.cycle({ kind: 'onDemand', keys: [{ type: 'User', id: 'b0' }] });
    expect(it.journal.intents.has('User a1')).toBe(true);
    expect(it.target.calls.filter(({ verb }) => verb === 'read')).toEqual([]);
    go();
    await cycle;
    expect(it.target.writes()).toHaveLength(5);
  });

  it('a plan of what a worker has in hand does not wait', async () => {
    const { it, cycle, go } = await running();
    const planned: string[] = [];
    const world = planWorld({
      ...it.world(),
      seek: () => Promise.reject(new Error('A plan claims nothing.')),
      onRecord: ({ id, action }) => void planned.push(`${id} ${action}`),
    });
    await runCycle(world, { kind: 'onDemand', keys: [{ type: 'User', id: 'a1' }] });
    expect(planned).toEqual(['a1 create']);
    go();
    await cycle;
  });

  it('two objects that look for the same one, in two chunks, make one', async () => {
    const it = provisioned();
    it.directory.user('a', { userName: 'same@acme.example' });
    it.directory.user('b', { userName: 'Same@acme.example' });
    const { promise: going, resolve: go } = Promise.withResolvers<void>();
    it.target.before = ({ verb }) => (verb === 'create' ? going : undefined);
    const cycle = it.cycle('initial', {}, crew(it, { workers: 2, size: 1 }).spread);
    await moment();
    go();
    expect(await cycle).toMatchObject({ created: 1, failed: 1 });
    expect(it.journal.allEscrows()).toMatchObject([{ code: 'DuplicateSourceEntries' }]);
    it.now += 6 * MINUTE;
    await it.cycle();
    expect(it.target.writes()).toHaveLength(1);
    expect(it.journal.allEscrows()).toMatchObject([{ code: 'DuplicateSourceEntries', attempts: 2 }]);
  });
});

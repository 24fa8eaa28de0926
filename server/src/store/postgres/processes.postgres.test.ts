import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SharedLimits, Store } from '../contract.ts';
import { type TemporaryDatabase, temporaryDatabase } from './database.fixture.ts';
import { openPostgresStore } from './store.ts';

let database: TemporaryDatabase;
let here: Store;
let there: Store;
beforeAll(async () => {
  database = await temporaryDatabase();
  const open = () => openPostgresStore({ url: database.url, connections: 3, searchBudget: 1000 });
  here = await open();
  there = await open();
});
afterAll(async () => {
  await here.close();
  await there.close();
  await database.drop();
});

describe('processes that share a database', () => {
  it('have the keys of the first one', async () => {
    expect(await here.claimKeys('first')).toBe(true);
    expect(await there.claimKeys('second')).toBe(false);
    expect(await there.claimKeys('first')).toBe(true);
  });

  it('take turns, and one that fails lets the next one in', async () => {
    let inside = 0;
    let most = 0;
    let ended = 0;
    const turn = (store: Store) =>
      store.inTurn(async () => {
        most = Math.max(most, ++inside);
        await store.signals.publish('jobs', 'x');
        await store.count(1, 'User');
        inside--;
        ended++;
      });
    const failing = there.inTurn(async () => {
      throw new Error('on purpose');
    });
    await Promise.all([
      expect(failing).rejects.toThrow('on purpose'),
      ...Array.from({ length: 5 }, () => Promise.all([turn(here), turn(there)])),
    ]);
    expect([most, ended]).toEqual([1, 10]);
  });
});

describe('limits that processes share', () => {
  const limitsOf = ({ limits }: Store): SharedLimits => {
    if (limits === undefined) throw new Error('PostgreSQL shares limits');
    return limits;
  };

  it('take from one bucket, which may come to owe a few seconds and fills with time', async () => {
    const [ours, theirs] = [limitsOf(here), limitsOf(there)];
    expect(await ours.take([{ key: 7, rate: 0.001, taken: 0.0004 }])).toEqual([
      { key: 7, tokens: expect.closeTo(0.0006, 4) },
    ]);
    const [after] = await theirs.take([{ key: 7, rate: 100, taken: 60 }]);
    expect(after?.tokens).toBeLessThanOrEqual(41);
    const [owed] = await ours.take([{ key: 7, rate: 100, taken: 9000 }]);
    expect(owed?.tokens).toBe(-500);
    const both = await theirs.take([
      { key: 8, rate: 10, taken: 1 },
      { key: 7, rate: 100, taken: 0 },
    ]);
    expect(both.map(({ key }) => key).toSorted()).toEqual([7, 8]);
  });

  it('count failures of an address in one window, and tell of what changed of late', async () => {
    const [ours, theirs] = [limitsOf(here), limitsOf(there)];
    await ours.fail([{ origin: '192.0.2.1', count: 3 }], 60_000, 1000);
    const told = await theirs.fail([{ origin: '192.0.2.1', count: 2 }], 60_000, 60_000);
    expect(told).toEqual([{ origin: '192.0.2.1', failures: 5, left: expect.any(Number) }]);
    expect(told[0]?.left).toBeGreaterThan(50_000);
    expect(told[0]?.left).toBeLessThanOrEqual(60_000);
    // A window that is over counts no more, and the next failure begins another.
    await ours.fail([{ origin: '192.0.2.2', count: 9 }], 1, 1000);
    await pause(5);
    expect((await theirs.fail([], 60_000, 60_000)).map(({ origin }) => origin)).toEqual(['192.0.2.1']);
    const again = await ours.fail([{ origin: '192.0.2.2', count: 1 }], 60_000, 60_000);
    expect(again.find(({ origin }) => origin === '192.0.2.2')?.failures).toBe(1);
  });

  it('keep no rows of what is over', async () => {
    const ours = limitsOf(here);
    await ours.fail([{ origin: '192.0.2.3', count: 9 }], 1, 1000);
    await pause(5);
    await ours.prune();
    const again = await ours.fail([], 60_000, 60_000);
    expect(again.map(({ origin }) => origin)).not.toContain('192.0.2.3');
  });

  it('do not stand in each other’s way', async () => {
    const keys = Array.from({ length: 50 }, (_, key) => key);
    const uses = (order: readonly number[]) => order.map((key) => ({ key, rate: 1000, taken: 1 }));
    const rounds = Array.from({ length: 20 }, async () => {
      await Promise.all([limitsOf(here).take(uses(keys)), limitsOf(there).take(uses(keys.toReversed()))]);
    });
    await Promise.all(rounds);
    const [one] = await limitsOf(here).take([{ key: 20, rate: 1000, taken: 0 }]);
    expect(one?.tokens).toBeLessThanOrEqual(1000);
  });
});

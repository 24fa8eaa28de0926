import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Store } from '../contract.ts';
import { newChange, SERVER } from '../contract-suite/world-suite.ts';
import { twoStores } from './two-stores.fixture.ts';

/** Begins a transaction that has written its change, and holds it open; `commit` ends it. */
async function held(store: Store, id: string): Promise<{ commit(): Promise<void> }> {
  const written = Promise.withResolvers<void>();
  const open = Promise.withResolvers<void>();
  const ended = store.transaction(async (transaction) => {
    await transaction.record(newChange(id));
    // A read waits for what was sent before it.
    await transaction.count(SERVER, 'User');
    written.resolve();
    await open.promise;
  });
  await Promise.race([written.promise, ended]);
  return {
    commit() {
      open.resolve();
      return ended;
    },
  };
}

const record = (store: Store, id: string) => store.transaction((transaction) => transaction.record(newChange(id)));

/** Reads on from where it was, as every reader of the feed does. */
function reader(store: Store) {
  const seen: { readonly n: number; readonly id: string }[] = [];
  return {
    seen,
    ids: () => seen.map(({ id }) => id),
    async readOn() {
      for (;;) {
        const changes = await store.changes.after(SERVER, seen.at(-1)?.n ?? 0, 7);
        seen.push(...changes);
        if (changes.length === 0) return;
      }
    },
  };
}

describe('a change whose transaction commits late', () => {
  it('is waited for by readers in every process, and not skipped', async () => {
    const [here, there] = await twoStores();
    await record(here, 'before');
    const [atHere, atThere] = [reader(here), reader(there)];
    const late = await held(here, 'late');
    for (let n = 1; n <= 5; n++) await record(n % 2 === 0 ? here : there, `after-${n}`);
    for (const one of [atHere, atThere]) {
      await one.readOn();
      expect(one.ids()).toEqual(['before']);
    }
    expect(await there.changes.bounds(SERVER)).toEqual({ oldest: atHere.seen[0]?.n, newest: atHere.seen[0]?.n });
    await late.commit();
    for (const one of [atHere, atThere]) {
      await one.readOn();
      expect(one.ids()).toEqual(['before', 'late', 'after-1', 'after-2', 'after-3', 'after-4', 'after-5']);
    }
  });

  it('is told of when it commits, to who waits in another process', async () => {
    const [here, there] = await twoStores();
    const late = await held(here, 'late');
    await record(here, 'after');
    // The hint of `after` comes while there is nothing to see yet.
    await pause(200);
    const waiting = there.changes.wait(SERVER, 60_000).then(() => there.changes.after(SERVER, 0, 10));
    await late.commit();
    expect((await waiting).map(({ id }) => id)).toEqual(['late', 'after']);
  });

  it('is there once and in its order for a reader that follows while many commit as late as they like', async () => {
    const [here, there] = await twoStores();
    const following = reader(there);
    let writing = true;
    const follow = (async () => {
      while (writing) await following.readOn();
    })();
    const write = async (store: Store, name: string) => {
      for (let n = 0; n < 20; n++) {
        const one = await held(store, `${name}-${n}`);
        await pause((n * 7919) % 23);
        await one.commit();
      }
    };
    await Promise.all([write(here, 'a'), write(here, 'b'), write(there, 'c'), write(there, 'd')]);
    writing = false;
    await follow;
    await following.readOn();
    const positions = following.seen.map(({ n }) => n);
    expect(positions).toEqual(positions.toSorted((one, other) => one - other));
    expect(new Set(positions).size).toBe(80);
    const expected = ['a', 'b', 'c', 'd'].flatMap((name) => Array.from({ length: 20 }, (_, n) => `${name}-${n}`));
    expect(following.ids().toSorted()).toEqual(expected.toSorted());
  });

  it('that never commits holds nobody up for longer than its transaction', async () => {
    const [here, there] = await twoStores();
    const failing = here.transaction(async (transaction) => {
      await transaction.record(newChange('undone'));
      await transaction.count(SERVER, 'User');
      await record(there, 'kept');
      throw new Error('on purpose');
    });
    await expect(failing).rejects.toThrow('on purpose');
    const one = reader(there);
    await one.readOn();
    expect(one.ids()).toEqual(['kept']);
  });
});

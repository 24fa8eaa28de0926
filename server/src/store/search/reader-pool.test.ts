import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { BudgetExceeded, StoreUnavailable } from '../contract.ts';
import { readerPool } from './reader-pool.ts';
import type { ThreadSearch } from './thread-message.ts';

// Does as the search's only type says: never comes back, crashes, fails, waits, or answers with the server's number.
const THREAD = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort } from 'node:worker_threads';
    const answer = (server) => parentPort.postMessage({ kind: 'page', page: { total: server, rows: [], next: undefined } });
    parentPort.on('message', ({ server, types: [behaviour] }) => {
      if (behaviour === 'endless') for (;;);
      if (behaviour === 'crash') process.exit(1);
      if (behaviour === 'memory') for (const held = []; ; ) held.push(Array.from({ length: 1e4 }, (_, index) => ({ index })));
      if (behaviour === 'failure') parentPort.postMessage({ kind: 'failure', error: new Error('no such table') });
      else if (behaviour === 'unavailable') parentPort.postMessage({ kind: 'unavailable', detail: 'no route' });
      else if (behaviour === 'exceeded') parentPort.postMessage({ kind: 'exceeded' });
      else if (behaviour === 'slow') setTimeout(() => answer(server), 300);
      else answer(server);
    });
    parentPort.postMessage({ kind: 'ready' });`)}`,
);

function pool(threads: number, budget = 1000) {
  const made = readerPool(threads, { budget }, THREAD);
  onTestFinished(() => made.close());
  return made;
}

const search = (server: number, behaviour = 'answer'): ThreadSearch => ({
  server,
  catalogueVersion: 1,
  compatibility: 'strict',
  types: [behaviour],
  filter: undefined,
  sort: undefined,
  page: { kind: 'index', startIndex: 1, count: 1 },
  knownTotal: undefined,
});

describe('the threads that search', () => {
  it('answer each search with its own page', async () => {
    const { run, waiting } = pool(2);
    const totals = await Promise.all([1, 2, 3, 4, 5].map(async (server) => (await run(search(server))).total));
    expect(totals).toEqual([1, 2, 3, 4, 5]);
    expect(waiting()).toBe(0);
  });

  it('pass on that a search is over its budget, and other failures', async () => {
    const { run } = pool(1);
    await expect(run(search(1, 'exceeded'))).rejects.toBeInstanceOf(BudgetExceeded);
    await expect(run(search(1, 'failure'))).rejects.toThrow('no such table');
    await expect(run(search(1, 'unavailable'))).rejects.toBeInstanceOf(StoreUnavailable);
    expect((await run(search(1))).total).toBe(1);
  });

  it('are ended and replaced when a search does not come back', async () => {
    const { run } = pool(1, 100);
    await expect(run(search(1, 'endless'))).rejects.toBeInstanceOf(BudgetExceeded);
    expect((await run(search(1))).total).toBe(1);
  });

  it('are replaced when they crash', async () => {
    const { run } = pool(1);
    await expect(run(search(1, 'crash'))).rejects.toThrow('ended');
    expect((await run(search(1))).total).toBe(1);
  });

  it('end a search that fills their memory', async () => {
    const { run } = pool(1, 20_000);
    await expect(run(search(1, 'memory'))).rejects.toBeInstanceOf(BudgetExceeded);
    expect((await run(search(1))).total).toBe(1);
  });

  it('serve others while one identity server’s searches take long', async () => {
    const { run } = pool(2);
    // Threads take a moment to start.
    await Promise.all([run(search(1, 'slow')), run(search(2))]);
    const answers: number[] = [];
    const slow = Array.from({ length: 3 }, () => run(search(1, 'slow')).then(({ total }) => answers.push(total)));
    for (let index = 0; index < 3; index++) answers.push((await run(search(2))).total);
    await Promise.all(slow);
    // One after another: what the other identity server asks for is there before the second of them.
    expect(answers.filter((total) => total === 1)).toHaveLength(3);
    expect(answers.lastIndexOf(2)).toBeLessThan(4);
  });

  it('end when they are closed, and with them the searches that wait', async () => {
    const { run, waiting, close } = pool(1);
    const outcomes = Promise.allSettled([run(search(1, 'slow')), run(search(1)), run(search(2))]);
    await delay(50);
    expect(waiting()).toBe(2);
    await close();
    expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    await expect(run(search(1))).rejects.toThrow('closed');
  });

  it('refuse a search when a thousand wait', async () => {
    const { run, close } = pool(1);
    const outcomes = Promise.allSettled(Array.from({ length: 1001 }, () => run(search(1, 'slow'))));
    await expect(run(search(2))).rejects.toBeInstanceOf(BudgetExceeded);
    await close();
    await outcomes;
  });
});

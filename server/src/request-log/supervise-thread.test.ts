import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { superviseThread } from './supervise-thread.ts';

const options = { place: { file: 'unused' }, retention: { maxAgeMs: 1, maxRows: 1, maxBytes: 1 }, bodyBytes: 1 };

// Crashes on a batch, never answers a search, answers all else.
const CRASHING = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort } from 'node:worker_threads';
    parentPort.on('message', (message) => {
      if (message.kind === 'entries') throw new Error('crash');
      if (message.call.kind === 'search') return;
      parentPort.postMessage({ kind: 'result', number: message.number, result: 7 });
      if (message.call.kind === 'close') parentPort.close();
    });`)}`,
);

describe('the supervision of the request log’s thread', () => {
  it('reports what a crash lost, ends the calls that wait, and starts the thread again', async () => {
    const lost = vi.fn();
    const thread = superviseThread(options, { taken: vi.fn(), lost }, CRASHING);
    expect(await thread.call({ kind: 'count', server: 1 })).toBe(7);
    const search = thread.call({ kind: 'search', query: { limit: 1 } });
    const outcome = expect(search).rejects.toThrow('stopped');
    expect(thread.post([], [])).toBe(true);
    await outcome;
    expect(lost).toHaveBeenCalledTimes(1);
    expect(thread.post([], [])).toBe(false);
    await expect(thread.call({ kind: 'flush' })).rejects.toThrow('starting again');
    await delay(1200);
    expect(await thread.call({ kind: 'count', server: 1 })).toBe(7);
    await thread.close();
  });

  it('closes while no thread runs', async () => {
    const crashed = Promise.withResolvers<void>();
    const thread = superviseThread(options, { taken: vi.fn(), lost: crashed.resolve }, CRASHING);
    thread.post([], []);
    await crashed.promise;
    await thread.close();
    expect(thread.post([], [])).toBe(false);
  });
});

import { setTimeout as pause } from 'node:timers/promises';
import type { Json } from '@rollcall/scim';
import { expect, it, onTestFinished } from 'vitest';
import type { Queue } from './queue.ts';

/** What every queue must do; `open` opens one (on the database of the test, where there is one). */
export function queueContract(open: () => Promise<Queue>): void {
  async function opened(): Promise<Queue> {
    const queue = await open();
    onTestFinished(() => queue.close());
    return queue;
  }

  /** Gathers what arrives; `until` waits for so many. */
  function gathering() {
    const arrived: Json[] = [];
    return {
      arrived,
      handler: async (data: Json) => void arrived.push(data),
      until: (count: number) => expect.poll(() => arrived.length, { timeout: 15_000 }).toBeGreaterThanOrEqual(count),
    };
  }

  it('delivers what was sent, before and after somebody works', async () => {
    const queue = await opened();
    const { arrived, handler, until } = gathering();
    await queue.send('greet', { name: 'anna' });
    await queue.work('greet', handler);
    await queue.send('greet', { name: 'ben' });
    await queue.send('other', { name: 'nobody works on it' });
    await until(2);
    expect(arrived).toEqual([{ name: 'anna' }, { name: 'ben' }]);
  });

  it('lets one job of a key wait, and takes another while it is under way', async () => {
    const queue = await opened();
    const begun: Json[] = [];
    const gate = Promise.withResolvers<void>();
    await queue.send('look', 'first', { key: 'a' });
    await queue.send('look', 'left out', { key: 'a' });
    await queue.send('look', 'of another key', { key: 'b' });
    await queue.work('look', async (data) => {
      begun.push(data);
      if (data === 'first') await gate.promise;
    });
    await expect.poll(() => begun).toContain('first');
    await queue.send('look', 'second', { key: 'a' });
    await queue.send('look', 'left out', { key: 'a' });
    gate.resolve();
    await expect.poll(() => begun, { timeout: 15_000 }).toEqual(['first', 'of another key', 'second']);
  });

  it('delivers after the time that was asked for, what is due meanwhile before it', async () => {
    const queue = await opened();
    const { arrived, handler, until } = gathering();
    await queue.work('later', handler);
    await queue.send('later', 'late', { after: 500 });
    await queue.send('later', 'soon');
    await until(1);
    expect(arrived).toEqual(['soon']);
    await until(2);
    expect(arrived).toEqual(['soon', 'late']);
  });

  it('calls a handler again that has failed, as often as was asked for', async () => {
    const queue = await opened();
    const tries: Json[] = [];
    await queue.work('fail', async (data) => {
      tries.push(data);
      if (data === 'once' && tries.length > 1) return;
      throw new Error('not this time');
    });
    await queue.send('fail', 'once', { retries: 3 });
    await expect.poll(() => tries, { timeout: 15_000 }).toEqual(['once', 'once']);
    await queue.send('fail', 'never again', { retries: 0 });
    await expect.poll(() => tries, { timeout: 15_000 }).toEqual(['once', 'once', 'never again']);
  });

  it('works on as many at once as it was told, and no more', async () => {
    const queue = await opened();
    let now = 0;
    let most = 0;
    const gate = Promise.withResolvers<void>();
    const ended: Json[] = [];
    for (let n = 0; n < 4; n++) await queue.send('wide', n);
    const handler = async (data: Json) => {
      most = Math.max(most, ++now);
      await gate.promise;
      now--;
      ended.push(data);
    };
    await queue.work('wide', handler, { atOnce: 2 });
    await expect.poll(() => now, { timeout: 15_000 }).toBe(2);
    gate.resolve();
    await expect.poll(() => ended.length, { timeout: 25_000 }).toBe(4);
    expect(most).toBe(2);
  });

  it('sends by itself again and again', async () => {
    const queue = await opened();
    const { handler, until } = gathering();
    await queue.work('tick', handler);
    queue.every('tick', 1000);
    await until(2);
  });

  it('waits for the handlers under way when it is closed, and takes no other job', async () => {
    const queue = await open();
    const said: string[] = [];
    await queue.work('slow', async (data) => {
      said.push(`began ${data}`);
      await pause(300);
      said.push(`ended ${data}`);
    });
    await queue.send('slow', 1);
    await expect.poll(() => said, { timeout: 15_000 }).toEqual(['began 1']);
    await queue.send('slow', 2);
    await queue.close();
    expect(said).toEqual(['began 1', 'ended 1']);
  });
}

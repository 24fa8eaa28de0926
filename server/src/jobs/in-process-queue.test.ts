import { pino } from 'pino';
import { describe, expect, it, vi } from 'vitest';
import { createInProcessQueue } from './in-process-queue.ts';
import { queueContract } from './queue-suite.ts';

const silent = pino({ level: 'silent' });

describe('the queue of one process', () => {
  queueContract(async () => createInProcessQueue(silent));

  it('tells a handler that does not end that it must, when the patience of closing is over', async () => {
    const queue = createInProcessQueue(silent, 20);
    const ended = vi.fn();
    await queue.work('endless', async (_data, signal) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      ended();
    });
    await queue.send('endless', null);
    await new Promise((resolve) => setTimeout(resolve));
    await queue.close();
    expect(ended).toHaveBeenCalledOnce();
  });
});

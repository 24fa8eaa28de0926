import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type TemporaryDatabase, temporaryDatabase } from '../store/postgres/database.fixture.ts';
import { openPgBossQueue } from './pg-boss-queue.ts';
import { queueContract } from './queue-suite.ts';

const log = pino({ level: 'silent' });

describe('the queue on PostgreSQL', () => {
  queueContract(async () => {
    const database = await temporaryDatabase();
    onTestFinished(() => database.drop());
    return openPgBossQueue({ url: database.url, log });
  });
});

describe('the queues of several processes', () => {
  let database: TemporaryDatabase;
  beforeAll(async () => {
    database = await temporaryDatabase();
  });
  afterAll(() => database.drop());
  const open = async () => {
    const queue = await openPgBossQueue({ url: database.url, log });
    onTestFinished(() => queue.close());
    return queue;
  };

  it('deliver each job once while nobody fails', async () => {
    const queues = await Promise.all([open(), open(), open()]);
    const arrived: unknown[] = [];
    for (const queue of queues) await queue.work('shared', async (data) => void arrived.push(data));
    await Promise.all([...Array(30).keys()].map((n) => queues[n % 3]?.send('shared', n)));
    await expect.poll(() => arrived.length, { timeout: 60_000, interval: 200 }).toBe(30);
    expect(new Set(arrived).size).toBe(30);
  });

  it('send one repeated job for all of them', async () => {
    const queues = await Promise.all([open(), open()]);
    const arrived: number[] = [];
    for (const queue of queues) {
      await queue.work('beat', async () => void arrived.push(Date.now()));
      queue.every('beat', 1000);
    }
    await expect.poll(() => arrived.length, { timeout: 20_000 }).toBe(3);
    // Four ticks of each of the two would have come to eight.
    expect(Math.max(...arrived) - Math.min(...arrived)).toBeGreaterThan(1000);
  });

  it('take over a job from a process that was killed', async () => {
    const child = spawn(
      process.execPath,
      [fileURLToPath(new URL('worker-process.fixture.ts', import.meta.url)), database.url],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const queue = await open();
    await queue.send('endless', 'work');
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'exit');
    const took = Promise.withResolvers<unknown>();
    await queue.work('endless', async (data) => took.resolve(data));
    expect(await took.promise).toBe('work');
  });
});

import { setTimeout as pause } from 'node:timers/promises';
import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Store } from '../store/contract.ts';
import { temporaryDatabase } from '../store/postgres/database.fixture.ts';
import { openPostgresStore } from '../store/postgres/store.ts';
import type { Leases } from '../store/work-contract.ts';
import { openHolding } from './holding.ts';

const APPLICATION = 7;
const log = pino({ level: 'silent' });
const SHORT = { heartbeat: 100, expiry: 600 };

/** Two processes on one database; what the first sends of its life can be held back. */
async function two() {
  const database = await temporaryDatabase();
  onTestFinished(() => database.drop());
  const open = async (): Promise<Store> => {
    const store = await openPostgresStore({ url: database.url, connections: 4, searchBudget: 1000 });
    onTestFinished(() => store.close());
    return store;
  };
  const [one, other] = await Promise.all([open(), open()]);
  let away = false;
  const cutOff = (is: boolean) => {
    away = is;
  };
  const heartbeat: Leases['heartbeat'] = (process, ms) =>
    away ? Promise.reject(new Error('The database is away')) : one.work.leases.heartbeat(process, ms);
  const work = { ...one.work, leases: { ...one.work.leases, heartbeat } };
  const process = (id: string) => ({ id, roles: ['worker'] });
  const a = openHolding({ work, signals: one.signals, log, process: process('a'), ...SHORT });
  const b = openHolding({ work: other.work, signals: other.signals, log, process: process('b'), ...SHORT });
  onTestFinished(async () => void (await Promise.all([a.close(), b.close()])));
  return { a, b, store: other, cutOff };
}

describe('holding leases', () => {
  it('lasts as long as the process shows that it lives', async () => {
    const { a, b } = await two();
    const lease = await a.acquire(APPLICATION);
    expect(lease?.fence).toBe(1);
    expect(await a.acquire(APPLICATION)).toBe(lease);
    await pause(1200);
    expect(await b.acquire(APPLICATION)).toBeUndefined();
    expect(lease?.lost.aborted).toBe(false);
  });

  it('ends before another process may take over, when the database does not hear of the process', async () => {
    const { a, b, cutOff } = await two();
    const lease = await a.acquire(APPLICATION);
    const events: string[] = [];
    lease?.lost.addEventListener('abort', () => events.push('lost'));
    cutOff(true);
    while ((await b.acquire(APPLICATION)) === undefined) await pause(10);
    events.push('taken');
    expect(events).toEqual(['lost', 'taken']);
    expect(b.held(APPLICATION)?.fence).toBe(2);
    expect(await a.acquire(APPLICATION)).toBeUndefined();
  });

  it('begins anew when the database is back and nobody has taken over', async () => {
    const { a, cutOff } = await two();
    const lease = await a.acquire(APPLICATION);
    cutOff(true);
    await expect.poll(() => lease?.lost.aborted, { timeout: 5000 }).toBe(true);
    cutOff(false);
    await expect.poll(async () => (await a.acquire(APPLICATION))?.fence, { timeout: 5000 }).toBe(2);
  });

  it('ends at once when the process closes', async () => {
    const { a, b, store } = await two();
    await a.acquire(APPLICATION);
    const hints: string[] = [];
    store.signals.subscribe('jobs', (subject) => hints.push(subject));
    await a.close();
    expect((await b.acquire(APPLICATION))?.fence).toBe(2);
    await expect.poll(() => hints).toContain('');
  });
});

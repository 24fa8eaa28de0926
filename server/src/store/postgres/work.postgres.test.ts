import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Store } from '../contract.ts';
import { fenced } from '../jobs/fence.ts';
import { LeaseLost } from '../work-contract.ts';
import { connectionOf } from './connection.ts';
import { temporaryDatabase } from './database.fixture.ts';
import { openPostgresStore } from './store.ts';

const APPLICATION = 7;

/** Two processes' stores on one database. */
async function two(): Promise<{ url: string; a: Store; b: Store }> {
  const database = await temporaryDatabase();
  onTestFinished(() => database.drop());
  const open = () => openPostgresStore({ url: database.url, connections: 4, searchBudget: 1000 });
  const [a, b] = await Promise.all([open(), open()]);
  onTestFinished(async () => void (await Promise.all([a.close(), b.close()])));
  return { url: database.url, a, b };
}

describe('leases of several processes', () => {
  it('are given to one of those who ask at the same time', async () => {
    const { a, b } = await two();
    for (const id of ['a', 'b']) await a.work.leases.heartbeat({ id, roles: [] }, 60_000);
    for (let application = 1; application <= 20; application++) {
      const fences = await Promise.all([
        a.work.leases.acquire(application, 'a'),
        b.work.leases.acquire(application, 'b'),
      ]);
      expect(fences.filter((fence) => fence !== undefined)).toEqual([1]);
    }
  });

  it('pass to another process when the holder shows no sign of life', async () => {
    const { a, b } = await two();
    await a.work.leases.heartbeat({ id: 'a', roles: [] }, 100);
    await b.work.leases.heartbeat({ id: 'b', roles: [] }, 60_000);
    expect(await a.work.leases.acquire(APPLICATION, 'a')).toBe(1);
    expect(await b.work.leases.acquire(APPLICATION, 'b')).toBeUndefined();
    await pause(150);
    expect(await b.work.leases.holder(APPLICATION)).toBeUndefined();
    expect(await b.work.leases.acquire(APPLICATION, 'b')).toBe(2);
    expect(await a.work.leases.heartbeat({ id: 'a', roles: [] }, 60_000)).toEqual(new Map());
  });

  it('make whoever takes one wait for what is written under the old one, and refuse what comes after', async () => {
    const { url, a, b } = await two();
    await a.work.leases.heartbeat({ id: 'a', roles: [] }, 50);
    await b.work.leases.heartbeat({ id: 'b', roles: [] }, 60_000);
    await a.work.leases.acquire(APPLICATION, 'a');
    const client = new Client({ connectionString: url });
    await client.connect();
    onTestFinished(() => client.end());
    const writer = connectionOf(client);
    await client.query('BEGIN');
    await fenced(APPLICATION, 1)(writer);
    await pause(60);
    const said: string[] = [];
    const taken = b.work.leases.acquire(APPLICATION, 'b').then((fence) => said.push(`taken with ${fence}`));
    await pause(100);
    said.push('written');
    await client.query('COMMIT');
    await taken;
    expect(said).toEqual(['written', 'taken with 2']);
    await client.query('BEGIN');
    await expect(fenced(APPLICATION, 1)(writer)).rejects.toThrow(LeaseLost);
    await client.query('ROLLBACK');
  });
});

describe('the outbox of several processes', () => {
  it('tells news once, and hands a mail to one of them', async () => {
    const { a, b } = await two();
    const news = { application: APPLICATION, cause: 'quarantine', size: 0, memory: 60_000 };
    const mails = [{ recipient: 'ops@example.org', subject: 'held back', text: '' }];
    const added = await Promise.all([a.work.outbox.add(news, mails, 10), b.work.outbox.add(news, mails, 10)]);
    expect(added.toSorted()).toEqual([false, true]);
    const taken = await Promise.all([a.work.outbox.take(APPLICATION, 60_000), b.work.outbox.take(APPLICATION, 60_000)]);
    expect(taken.filter((one) => one !== undefined)).toHaveLength(1);
  });
});

describe('imports of several processes', () => {
  it('do not write into one identity server at once', async () => {
    const { a, b } = await two();
    const begun = await Promise.all([a.work.imports.begin(1, 'a', 60_000), b.work.imports.begin(1, 'b', 60_000)]);
    expect(begun.toSorted()).toEqual([false, true]);
  });
});

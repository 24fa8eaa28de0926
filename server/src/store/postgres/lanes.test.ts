import { describe, expect, it } from 'vitest';
import { StoreUnavailable } from '../contract.ts';
import type { PostgresConnection, PostgresResult } from './connection.ts';
import { openLanes } from './lanes.ts';
import type { Connections } from './pool.ts';

const RESULT: PostgresResult = { rows: [], changes: 0, command: 'SELECT' };

/** A pool that notes what becomes of its connections; each statement is answered by hand. */
function openFakePool() {
  const seen = { taken: 0, returned: 0, broken: 0, alone: 0 };
  const waiting: { resolve(): void; reject(error: unknown): void }[] = [];
  const connection: PostgresConnection = {
    dialect: 'postgres',
    execute: () =>
      new Promise((resolve, reject) => {
        waiting.push({ resolve: () => resolve(RESULT), reject });
      }),
  };
  const pool: Pick<Connections, 'use' | 'read'> = {
    read: {
      dialect: 'postgres',
      async execute() {
        seen.alone++;
        return RESULT;
      },
    },
    async use(body) {
      seen.taken++;
      try {
        const value = await body(connection);
        seen.returned++;
        return value;
      } catch (error) {
        seen.broken++;
        throw error;
      }
    },
  };
  return { pool, seen, waiting };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('lanes', () => {
  it('share a connection, and give it back when nothing is under way', async () => {
    const { pool, seen, waiting } = openFakePool();
    const lanes = openLanes(pool, 2);
    const sent = Promise.all([lanes.execute('a', []), lanes.execute('b', [])]);
    await turn();
    expect(waiting).toHaveLength(2);
    for (const { resolve } of waiting) resolve();
    await sent;
    await turn();
    expect(seen).toEqual({ taken: 1, returned: 1, broken: 0, alone: 0 });
  });

  it('take another connection when one is full, and leave to the pool what is too much', async () => {
    const { pool, seen, waiting } = openFakePool();
    const lanes = openLanes(pool, 2);
    const sent = Promise.all(Array.from({ length: 33 }, () => lanes.execute('a', [])));
    await turn();
    expect({ ...seen, waiting: waiting.length }).toMatchObject({ taken: 2, alone: 1, waiting: 32 });
    for (const { resolve } of waiting) resolve();
    await sent;
  });

  it('give up a connection that was lost', async () => {
    const { pool, seen, waiting } = openFakePool();
    const lanes = openLanes(pool, 2);
    const sent = lanes.execute('a', []);
    await turn();
    waiting[0]?.reject(new Error('Connection terminated unexpectedly'));
    await expect(sent).rejects.toThrow(StoreUnavailable);
    await turn();
    expect(seen).toMatchObject({ taken: 1, returned: 0, broken: 1 });
  });

  it('say that the database is away when no connection is to be had', async () => {
    const { pool } = openFakePool();
    const away = new StoreUnavailable('The database cannot be reached');
    const lanes = openLanes({ ...pool, use: () => Promise.reject(away) }, 1);
    await expect(lanes.execute('a', [])).rejects.toBe(away);
  });
});

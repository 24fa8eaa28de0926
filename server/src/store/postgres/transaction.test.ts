import { DatabaseError } from 'pg';
import { describe, expect, it } from 'vitest';
import { CommitFailed } from '../contract.ts';
import type { PostgresConnection, PostgresResult } from './connection.ts';
import type { Connections } from './pool.ts';
import { inTransaction } from './transaction.ts';

const DEADLOCK = Object.assign(new DatabaseError('deadlock detected', 0, 'error'), { code: '40P01' });
const LOST = new Error('Connection terminated unexpectedly');

/** A connection that answers each statement with what `answer` says; what was sent. */
function connections(answer: (sql: string) => Error | string) {
  const sent: string[] = [];
  const connection: PostgresConnection = {
    dialect: 'postgres',
    async execute(sql): Promise<PostgresResult> {
      sent.push(sql);
      const result = answer(sql);
      if (result instanceof Error) throw result;
      return { rows: [], changes: 0, command: result };
    },
  };
  const all: Connections = {
    read: connection,
    use: (body) => body(connection),
    waiting: () => 0,
    close: async () => undefined,
  };
  return { all, sent };
}

const write = (connection: PostgresConnection) => connection.execute('INSERT', [], {});

describe('a transaction', () => {
  it('whose connection is lost at its COMMIT may have been stored', async () => {
    const { all } = connections((sql) => (sql === 'COMMIT' ? LOST : sql));
    const failed = await inTransaction(all, write).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(CommitFailed);
    expect(failed).toMatchObject({ mayBeStored: true, cause: LOST });
  });

  it('whose connection is lost before has stored nothing', async () => {
    const { all, sent } = connections((sql) => (sql === 'INSERT' ? LOST : sql));
    await expect(inTransaction(all, write)).rejects.toBe(LOST);
    expect(sent).toEqual(['BEGIN', 'INSERT', 'ROLLBACK']);
  });

  it('that PostgreSQL undid at its COMMIT is not taken for stored', async () => {
    const { all } = connections((sql) => (sql === 'COMMIT' ? 'ROLLBACK' : sql));
    const failed = await inTransaction(all, write).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(CommitFailed);
    expect(failed).toMatchObject({ mayBeStored: false });
  });

  it('that was ended for another one’s sake runs again, and gives up after a few times', async () => {
    let deadlocks = 2;
    const { all, sent } = connections((sql) => (sql === 'INSERT' && deadlocks-- > 0 ? DEADLOCK : sql));
    await inTransaction(all, write);
    expect(sent.filter((sql) => sql === 'BEGIN')).toHaveLength(3);
    expect(sent.at(-1)).toBe('COMMIT');

    const never = connections((sql) => (sql === 'INSERT' ? DEADLOCK : sql));
    const failed = await inTransaction(never.all, write).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(CommitFailed);
    expect(failed).toMatchObject({ mayBeStored: false });
  });
});

import { setTimeout as pause } from 'node:timers/promises';
import { CommitFailed, type NewChange, type Transaction } from '../contract.ts';
import { createRecorder } from './changes.ts';
import type { PostgresConnection } from './connection.ts';
import { deleteMemberships } from './delete-memberships.ts';
import { isTryAgain, isUnavailable } from './error.ts';
import { applyMembers, unknownMembers } from './members.ts';
import type { Connections } from './pool.ts';
import { createReads } from './reads.ts';
import { insert, remove, rewriteValues, touch, update } from './resources.ts';

/** How often a transaction is begun anew that PostgreSQL ended for another's sake. */
const TRIES = 6;

const run = (connection: PostgresConnection, sql: string) => connection.execute(sql, [], { prepare: false });

/** What a transaction has sent and does not wait for; the end waits for it. */
export interface Pending {
  readonly later: (written: Promise<unknown>) => void;
  readonly settled: () => Promise<void>;
}

export function createPending(): Pending {
  const sent: Promise<unknown>[] = [];
  return {
    later(written) {
      // Its failure shows at the end.
      written.catch(() => undefined);
      sent.push(written);
    },
    async settled() {
      await Promise.all(sent);
    },
  };
}

/**
 * Runs `body` in a transaction of its own, again when PostgreSQL ended it because of another one. BEGIN and COMMIT are
 * sent with what follows and precedes them. Errors: what `body` throws, CommitFailed, StoreUnavailable.
 */
export async function inTransaction<T>(
  connections: Connections,
  body: (connection: PostgresConnection, pending: Pending) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await connections.use((connection) => once(connection, body));
    } catch (error) {
      if (!isTryAgain(error)) throw error;
      if (attempt === TRIES) throw new CommitFailed('Too many transactions stood in its way', { cause: error });
      // Both of two that met would meet again.
      await pause(Math.random() * 10 * attempt);
    }
  }
}

async function once<T>(
  connection: PostgresConnection,
  body: (connection: PostgresConnection, pending: Pending) => Promise<T>,
): Promise<T> {
  const begun = run(connection, 'BEGIN');
  begun.catch(() => undefined);
  const pending = createPending();
  let value: T;
  try {
    value = await body(connection, pending);
  } catch (error) {
    await run(connection, 'ROLLBACK').catch(() => undefined);
    throw error;
  }
  const ended = run(connection, 'COMMIT');
  // It is waited for below; what failed before it explains more.
  ended.catch(() => undefined);
  try {
    await begun;
    await pending.settled();
    const { command } = await ended;
    if (command !== 'COMMIT')
      throw new CommitFailed('The database undid the transaction: a statement of it had failed');
    return value;
  } catch (error) {
    if (!isUnavailable(error)) throw error;
    // It is on its way already: whether it has arrived, nobody says any more.
    throw new CommitFailed('The connection was lost before the database had answered', {
      cause: error,
      mayBeStored: true,
    });
  }
}

/** What a body may do on the connection of its transaction. `onChange` is told what the change feed gets, which `append` writes. */
export function createTransaction(
  connection: PostgresConnection,
  pending: Pending,
  base: number,
  onChange: (change: NewChange) => void,
  append = createRecorder(connection, base),
): Transaction {
  const record = (change: NewChange) => {
    pending.later(append(change));
    onChange(change);
  };
  return {
    ...createReads(connection, 'change'),
    insert: (resource) => insert(connection, resource),
    update: (current, previous, next, at) => update(connection, current, previous, next, at, pending.later),
    reindex: (current, previous, next) => rewriteValues(connection, current, previous, next),
    touch: async (current, at) => touch(connection, current, at, pending.later),
    async delete(current, previous, at) {
      await deleteMemberships(connection, current, at, record);
      await remove(connection, current, previous);
    },
    applyMembers: (group, operations) => applyMembers(connection, group, operations),
    unknownMembers: (server, members) => unknownMembers(connection, server, members),
    async record(change) {
      record(change);
    },
  };
}

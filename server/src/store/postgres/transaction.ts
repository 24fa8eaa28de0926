import { setTimeout as pause } from 'node:timers/promises';
import { CommitFailed, type NewChange, type Transaction } from '../contract.ts';
import { createPipeline, type Pipeline } from '../pipeline.ts';
import { createRecorder } from './changes.ts';
import { type PostgresConnection, runCommand } from './connection.ts';
import { deleteMemberships } from './delete-memberships.ts';
import { isTryAgain, isUnavailable } from './error.ts';
import { applyMembers, unknownMembers } from './members.ts';
import type { Connections } from './pool.ts';
import { createReads } from './reads.ts';
import { insert, remove, rewriteValues, touch, update } from './resources.ts';

/** How often a transaction is begun anew that PostgreSQL ended for another's sake. */
const TRIES = 6;

/**
 * Runs `body` in a transaction of its own, again when PostgreSQL ended it because of another one. BEGIN and COMMIT are
 * sent with what follows and precedes them. Errors: what `body` throws, CommitFailed, StoreUnavailable.
 */
export async function inTransaction<T>(
  connections: Connections,
  body: (connection: PostgresConnection, pipeline: Pipeline) => Promise<T>,
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
  body: (connection: PostgresConnection, pipeline: Pipeline) => Promise<T>,
): Promise<T> {
  const begun = runCommand(connection, 'BEGIN');
  begun.catch(() => undefined);
  const pipeline = createPipeline();
  let value: T;
  try {
    value = await body(connection, pipeline);
  } catch (error) {
    await runCommand(connection, 'ROLLBACK').catch(() => undefined);
    throw error;
  }
  const ended = runCommand(connection, 'COMMIT');
  // It is waited for below; what failed before it explains more.
  ended.catch(() => undefined);
  try {
    await begun;
    await pipeline.answered();
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
  pipeline: Pipeline,
  base: number,
  onChange: (change: NewChange) => void,
  append = createRecorder(connection, base),
): Transaction {
  const record = (change: NewChange) => {
    pipeline.send(append(change));
    onChange(change);
  };
  return {
    ...createReads(connection, 'change'),
    insert: (resource) => insert(connection, resource),
    update: (current, previous, next, at) => update(connection, current, previous, next, at, pipeline.send),
    reindex: (current, previous, next) => rewriteValues(connection, current, previous, next),
    touch: async (current, at) => touch(connection, current, at, pipeline.send),
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

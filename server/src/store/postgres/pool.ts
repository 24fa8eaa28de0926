import { Pool, type PoolClient } from 'pg';
import { CommitFailed, StoreUnavailable } from '../contract.ts';

import { connectionOf, type PostgresConnection, TYPES } from './connection.ts';
import { isCancelled, isLockTimeout, isUnavailable } from './error.ts';

export interface PoolOptions {
  /** `postgres://user:password@host:port/database`, with pg's parameters (`sslmode`, `host=/directory` ...). */
  readonly url: string;
  /** Connections that this process opens at most. */
  readonly connections: number;
  /** Milliseconds that a request waits for a connection before it is refused. */
  readonly patience: number;
  /** Milliseconds after which PostgreSQL ends a statement. */
  readonly statementTimeout: number;
  /** Milliseconds without an answer after which the connection is given up; absent: as long as TCP takes. */
  readonly answerTimeout?: number;
}

/** The connections of this process to the database. */
export interface Connections {
  /** Runs each statement on whichever connection is free: it sees the last commit. Errors: StoreUnavailable. */
  readonly read: PostgresConnection;
  /** Runs `body` on one connection, which is thrown away when `body` fails for the connection's sake. */
  use<T>(body: (connection: PostgresConnection) => Promise<T>): Promise<T>;
  /** Who waits for a connection. */
  waiting(): number;
  /** Waits for what is under way. */
  close(): Promise<void>;
}

/** Who may wait for a connection at a time: more would only be answered too late. */
const MOST_WAITING = 1000;

/** Milliseconds that a statement waits for what another transaction holds. */
const LOCK_TIMEOUT = 10_000;

/** What callers are told of an error of a statement. */
export function asStoreError(error: unknown): unknown {
  if (isCancelled(error) || isLockTimeout(error)) {
    return new StoreUnavailable('The database takes too long', { cause: error });
  }
  return isUnavailable(error) ? new StoreUnavailable('The database ended the connection', { cause: error }) : error;
}

export function openPool(options: PoolOptions): Connections {
  const pool = new Pool({
    connectionString: options.url,
    max: options.connections,
    min: 0,
    connectionTimeoutMillis: options.patience,
    idleTimeoutMillis: 60_000,
    statement_timeout: options.statementTimeout,
    lock_timeout: LOCK_TIMEOUT,
    // For a connection that is silent: the network between may swallow what is sent.
    query_timeout: options.statementTimeout + 5000,
    idle_in_transaction_session_timeout: 60_000,
    application_name: 'rollcall',
    keepAlive: true,
    types: TYPES,
    pipeline: true,
    ...(options.answerTimeout !== undefined && { query_timeout: options.answerTimeout }),
  });
  // Statements of a millisecond are not worth compiling, whatever the planner expects of tables without statistics.
  pool.on('connect', (client) => void client.query('SET jit = off').catch(() => undefined));
  // An idle connection that ends is replaced when one is needed; without a listener the process would end.
  pool.on('error', () => undefined);
  const underWay = new Set<Promise<unknown>>();
  let isClosed = false;

  async function checkout(): Promise<PoolClient> {
    if (isClosed) throw new StoreUnavailable('The store is closed');
    if (pool.waitingCount >= MOST_WAITING) throw new StoreUnavailable('Too many requests wait for the database');
    try {
      return await pool.connect();
    } catch (error) {
      const allTaken =
        error instanceof Error && pool.totalCount >= options.connections && /timeout exceeded/.test(error.message);
      throw new StoreUnavailable(
        allTaken ? 'All connections to the database are busy' : 'The database cannot be reached',
        {
          cause: error,
        },
      );
    }
  }

  function use<T>(body: (connection: PostgresConnection) => Promise<T>): Promise<T> {
    const used = onConnection(body);
    underWay.add(used);
    const ended = () => void underWay.delete(used);
    used.then(ended, ended);
    return used;
  }

  async function onConnection<T>(body: (connection: PostgresConnection) => Promise<T>): Promise<T> {
    const client = await checkout();
    let broken = false;
    const onError = () => {
      broken = true;
    };
    client.on('error', onError);
    try {
      return await body(connectionOf(client));
    } catch (error) {
      if ((error instanceof CommitFailed && error.mayBeStored) || isUnavailable(error)) broken = true;
      throw asStoreError(error);
    } finally {
      client.off('error', onError);
      client.release(broken);
    }
  }

  return {
    read: {
      dialect: 'postgres',
      execute: (sql, bindings, execution) => use((connection) => connection.execute(sql, bindings, execution)),
    },
    use,
    waiting: () => pool.waitingCount,
    async close() {
      const accepted = [...underWay];
      isClosed = true;
      await Promise.allSettled(accepted);
      await pool.end();
    },
  };
}

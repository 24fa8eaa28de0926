import { Pool, type PoolClient } from 'pg';
import { StoreUnavailable } from '../contract.ts';

import { connectionOf, type PostgresConnection, TYPES } from './connection.ts';
import { isUnavailable } from './error.ts';

export interface PoolOptions {
  /** `postgres://user:password@host:port/database`, with pg's parameters (`sslmode`, `host=/directory` ...). */
  readonly url: string;
  /** Connections that this process opens at most. */
  readonly connections: number;
  /** Milliseconds that a request waits for a connection before it is refused. */
  readonly patience: number;
  /** Milliseconds after which PostgreSQL ends a statement. */
  readonly statementTimeout: number;
}

/** The connections of this process to the database. */
export interface Connections {
  /** Runs each statement on whichever connection is free: it sees the last commit. Errors: StoreUnavailable. */
  readonly read: PostgresConnection;
  /** Runs `body` on one connection, which is thrown away when `body` fails for the connection's sake. */
  use<T>(body: (connection: PostgresConnection) => Promise<T>): Promise<T>;
  /** Whoever waits for a connection, beyond `most` nobody may: see `use`. */
  waiting(): number;
  close(): Promise<void>;
}

/** Who may wait for a connection, for each connection: more would only be answered too late. */
const WAITING_PER_CONNECTION = 50;

export function openPool(options: PoolOptions): Connections {
  const pool = new Pool({
    connectionString: options.url,
    max: options.connections,
    min: 0,
    connectionTimeoutMillis: options.patience,
    idleTimeoutMillis: 60_000,
    statement_timeout: options.statementTimeout,
    idle_in_transaction_session_timeout: 60_000,
    application_name: 'rollcall',
    keepAlive: true,
    types: TYPES,
    pipeline: true,
  });
  // An idle connection that ends is replaced when one is needed; without a listener the process would end.
  pool.on('error', () => undefined);
  const mostWaiting = options.connections * WAITING_PER_CONNECTION;

  async function checkout(): Promise<PoolClient> {
    if (pool.waitingCount >= mostWaiting) throw new StoreUnavailable('Too many requests wait for the database');
    try {
      const client = await pool.connect();
      return client;
    } catch (error) {
      throw new StoreUnavailable('The database cannot be reached', { cause: error });
    }
  }

  async function use<T>(body: (connection: PostgresConnection) => Promise<T>): Promise<T> {
    const client = await checkout();
    let broken = false;
    const onError = () => {
      broken = true;
    };
    client.on('error', onError);
    try {
      return await body(connectionOf(client));
    } catch (error) {
      if (!isUnavailable(error)) throw error;
      broken = true;
      throw new StoreUnavailable('The database ended the connection', { cause: error });
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
    close: () => pool.end(),
  };
}

import { randomUUID } from 'node:crypto';
import { createAdministrators } from '../administrator/administrators.ts';
import { createApplications } from '../application/applications.ts';
import type { NewChange, Store } from '../contract.ts';
import { createWork } from '../jobs/work.ts';
import { createSettings } from '../settings/settings.ts';
import type { Access } from '../statements.ts';
import { createChangeFeed, readFeedBase } from './changes.ts';
import type { PostgresConnection } from './connection.ts';
import { createTurns } from './in-turn.ts';
import { openLanes } from './lanes.ts';
import { migrateAt, planMigration } from './migrate.ts';
import { openPool } from './pool.ts';
import { createReads } from './reads.ts';
import { rehearse } from './rehearse.ts';
import { openSearch } from './search/search.ts';
import { createSharedLimits } from './shared-limits.ts';
import { openSignals } from './signals.ts';
import { together } from './together.ts';
import { createTransaction, inTransaction } from './transaction.ts';

export interface PostgresStoreOptions {
  /** `postgres://user:password@host:port/database` */
  readonly url: string;
  /** Connections that this process opens at most. */
  readonly connections: number;
  /** Milliseconds that a search without a fitting index may take. */
  readonly searchBudget: number;
  /** Threads for such searches, each with a connection of its own; 2 unless said. */
  readonly readerThreads?: number;
}

/** Connections at most that index lookups share. */
const LANES = 2;
/** Milliseconds that a request waits for a connection. */
const PATIENCE = 2000;
/** No statement of the store's own takes nearly as long. */
const STATEMENT_TIMEOUT = 30_000;

/**
 * Opens the store in a PostgreSQL database, making and migrating its tables when needed; any number of processes may
 * have it open. Errors: StoreUnavailable; a database of a newer version.
 */
export async function openPostgresStore(options: PostgresStoreOptions): Promise<Store> {
  const { url, connections: most, searchBudget, readerThreads = 2 } = options;
  const connections = openPool({ url, connections: most, patience: PATIENCE, statementTimeout: STATEMENT_TIMEOUT });
  let installation: string;
  let base: number;
  try {
    const { steps } = await connections.use((connection) => planMigration(connection));
    if (steps.length > 0) await migrateAt(url);
    installation = await connections.use(installationId);
    base = await readFeedBase(connections.read);
  } catch (error) {
    await connections.close();
    throw error;
  }
  const signals = await openSignals(url, connections);
  const write = <T>(body: (connection: PostgresConnection) => Promise<T>): Promise<T> =>
    inTransaction(connections, body);
  const changes = createChangeFeed(connections.read, signals, base, write);
  const short = openLanes(connections, most < 4 ? 1 : LANES);
  const search = openSearch({ url, threads: readerThreads, budget: searchBudget, connections, short });
  const access: Access = { read: connections.read, write };
  let commits = 0;
  let writing = 0;

  /** Runs a write, which says when it begins (anew) and what it changes, and tells of it when it is stored. */
  async function counted<T>(
    body: (begun: () => void, onChange: (change: NewChange) => void) => Promise<T>,
  ): Promise<T> {
    const touched = new Set<number>();
    writing++;
    try {
      const value = await body(
        () => touched.clear(),
        ({ server }) => touched.add(server),
      );
      commits++;
      for (const server of touched) signals.publish('changes', String(server));
      return value;
    } finally {
      writing--;
    }
  }

  const store: Store = {
    ...createReads(connections.read, 'none', short),
    settings: createSettings(installation, access, signals),
    applications: createApplications(access),
    administrators: createAdministrators(access),
    work: createWork(access),
    changes,
    signals,
    keepsOrder: false,
    limits: createSharedLimits(connections.read),
    claimKeys: (fingerprint) => claimKeys(connections.read, fingerprint),
    inTurn: createTurns(connections),
    transaction: (body) =>
      counted((begun, onChange) =>
        inTransaction(connections, (connection, pipeline) => {
          begun();
          return body(createTransaction(connection, pipeline, base, onChange));
        }),
      ),
    together: (body) => counted((begun, onChange) => together(connections, base, store, begun, onChange, body)),
    rehearse: (body) => rehearse(connections, base, store, body),
    search: search.search,
    backup: () => Promise.reject(new Error('A PostgreSQL database is backed up with its own tools, such as pg_dump')),
    statistics: () => ({ waitingWrites: writing, waitingSearches: search.waiting(), commits, walBytes: 0 }),
    async close() {
      changes.close();
      await search.close();
      await signals.close();
      await connections.close();
    },
  };
  return store;
}

/** Notes a fingerprint where none is noted yet, whoever comes first; whether it is the one that is. */
async function claimKeys(connection: PostgresConnection, fingerprint: string): Promise<boolean> {
  const { rows } = await connection.execute(
    'UPDATE installation SET keys = coalesce(keys, $1) RETURNING keys = $1 AS same',
    [fingerprint],
    { prepare: false },
  );
  return rows[0]?.same === true;
}

/** Reads the installation's id, making it the first time, whoever comes first. */
async function installationId(connection: PostgresConnection): Promise<string> {
  const run = (sql: string, bindings: string[]) => connection.execute(sql, bindings, { prepare: false });
  await run('BEGIN', []);
  await run('LOCK TABLE installation IN EXCLUSIVE MODE', []);
  await run('INSERT INTO installation (id) SELECT $1 WHERE NOT EXISTS (SELECT 1 FROM installation)', [randomUUID()]);
  const { rows } = await run('SELECT id FROM installation', []);
  await run('COMMIT', []);
  return String(rows[0]?.id);
}

import { randomUUID } from 'node:crypto';
import { chmodSync, closeSync, fsyncSync, mkdirSync, openSync } from 'node:fs';
import { createAdministrators } from '../administrator/administrators.ts';
import { createApplications } from '../application/applications.ts';
import type { Store, Transaction } from '../contract.ts';
import { createWork } from '../jobs/work.ts';
import { openSearch } from '../search/search.ts';
import { createSettings } from '../settings/settings.ts';
import { createSignals } from '../signals.ts';
import type { Access } from '../statements.ts';
import { backupDatabase } from './backup.ts';
import { createChangeFeed } from './changes.ts';
import { createCheckpoints } from './checkpoint.ts';
import { type Connection, openConnection } from './connection.ts';
import { databaseFile } from './database-file.ts';
import { createGroupCommit, type GroupCommit } from './group-commit.ts';
import { WANTED_TABLE } from './members-replace.ts';
import { migrate } from './migrate.ts';
import { createReads } from './reads.ts';
import { rehearse } from './rehearse.ts';
import { createTransaction } from './transaction.ts';
import { openWriteAheadLog } from './write-ahead-log.ts';

export interface SqliteStoreOptions {
  /** Threads for searches without a fitting index. */
  readonly readerThreads: number;
  /** Milliseconds that such a search may take. */
  readonly searchBudget: number;
}

/**
 * Opens the store of a data directory, making and migrating it when needed. One process may have it open at a time
 * (`lockDirectory`). Throws when the database belongs to a newer version, and the errors of the file system.
 */
export async function openSqliteStore(directory: string, options: SqliteStoreOptions): Promise<Store> {
  const file = databaseFile(directory);
  const writer = openWriter(directory, file);
  const installation = installationId(writer);
  // Those of a process that has ended: there is no other one.
  writer.run('DELETE FROM import_mark', []);
  const log = openWriteAheadLog(file);
  // What a killed process left in the log was perhaps never synced, and is about to be shown as stored.
  await log.sync();
  syncDirectory(directory);

  const reader = openConnection(file, 'read');
  const checkpoints = createCheckpoints(file, writer);
  const writes: GroupCommit = createGroupCommit({
    connection: writer,
    sync: log.sync,
    before: checkpoints.pause,
    after(outcome) {
      if (outcome === 'stored') changes.stored();
      checkpoints.consider(outcome);
    },
    async repair() {
      const { complete, error } = await checkpoints.run('RESTART');
      if (!complete) throw new Error(error ?? 'the log could not be copied into the database');
    },
  });
  const changes = createChangeFeed(reader, writer, writes.run);
  const transaction: Transaction = createTransaction(writer, ({ server }) => changes.grows(server));
  const search = openSearch({
    file,
    threads: options.readerThreads,
    budget: options.searchBudget,
    main: reader,
  });

  const signals = createSignals();
  const access: Access = { read: reader, write: (body) => writes.run(() => body(writer)) };

  const store: Store = {
    ...createReads(reader),
    settings: createSettings(installation, access, signals),
    applications: createApplications(access),
    administrators: createAdministrators(access),
    work: createWork(access),
    changes,
    signals,
    keepsOrder: true,
    limits: undefined,
    claimKeys: async () => true,
    inTurn: (body) => body(),
    transaction: (body) => writes.run(() => body(transaction)),
    together: (body) => body(store),
    rehearse: (body) => rehearse(writer, writes.run, store, body),
    search: search.search,
    backup: (target) => backupDatabase(file, target),
    statistics: () => ({
      waitingWrites: writes.waiting(),
      waitingSearches: search.waiting(),
      commits: writes.commits(),
      walBytes: log.bytes(),
    }),
    async close() {
      await writes.close();
      await search.close();
      reader.close();
      await checkpoints.close();
      await log.close();
      writer.close();
    },
  };
  return store;
}

function openWriter(directory: string, file: string): Connection {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  // People's data: the file belongs to its owner alone, and SQLite gives the -wal and -shm beside it the same mode.
  closeSync(openSync(file, 'a', 0o600));
  chmodSync(file, 0o600);
  const writer = openConnection(file, 'write');
  try {
    // The sync is the group commit's, and checkpoints are the checkpoint thread's.
    writer.database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 0');
    // A log that grew is cut again when it begins anew; one of this size is written over, which syncs faster.
    writer.database.exec(`PRAGMA journal_size_limit = ${64 * 1024 * 1024}`);
    migrate(writer.database);
    writer.database.exec(WANTED_TABLE);
    return writer;
  } catch (error) {
    writer.close();
    throw error;
  }
}

/** Reads the installation's id, making it the first time; the statement also makes the log's file exist. */
function installationId(writer: Connection): string {
  writer.run('INSERT INTO installation SELECT ? WHERE NOT EXISTS (SELECT 1 FROM installation)', [randomUUID()]);
  return String(writer.first('SELECT id FROM installation', [])?.id);
}

/** The names of new files are data of their directory. */
function syncDirectory(directory: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(directory, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

import type { Store } from './contract.ts';
import { type TemporaryDatabase, temporaryDatabase, testDatabaseUrl } from './postgres/database.fixture.ts';
import { openPostgresStore } from './postgres/store.ts';
import { openSqliteStore } from './sqlite/store.ts';

/** The database that goes with each data directory, so that what is opened again finds what it left. */
const databases = new Map<string, Promise<TemporaryDatabase>>();

/** The settings of the database that a test with this data directory runs on: none where that is SQLite. */
export async function databaseOf(directory: string): Promise<{ readonly databaseUrl?: string }> {
  if (testDatabaseUrl() === undefined) return {};
  const known = databases.get(directory) ?? temporaryDatabase();
  databases.set(directory, known);
  return { databaseUrl: (await known).url };
}

/** Opens the store of a data directory, on the database that the tests run on. */
export async function openTestStore(directory: string): Promise<Store> {
  const { databaseUrl } = await databaseOf(directory);
  return databaseUrl === undefined
    ? openSqliteStore(directory, { readerThreads: 1, searchBudget: 1000 })
    : openPostgresStore({ url: databaseUrl, connections: 4, searchBudget: 1000 });
}

/** Drops the database that goes with a data directory, if there is one. */
export async function dropDatabaseOf(directory: string): Promise<void> {
  const database = databases.get(directory);
  databases.delete(directory);
  await (await database)?.drop();
}

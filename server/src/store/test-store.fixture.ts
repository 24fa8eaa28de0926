import { Client } from 'pg';
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

/** What somebody does whose keys are lost: the next process may have other ones. */
export async function forgetKeysOf(directory: string): Promise<void> {
  const database = await databases.get(directory);
  if (database !== undefined) await execute(database.url, 'UPDATE installation SET keys = NULL');
}

/** All that is in the tables of the database that goes with a data directory, as text; empty where there is none. */
export async function storedOf(directory: string): Promise<string> {
  const database = await databases.get(directory);
  if (database === undefined) return '';
  const tables = await execute(
    database.url,
    `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
     WHERE table_schema NOT IN ('pg_catalog', 'information_schema') AND table_type = 'BASE TABLE'`,
  );
  const texts: string[] = [];
  for (const { name } of tables) {
    for (const { row } of await execute(database.url, `SELECT CAST(t AS text) AS row FROM ${name} AS t`)) {
      texts.push(String(row));
    }
  }
  return texts.join('\n');
}

async function execute(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Drops the database that goes with a data directory, if there is one. */
export async function dropDatabaseOf(directory: string): Promise<void> {
  const database = databases.get(directory);
  databases.delete(directory);
  await (await database)?.drop();
}

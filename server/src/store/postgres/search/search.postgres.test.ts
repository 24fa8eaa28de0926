import { Client } from 'pg';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { BudgetExceeded, type Store, StoreUnavailable } from '../../contract.ts';
import { directoryIn } from '../../search/search-suite/directory-suite.ts';
import { searchContract } from '../../search/search-suite.ts';
import { type TemporaryDatabase, temporaryDatabase } from '../database.fixture.ts';
import { openPostgresStore } from '../store.ts';

async function open(searchBudget: number): Promise<{ store: Store; database: TemporaryDatabase }> {
  const database = await temporaryDatabase();
  const store = await openPostgresStore({ url: database.url, connections: 8, searchBudget });
  return { store, database };
}

describe('the search of the PostgreSQL store', () => {
  let database: TemporaryDatabase | undefined;
  // Runs after the suite has closed its store: the last is first.
  afterAll(() => database?.drop());
  searchContract(async () => {
    const opened = await open(10_000);
    database = opened.database;
    return opened.store;
  });

  it('goes on when PostgreSQL has ended the connections of its threads', async () => {
    const { store, database: own } = await open(10_000);
    onTestFinished(async () => {
      await store.close();
      await own.drop();
    });
    const directory = await directoryIn(store);
    await directory.add('User', { userName: 'mira', title: 'Guide' });
    const scan = () => directory.labels({ filter: 'title eq "guide"' });
    expect(await scan()).toEqual(['mira']);
    const client = new Client({ connectionString: own.url });
    await client.connect();
    const { rowCount } = await client.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE application_name = 'rollcall search' AND datname = current_database()`,
    );
    await client.end();
    expect(rowCount).toBe(1);
    // One that was on its way may be told to try again.
    await scan().catch((error: unknown) => expect(error).toBeInstanceOf(StoreUnavailable));
    expect(await scan()).toEqual(['mira']);
  });

  it('refuses a scan that takes longer than its budget, and answers what an index finds meanwhile', async () => {
    const { store, database: tight } = await open(1);
    onTestFinished(async () => {
      await store.close();
      await tight.drop();
    });
    const directory = await directoryIn(store);
    await directory.addAll(
      'User',
      Array.from({ length: 3000 }, (_, index) => ({ userName: `user${index}`, title: `Title ${index}` })),
    );
    const scan = expect(directory.search({ filter: 'title ne "x"' })).rejects.toBeInstanceOf(BudgetExceeded);
    expect(await directory.labels({ filter: 'userName eq "USER7"' })).toEqual(['user7']);
    await scan;
    expect(await directory.labels({ filter: 'userName eq "user8"' })).toEqual(['user8']);
  });
});

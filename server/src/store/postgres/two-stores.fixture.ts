import { onTestFinished } from 'vitest';
import type { Store } from '../contract.ts';
import { temporaryDatabase } from './database.fixture.ts';
import { openPostgresStore } from './store.ts';

/** Two stores on one new database, as two processes have them; both end with the test. */
export async function twoStores(): Promise<readonly [Store, Store]> {
  const { url, drop } = await temporaryDatabase();
  onTestFinished(drop);
  const open = async () => {
    const store = await openPostgresStore({ url, connections: 6, searchBudget: 1000 });
    onTestFinished(() => store.close());
    return store;
  };
  return [await open(), await open()];
}

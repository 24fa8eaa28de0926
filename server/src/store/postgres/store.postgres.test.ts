import { describe, onTestFinished } from 'vitest';
import { storeContract } from '../contract-suite.ts';
import { temporaryDatabase } from './database.fixture.ts';
import { openPostgresStore } from './store.ts';

async function open() {
  const database = await temporaryDatabase();
  onTestFinished(() => database.drop());
  return openPostgresStore({ url: database.url, connections: 8, searchBudget: 1000 });
}

describe('the PostgreSQL store', () => {
  storeContract(open);
});

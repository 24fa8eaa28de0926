import { describe, onTestFinished } from 'vitest';
import { findRecord, lastRecordAt, searchRecords } from '../application/provisioning-log.ts';
import type { Applications } from '../application-contract.ts';
import type { Store } from '../contract.ts';
import { historyContract } from '../contract-suite/history-suite.ts';
import { journalContract } from '../contract-suite/journal-suite.ts';
import { membershipContract } from '../contract-suite/membership-suite.ts';
import { provisioningLogContract } from '../contract-suite/provisioning-log-suite.ts';
import { temporaryDatabase } from '../postgres/database.fixture.ts';
import { openPool } from '../postgres/pool.ts';
import { openPostgresStore } from '../postgres/store.ts';
import { inTransaction } from '../postgres/transaction.ts';
import type { Access } from '../statements.ts';
import { createDriftJournal } from './drift.ts';
import { createJournal } from './journal.ts';

/** A store whose applications have nothing but what is tested here. */
async function open(): Promise<Store> {
  const { url, drop } = await temporaryDatabase();
  const connections = openPool({ url, connections: 8, patience: 2000, statementTimeout: 30_000 });
  const store = await openPostgresStore({ url, connections: 8, searchBudget: 1000 });
  onTestFinished(async () => {
    await connections.close();
    await drop();
  });
  const access: Access = { read: connections.read, write: (body) => inTransaction(connections, body) };
  let made = 0;
  const applications: Pick<Applications, 'add' | 'journal' | 'drift' | 'log' | 'lastRecordAt' | 'logEntry'> = {
    add: async (application) => ({ ...application, key: ++made, removing: false }),
    journal: (key) => createJournal(access, key),
    drift: (key) => createDriftJournal(access, key),
    log: (query) => searchRecords(access.read, query),
    lastRecordAt: (key, id) => lastRecordAt(access.read, key, id),
    logEntry: (key, n) => findRecord(access.read, key, n),
  };
  // The suites ask for no more.
  return { ...store, applications: applications as Applications };
}

describe('the PostgreSQL store', () => {
  journalContract(open);
  membershipContract(open);
  provisioningLogContract(open);
  historyContract(open);
});

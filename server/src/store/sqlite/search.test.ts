import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { BudgetExceeded } from '../contract.ts';
import { directoryIn } from '../search/search-suite/directory-suite.ts';
import { searchContract } from '../search/search-suite.ts';
import { openSqliteStore } from './store.ts';

describe('the search of the SQLite store', () => {
  const directory = mkdtempSync(join(tmpdir(), 'rollcall-search-'));
  // Runs after the suite has closed its store: the last is first.
  afterAll(() => rmSync(directory, { recursive: true }));
  searchContract(() => openSqliteStore(directory, { readerThreads: 2, searchBudget: 10_000 }));

  it('refuses a scan that takes longer than its budget, and answers what an index finds meanwhile', async () => {
    const tight = mkdtempSync(join(tmpdir(), 'rollcall-search-'));
    const store = await openSqliteStore(tight, { readerThreads: 2, searchBudget: 1 });
    onTestFinished(async () => {
      await store.close();
      rmSync(tight, { recursive: true });
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

import type { SearchPage, SearchQuery } from '../contract.ts';
import type { Connection } from '../sqlite/connection.ts';
import { threadFile } from '../thread-file.ts';
import { candidatesPage } from './candidates.ts';
import { knownTotals } from './known-totals.ts';
import { listPage } from './list.ts';
import { isNearList } from './near-list.ts';
import { readerPool } from './reader-pool.ts';
import type { ReaderThreadOptions } from './thread-message.ts';

const THREAD = threadFile('./reader-thread.ts', import.meta.url);

export interface SearchOptions {
  /** The database file, for connections of the threads' own. */
  readonly file: string;
  readonly threads: number;
  /** Milliseconds that a search in a thread may take. */
  readonly budget: number;
  /** The main thread's connection for reads. */
  readonly main: Connection;
}

/** Lists and searches of resources. */
export interface Search {
  /** Rejects with BudgetExceeded, and with the ScimError of a filter or sort that does not fit the types. */
  search(query: SearchQuery): Promise<SearchPage>;
  /** Searches that wait for a thread. */
  waiting(): number;
  close(): Promise<void>;
}

/**
 * Index lookups are answered at once by the main thread: pages of all resources that are near or continue a walk, and
 * filters of which an index knows a few candidates. Everything else is left to threads.
 */
export function openSearch({ file, threads, budget, main }: SearchOptions): Search {
  const options: ReaderThreadOptions = { file, budget };
  const pool = readerPool(threads, options, THREAD);
  const totals = knownTotals();

  return {
    async search(query) {
      const page = isNearList(query) ? listPage(main, query) : query.filter && candidatesPage(main, query);
      if (page !== undefined) return page;
      const { catalogue: _, ...rest } = query;
      const found = await pool.run({ ...rest, knownTotal: totals.of(query) });
      totals.keep(query, found);
      return found;
    },
    waiting: pool.waiting,
    close: pool.close,
  };
}

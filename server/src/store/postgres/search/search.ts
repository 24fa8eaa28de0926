import { knownTotals } from '../../search/known-totals.ts';
import { isNearList } from '../../search/near-list.ts';
import { readerPool } from '../../search/reader-pool.ts';
import type { Search } from '../../search/search.ts';
import { threadFile } from '../../thread-file.ts';
import type { PostgresConnection } from '../connection.ts';
import type { Connections } from '../pool.ts';
import { candidatesPage, planCandidates } from './candidates.ts';
import { listPage } from './list.ts';
import type { SearchThreadOptions } from './search-thread.ts';

const THREAD = threadFile('./search-thread.ts', import.meta.url);

export interface SearchOptions {
  /** The database, for connections of the threads' own. */
  readonly url: string;
  readonly threads: number;
  /** Milliseconds that a search in a thread may take. */
  readonly budget: number;
  readonly connections: Pick<Connections, 'read'>;
  /** For index lookups of few rows. */
  readonly short: PostgresConnection;
}

/**
 * As on SQLite: index lookups are answered at once, everything else by threads, so that neither a slow statement keeps
 * one of the connections that other requests wait for, nor an evaluation of documents their event loop.
 */
export function openSearch({ url, threads, budget, connections, short }: SearchOptions): Search {
  const options: SearchThreadOptions = { url, budget };
  const pool = readerPool(threads, options, THREAD);
  const totals = knownTotals();

  return {
    async search(query) {
      if (isNearList(query)) return listPage(connections.read, query);
      const plan = query.filter && planCandidates(query);
      const page = plan && (await candidatesPage(short, plan));
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

import { afterAll, beforeAll } from 'vitest';
import type { Store } from '../contract.ts';
import type { Open } from '../contract-suite/world-suite.ts';
import { agreementContract } from './search-suite/agreement-suite.ts';
import type { OfSuite } from './search-suite/directory-suite.ts';
import { filterContract } from './search-suite/filter-suite.ts';
import { pagingContract } from './search-suite/paging-suite.ts';
import { sortContract } from './search-suite/sort-suite.ts';

/**
 * What the search of every store must do; `open` makes an empty one. All tests share it, each with an identity server
 * of its own, because its threads take a second to start.
 */
export function searchContract(open: Open): void {
  let opened: Store | undefined;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened?.close());

  const store: OfSuite = () => {
    if (opened === undefined) throw new Error('The store opens before the first test');
    return opened;
  };
  filterContract(store);
  sortContract(store);
  pagingContract(store);
  agreementContract(store);
}

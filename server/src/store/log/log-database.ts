import type { LogQuery, StoredLogEntry } from '../../request-log/contract.ts';
import { type Counts, requestCounts } from './counts.ts';
import { type InsertEntries, insertEntries } from './insert.ts';
import { openLogFile } from './open-file.ts';
import { type LogContents, logContents } from './retention.ts';
import { searchEntries } from './search.ts';

export { isDamaged } from '../sqlite/error.ts';
export { setAside } from './open-file.ts';

/** The request log's database on one connection. */
export interface LogDatabase {
  readonly insert: InsertEntries;
  readonly contents: LogContents;
  readonly counts: Counts;
  search(query: LogQuery): Generator<StoredLogEntry[], StoredLogEntry[]>;
  close(): void;
}

/** Opens the file, or makes it; throws when it cannot be opened. */
export function openLogDatabase(file: string): LogDatabase {
  const database = openLogFile(file);
  const counts = requestCounts(database);
  return {
    insert: insertEntries(database, counts.add),
    contents: logContents(database),
    counts,
    search: (query) => searchEntries(database, query),
    close: () => database.close(),
  };
}

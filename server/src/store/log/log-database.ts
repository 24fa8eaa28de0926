import type { LogPage, LogQuery } from '../../request-log/contract.ts';
import { type Counts, requestCounts } from './counts.ts';
import { type Entries, logEntries } from './entries.ts';
import { type InsertEntries, insertEntries } from './insert.ts';
import { mentions } from './mentions.ts';
import { openLogFile } from './open-file.ts';
import { type LogContents, logContents } from './retention.ts';
import { searchEntries } from './search.ts';

export { isDamaged } from '../sqlite/error.ts';
export { setAside } from './open-file.ts';

/** The request log's database on one connection. */
export interface LogDatabase {
  readonly insert: InsertEntries;
  readonly entries: Entries;
  readonly contents: LogContents;
  readonly counts: Counts;
  search(query: LogQuery): Generator<LogPage, LogPage>;
  close(): void;
}

/** Opens the file, or makes it; throws when it cannot be opened. */
export function openLogDatabase(file: string): LogDatabase {
  const database = openLogFile(file);
  const mentioned = mentions(database);
  const counts = requestCounts(database);
  return {
    insert: insertEntries(database, (stored, tallied) => {
      counts.keep(stored.map(({ entry }) => entry));
      counts.add([...stored.map(({ entry }) => entry), ...tallied]);
      for (const { n, entry } of stored) mentioned.add(n, entry);
    }),
    entries: logEntries(database, mentioned),
    contents: logContents(database),
    counts,
    search: (query) => searchEntries(database, query),
    close: () => database.close(),
  };
}

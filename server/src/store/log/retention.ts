import type { DatabaseSync } from 'node:sqlite';

/** What the log's file holds, and its removal in steps that are short enough to stand between two batches. */
export interface LogContents {
  /** Counts them all. */
  rows(): number;
  /** Bytes of pages in use; free pages inside the file are used again before it grows. */
  bytes(): number;
  /** Kept along with the entries; to count 1,000,000 takes 20 ms. */
  count(server: number): number;
  /** Each removes at most `limit` entries, the oldest first, and says how many. */
  removeOldest(limit: number): number;
  removeBefore(at: number, limit: number): number;
  removeOf(server: number, limit: number): number;
  /** Gives at most so many pages back to the file system while more than a quarter is free; whether it gave any. */
  shrink(pages: number): boolean;
}

/** Statements are prepared once for a connection. */
export function logContents(database: DatabaseSync): LogContents {
  const oldest = database.prepare('DELETE FROM entry WHERE n IN (SELECT n FROM entry ORDER BY n LIMIT ?)');
  const before = database.prepare(
    'DELETE FROM entry WHERE n IN (SELECT n FROM entry WHERE at < ? ORDER BY at, n LIMIT ?)',
  );
  const ofServer = database.prepare(
    'DELETE FROM entry WHERE n IN (SELECT n FROM entry WHERE server = ? ORDER BY n LIMIT ?)',
  );
  const all = database.prepare('SELECT count(*) AS rows FROM entry');
  const serverCount = database.prepare('SELECT entries FROM kept WHERE server = ?');
  const usage = database.prepare(
    'SELECT (page_count - freelist_count) * page_size AS bytes FROM pragma_page_count, pragma_freelist_count, pragma_page_size',
  );
  const pages = database.prepare(
    'SELECT freelist_count AS free, page_count AS pages FROM pragma_freelist_count, pragma_page_count',
  );
  return {
    rows: () => Number(all.get()?.rows),
    bytes: () => Number(usage.get()?.bytes),
    count: (server) => Number(serverCount.get(server)?.entries ?? 0),
    removeOldest: (limit) => Number(oldest.run(limit).changes),
    removeBefore: (at, limit) => Number(before.run(at, limit).changes),
    removeOf: (server, limit) => Number(ofServer.run(server, limit).changes),
    shrink: (limit) => {
      const row = pages.get();
      const spare = Number(row?.free) - Math.ceil(Number(row?.pages) / 4);
      if (spare <= 0) return false;
      database.exec(`PRAGMA incremental_vacuum(${Math.min(spare, limit)})`);
      // The file itself is cut when the write-ahead log is copied into it.
      if (spare <= limit) database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      return true;
    },
  };
}

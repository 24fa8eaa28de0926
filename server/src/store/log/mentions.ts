import type { DatabaseSync } from 'node:sqlite';
import type { MentionQuery } from '../../request-log/contract.ts';
import { keyOf, keysOf } from './mention-key.ts';
import type { NewLogEntry } from './row.ts';

/** Rows that one step looks at: some milliseconds. */
const WINDOW = 50_000;

/**
 * Which entries are about whom. One short row for each entry, in their order, because a tree of hashes would be written
 * at random places. An entry's row goes with it, by a trigger. Measured with 1,000,000 entries (2.8 GB): to look through
 * all of them 160 ms in steps of 10; to write one entry's row 9 µs, most of it for the reading of its texts.
 */
export interface Mentions {
  /** The transaction is the caller's. */
  add(n: number, entry: NewLogEntry): void;
  /** Numbers of entries that mention any of them, newest first; what it has found so far after each step. */
  find(query: MentionQuery): Generator<number[], number[]>;
}

/** Statements are prepared once for a connection. */
export function mentions(database: DatabaseSync): Mentions {
  const insert = database.prepare('INSERT INTO mention (n, keys) VALUES (?, ?)');
  const bounds = database.prepare('SELECT (SELECT min(n) FROM mention) AS low, (SELECT max(n) FROM mention) AS high');
  return {
    add(n, entry) {
      const keys = keysOf(entry);
      if (keys !== null) insert.run(n, keys);
    },
    *find({ server, of, before, limit }) {
      const found: number[] = [];
      const row = bounds.get();
      const [low, high] = [Number(row?.low ?? 1), Number(row?.high ?? 0)];
      const keys = of.map((mention) => keyOf(server, mention));
      const statement = database.prepare(`
        SELECT n FROM mention WHERE n > ? AND n <= ? AND (${keys.map(() => 'instr(keys, ?)').join(' OR ')})
        ORDER BY n DESC LIMIT ?`);
      for (let to = Math.min(high, (before ?? high + 1) - 1); to >= low && found.length < limit; to -= WINDOW) {
        const rows = statement.all(to - WINDOW, to, ...keys, limit - found.length);
        found.push(...rows.map(({ n }) => Number(n)));
        yield found;
      }
      return found;
    },
  };
}

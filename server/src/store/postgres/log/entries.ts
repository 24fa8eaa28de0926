import type { MentionQuery, StoredLogEntry } from '../../../request-log/contract.ts';
import { keyOf } from '../../log/mention-key.ts';
import { fromRow } from '../../log/row.ts';
import type { Executes } from '../prepared.ts';
import { entryRow, WITH_BODIES, WITHOUT_BODIES } from './row.ts';

/** Rows of `log_mention` that one statement looks at. */
const WINDOW = 50_000;
const BY_NUMBER = `SELECT ${WITH_BODIES} FROM log_entry WHERE n = $1 AND server = $2`;
const BOUNDS = 'SELECT (SELECT min(n) FROM log_mention) AS low, (SELECT max(n) FROM log_mention) AS high';

export async function byNumber(connection: Executes, server: number, n: number): Promise<StoredLogEntry | undefined> {
  const { rows } = await connection.execute(BY_NUMBER, [n, server]);
  return rows[0] === undefined ? undefined : fromRow(entryRow(rows[0]));
}

/** Entries about somebody, newest first, without bodies: those found in so many milliseconds. See `store/log/mentions.ts`. */
export async function about(connection: Executes, query: MentionQuery, budget: number): Promise<StoredLogEntry[]> {
  const { server, of, before, limit } = query;
  const end = performance.now() + budget;
  const found: StoredLogEntry[] = [];
  const keys = of.map((mention) => keyOf(server, mention));
  if (keys.length === 0) return found;
  const bounds = (await connection.execute(BOUNDS, [])).rows[0];
  const [low, high] = [Number(bounds?.low ?? 1), Number(bounds?.high ?? 0)];
  const conditions = keys.map((_, index) => `position(CAST($${index + 4} AS bytea) IN keys) > 0`).join(' OR ');
  const statement = `
    SELECT ${WITHOUT_BODIES} FROM log_entry WHERE n IN (
      SELECT n FROM log_mention WHERE n > $1 AND n <= $2 AND (${conditions}) ORDER BY n DESC LIMIT $3
    ) ORDER BY n DESC`;
  for (let to = Math.min(high, (before ?? high + 1) - 1); to >= low && found.length < limit; to -= WINDOW) {
    const window = [to - WINDOW, to, limit - found.length, ...keys];
    const { rows } = await connection.execute(statement, window, { prepare: false });
    found.push(...rows.map((row) => fromRow(entryRow(row))));
    if (performance.now() > end) break;
  }
  return found;
}

import type { LogPage, LogQuery, StoredLogEntry } from '../../../request-log/contract.ts';
import { hasTexts } from '../../log/has-texts.ts';
import { type EntryRow, fromRow } from '../../log/row.ts';
import { statusRange } from '../../log/status-range.ts';
import { isCancelled } from '../error.ts';
import type { Executes } from '../prepared.ts';
import { entryRow, WITH_BODIES, WITHOUT_BODIES } from './row.ts';

/** Entries that a statement looks at: many where that is quick, few where each is compared with a text and bodies are long. */
const SMALLEST = 250;
const FIRST = 1000;
const LARGEST = 256_000;
/** Milliseconds that a statement should take. */
const QUICK = 50;
const SLOW = 400;

interface Conditions {
  readonly columns: string;
  readonly where: readonly string[];
  readonly bindings: readonly (string | number)[];
}

/**
 * Finds entries, newest first (oldest first with `after`), in so many milliseconds. Each statement looks at a window of
 * numbers, so that the search can stop in between; one that meets the connection's statement_timeout is tried smaller.
 */
export async function search(connection: Executes, query: LogQuery, budget: number): Promise<LogPage> {
  const until = performance.now() + budget;
  const entries: StoredLogEntry[] = [];
  const conditions = compile(query);
  if (conditions === undefined) return { entries, next: null };
  const { low, high } = await bounds(connection, query);
  const isAscending = query.after !== undefined;
  const end = isAscending ? high : low;
  /** The next number to look at. */
  let position = isAscending ? low : high;
  let size = FIRST;
  while (position >= low && position <= high) {
    const edge = isAscending ? Math.min(high, position + size - 1) : Math.max(low, position - size + 1);
    const [from, to] = isAscending ? [position, edge] : [edge, position];
    const most = query.limit - entries.length;
    const began = performance.now();
    const rows = await window(connection, conditions, { from, to, most, isAscending });
    if (rows !== undefined) {
      entries.push(...rows.filter((row) => hasTexts(row, query)).map((row) => entryOf(row, query)));
      const seen = rows.length === most ? (rows.at(-1)?.n ?? edge) : edge;
      const next = seen === end ? null : seen;
      if (entries.length >= query.limit || performance.now() > until) return { entries, next };
      position = isAscending ? seen + 1 : seen - 1;
    } else if (size === SMALLEST || performance.now() > until) {
      const seen = isAscending ? position - 1 : position + 1;
      if (seen < low || seen > high) throw new Error('the database is too slow for this search');
      return { entries, next: seen };
    }
    const took = performance.now() - began;
    if (took < QUICK) size = Math.min(LARGEST, size * 4);
    else if (took > SLOW) size = Math.max(SMALLEST, Math.floor(size / 4));
  }
  return { entries, next: null };
}

interface Window {
  readonly from: number;
  readonly to: number;
  readonly most: number;
  readonly isAscending: boolean;
}

/** The first rows of a window; undefined when that takes too long. */
async function window(connection: Executes, conditions: Conditions, asked: Window): Promise<EntryRow[] | undefined> {
  const { columns, where, bindings } = conditions;
  const count = bindings.length;
  const statement = `
    SELECT ${columns} FROM log_entry WHERE ${[...where, `n >= $${count + 1}`, `n <= $${count + 2}`].join(' AND ')}
    ORDER BY n ${asked.isAscending ? 'ASC' : 'DESC'} LIMIT $${count + 3}`;
  try {
    const window = [...bindings, asked.from, asked.to, asked.most];
    const { rows } = await connection.execute(statement, window, { prepare: false });
    return rows.map(entryRow);
  } catch (error) {
    if (isCancelled(error)) return undefined;
    throw error;
  }
}

/**
 * Between which numbers the entries of the asked time lie: a walk through an index; where no time is asked, its two ends.
 * The sums keep the planner from walking through all entries by number until one is of that time.
 */
async function bounds(connection: Executes, query: LogQuery): Promise<{ low: number; high: number }> {
  const { since, until, after, before } = query;
  const { rows } =
    since === undefined && until === undefined
      ? await connection.execute(
          'SELECT (SELECT min(n) FROM log_entry) AS low, (SELECT max(n) FROM log_entry) AS high',
          [],
        )
      : await connection.execute(
          'SELECT min(n + 0) AS low, max(n + 0) AS high FROM log_entry WHERE at >= CAST($1 AS bigint) AND at <= CAST($2 AS bigint)',
          [since ?? Number.MIN_SAFE_INTEGER, until ?? Number.MAX_SAFE_INTEGER],
        );
  const low = Number(rows[0]?.low ?? 1);
  const high = Number(rows[0]?.high ?? 0);
  return { low: Math.max(low, (after ?? 0) + 1), high: Math.min(high, (before ?? high + 1) - 1) };
}

/** The conditions; undefined when nothing can match. */
function compile(query: LogQuery): Conditions | undefined {
  const where: string[] = [];
  const bindings: (string | number)[] = [];
  const ask = (condition: (placeholder: string) => string, value: string | number) => {
    bindings.push(value);
    where.push(condition(`$${bindings.length}`));
  };
  if (query.server !== undefined) ask((value) => `server = ${value}`, query.server);
  if (query.method !== undefined) ask((value) => `method = ${value}`, query.method.toUpperCase());
  if (query.status !== undefined) {
    const range = statusRange(query.status);
    if (range === undefined) return undefined;
    ask((value) => `status >= ${value}`, range.from);
    ask((value) => `status <= ${value}`, range.to);
  }
  // The sum keeps the planner from the index on `at`, which would make it walk the whole time for each window.
  if (query.since !== undefined) ask((value) => `at + 0 >= CAST(${value} AS bigint)`, query.since);
  if (query.until !== undefined) ask((value) => `at + 0 <= CAST(${value} AS bigint)`, query.until);
  if (query.path !== undefined) ask((value) => `lower(url) LIKE ${value}`, patternOf(query.path));
  if (query.search !== undefined) {
    ask(
      (value) => `(${SEARCHED.map((column) => `lower(${column}) LIKE ${value}`).join(' OR ')})`,
      patternOf(query.search),
    );
  }
  // What is searched for is looked at here again.
  const withBodies = query.bodies !== false || query.search !== undefined;
  return { columns: withBodies ? WITH_BODIES : WITHOUT_BODIES, where, bindings };
}

const SEARCHED = [
  ...['id', 'address', 'token', 'url', 'reason', 'notes', 'request_headers', 'response_headers'],
  ...['request_body', 'response_body'],
];

/**
 * Finds all that `hasTexts` does, and more: in the columns' collation ("C") only the letters of ASCII have a case, so any
 * text may stand where others are.
 */
function patternOf(part: string): string {
  const pattern = part
    .toLowerCase()
    .replace(/[\\%_]/g, '\\$&')
    .replace(/[^\0-\x7f]+|\0/g, '%');
  return `%${pattern}%`;
}

function entryOf(row: EntryRow, { bodies }: LogQuery): StoredLogEntry {
  const entry = fromRow(row);
  return bodies === false ? { ...entry, requestBody: null, responseBody: null } : entry;
}

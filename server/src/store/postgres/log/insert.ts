import type { TalliedRequest } from '../../../request-log/contract.ts';
import { keysOf } from '../../log/mention-key.ts';
import { minutesOf } from '../../log/minutes-of.ts';
import { type NewLogEntry, toRow } from '../../log/row.ts';
import { isFaultOfValue } from '../error.ts';
import type { Executes } from '../prepared.ts';
import { byteArray, doubleArray, integerArray, textArray } from './binary-array.ts';

const INTEGERS = ['server', 'at', 'status', 'members_skipped', 'request_body_cut', 'response_body_cut'] as const;
const TEXTS = [
  ...(['method', 'id', 'address', 'token', 'url', 'reason', 'notes'] as const),
  ...(['request_headers', 'response_headers', 'request_body', 'response_body'] as const),
];
const COLUMNS = [...INTEGERS, 'bytes', 'duration', ...TEXTS].join(', ');

/** `unnest` of so many parameters of these types, from the first one on. */
const rowsOf = (from: number, types: readonly string[]): string =>
  `unnest(${types.map((type, index) => `CAST($${from + index} AS ${type}[])`).join(', ')})`;

const ENTRY_TYPES = [...[...INTEGERS, 'bytes'].map(() => 'bigint'), 'double precision', ...TEXTS.map(() => 'text')];
const MENTIONS = 3 + ENTRY_TYPES.length;
const KEPT = MENTIONS + 2;
const MINUTES = KEPT + 2;

/**
 * One statement for a batch, and a transaction of its own. Whoever stores entries locks the row of `log_total` until the
 * commit, and takes their numbers there: they become visible in the order of their numbers, so that who reads `after` one
 * misses nothing, whatever other transactions do (their snapshots' xmin would hold the log back, and hide from a process
 * what it just stored itself). The lock lasts as long as the statement does, 10 ms for 200 entries; the disk is not waited for
 * (synchronous_commit; what a crash of the database can cost is the last moment, as in SQLite), nor is the process that sent it.
 */
const INSERT = `
  WITH turn AS (
    UPDATE log_total SET n = n + CAST($1 AS bigint), entries = entries + CAST($1 AS bigint), bytes = bytes + CAST($2 AS bigint)
    RETURNING n - CAST($1 AS bigint) AS before, set_config('synchronous_commit', 'off', true)
  ), entries AS (
    INSERT INTO log_entry (n, ${COLUMNS})
    SELECT turn.before + place, ${COLUMNS}
    FROM turn CROSS JOIN ${rowsOf(3, ENTRY_TYPES)} WITH ORDINALITY AS given(${COLUMNS}, place)
  ), mentions AS (
    INSERT INTO log_mention (n, keys)
    SELECT turn.before + place, keys
    FROM turn CROSS JOIN ${rowsOf(MENTIONS, ['bigint', 'bytea'])} AS given(place, keys)
  ), kept AS (
    INSERT INTO log_kept AS known (server, entries)
    SELECT server, given.entries
    FROM turn CROSS JOIN ${rowsOf(KEPT, ['bigint', 'bigint'])} AS given(server, entries)
    ON CONFLICT (server) DO UPDATE SET entries = known.entries + excluded.entries
  )
  INSERT INTO log_minute AS known (server, minute, total, client_errors, server_errors, duration, last_at)
  SELECT server, minute, total, client_errors, server_errors, duration, last_at
  FROM turn CROSS JOIN ${rowsOf(MINUTES, ['bigint', 'bigint', 'bigint', 'bigint', 'bigint', 'double precision', 'bigint'])}
    AS given(server, minute, total, client_errors, server_errors, duration, last_at)
  ON CONFLICT (server, minute) DO UPDATE SET
    total = known.total + excluded.total, client_errors = known.client_errors + excluded.client_errors,
    server_errors = known.server_errors + excluded.server_errors, duration = known.duration + excluded.duration,
    last_at = greatest(known.last_at, excluded.last_at)`;

/**
 * Stores a batch and counts it; says how many of the entries were stored. One that cannot be stored does not take the
 * others with it. Errors: StoreUnavailable; then none was stored, or (when the answer was lost) all.
 */
export async function insertBatch(
  connection: Executes,
  entries: readonly NewLogEntry[],
  tallied: readonly TalliedRequest[],
): Promise<number> {
  try {
    await connection.execute(INSERT, bindings(entries, tallied));
    return entries.length;
  } catch (error) {
    if (!(isFaultOfValue(error) || error instanceof RangeError || error instanceof TypeError)) throw error;
    if (entries.length < 2) return 0;
    const middle = Math.ceil(entries.length / 2);
    const stored = await insertBatch(connection, entries.slice(0, middle), tallied);
    return stored + (await insertBatch(connection, entries.slice(middle), []));
  }
}

function bindings(entries: readonly NewLogEntry[], tallied: readonly TalliedRequest[]) {
  const rows = entries.map(toRow);
  const sizes = rows.map((row) => TEXTS.reduce((bytes, name) => bytes + Buffer.byteLength(row[name] ?? ''), 0));
  const mentions = entries.flatMap((entry, index) => {
    const keys = keysOf(entry);
    return keys === null ? [] : [{ place: index + 1, keys }];
  });
  const kept = new Map<number, number>();
  for (const { server } of entries) if (server !== null) kept.set(server, (kept.get(server) ?? 0) + 1);
  const minutes = minutesOf([...entries, ...tallied]);
  return [
    rows.length,
    sizes.reduce((bytes, size) => bytes + size, 0),
    ...INTEGERS.map((name) => integerArray(rows.map((row) => row[name]))),
    integerArray(sizes),
    doubleArray(rows.map((row) => row.duration)),
    ...TEXTS.map((name) => textArray(rows.map((row) => row[name]))),
    integerArray(mentions.map(({ place }) => place)),
    byteArray(mentions.map(({ keys }) => keys)),
    integerArray([...kept.keys()]),
    integerArray([...kept.values()]),
    integerArray(minutes.map(({ server }) => server)),
    integerArray(minutes.map(({ minute }) => minute)),
    integerArray(minutes.map(({ total }) => total)),
    integerArray(minutes.map(({ client_errors }) => client_errors)),
    integerArray(minutes.map(({ server_errors }) => server_errors)),
    doubleArray(minutes.map(({ duration }) => duration)),
    integerArray(minutes.map(({ last_at }) => last_at)),
  ];
}

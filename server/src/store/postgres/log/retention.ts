import type { Executes } from '../prepared.ts';

/** Any number that nothing else in the database locks: who removes what is too much, one process at a time. */
const RETENTION_LOCK = 7_643_7646;

/**
 * Removes the entries that `doomed` selects, with all that is kept of them. `turn` locks the row that writers of entries
 * lock, so that two of them never wait for each other. An array is looked up in the index; joined, the planner expects a
 * tenth of the table and reads all of it.
 */
const removal = (condition: string, doomed: string): string => `
  WITH turn AS MATERIALIZED (
    SELECT entries, bytes FROM log_total WHERE ${condition} LIMIT 1 FOR UPDATE
  ), doomed AS MATERIALIZED (
    SELECT chosen.n FROM turn CROSS JOIN LATERAL (${doomed}) AS chosen
  ), gone AS (
    DELETE FROM log_entry WHERE n = ANY (ARRAY(SELECT n FROM doomed)) RETURNING server, bytes
  ), mentions AS (
    DELETE FROM log_mention WHERE n = ANY (ARRAY(SELECT n FROM doomed))
  ), kept AS (
    UPDATE log_kept SET entries = log_kept.entries - fewer.entries
    FROM (SELECT server, count(*) AS entries FROM gone GROUP BY server) AS fewer WHERE log_kept.server = fewer.server
  ), total AS (
    UPDATE log_total SET entries = log_total.entries - fewer.entries, bytes = log_total.bytes - fewer.bytes
    FROM (SELECT count(*) AS entries, sum(bytes) AS bytes FROM gone) AS fewer WHERE fewer.entries > 0
    RETURNING set_config('synchronous_commit', 'off', true)
  )
  SELECT count(*) AS removed FROM gone`;

const ALONE = `pg_try_advisory_xact_lock(${RETENTION_LOCK})`;
// Entries are of about one size: of what is too much in bytes the same share is too much in rows.
const EXCESS = `greatest(
  turn.entries - CAST($1 AS bigint),
  CASE WHEN turn.bytes > CAST($2 AS bigint)
    THEN ceil(CAST(turn.entries AS numeric) * (turn.bytes - CAST($2 AS bigint)) / turn.bytes) ELSE 0 END,
  0)`;
const REMOVE_EXCESS = removal(
  ALONE,
  `SELECT n FROM (SELECT n FROM log_entry ORDER BY n LIMIT CAST($3 AS bigint)) AS oldest
   ORDER BY n LIMIT CAST(${EXCESS} AS bigint)`,
);
const IS_TOO_MUCH = 'SELECT 1 FROM log_total WHERE entries > CAST($1 AS bigint) OR bytes > CAST($2 AS bigint)';
const REMOVE_BEFORE = removal(
  ALONE,
  'SELECT n FROM log_entry WHERE at < CAST($1 AS bigint) ORDER BY at LIMIT CAST($2 AS bigint)',
);
const IS_TOO_OLD = 'SELECT 1 FROM log_entry WHERE at < CAST($1 AS bigint) ORDER BY at LIMIT 1';
const REMOVE_OF = removal(
  'true',
  'SELECT n FROM log_entry WHERE server = CAST($1 AS bigint) ORDER BY n LIMIT CAST($2 AS bigint)',
);

const HAS_ANY = 'SELECT 1 FROM log_entry WHERE server = $1 LIMIT 1';

/** How many entries, and bytes of their texts, may be kept. */
export interface Most {
  readonly maxRows: number;
  readonly maxBytes: number;
}

// Planned anew each time, with the limits as they are: a plan that was made while the table was empty reads all of it, and
// one that expects many rows is compiled first (JIT: 1.4 s for a step of 6 ms).
const PLANNED = { prepare: false } as const;

async function removed(connection: Executes, sql: string, bindings: readonly number[]): Promise<number> {
  return Number((await connection.execute(sql, bindings, PLANNED)).rows[0]?.removed);
}

const isSo = async (connection: Executes, sql: string, bindings: readonly number[]): Promise<boolean> =>
  (await connection.execute(sql, bindings, PLANNED)).rows.length > 0;

/** Each removes at most `limit` entries, the oldest first, and says how many; none when another process is at it. */
export async function removeExcess(connection: Executes, { maxRows, maxBytes }: Most, limit: number): Promise<number> {
  if (!(await isSo(connection, IS_TOO_MUCH, [maxRows, maxBytes]))) return 0;
  return removed(connection, REMOVE_EXCESS, [maxRows, maxBytes, limit]);
}

export async function removeBefore(connection: Executes, at: number, limit: number): Promise<number> {
  if (!(await isSo(connection, IS_TOO_OLD, [at]))) return 0;
  return removed(connection, REMOVE_BEFORE, [at, limit]);
}

/** Removes at most `limit` entries of a server and says how many: none also when another process was quicker, see `hasAny`. */
export async function removeOf(connection: Executes, server: number, limit: number): Promise<number> {
  return removed(connection, REMOVE_OF, [server, limit]);
}

/** Whether there are entries of a server. */
export async function hasAny(connection: Executes, server: number): Promise<boolean> {
  return isSo(connection, HAS_ANY, [server]);
}

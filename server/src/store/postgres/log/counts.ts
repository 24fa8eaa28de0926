import type { TimeBucket, TimeQuery } from '../../../request-log/contract.ts';
import { MINUTE } from '../../log/minutes-of.ts';
import type { Executes } from '../prepared.ts';

const SUMS = `sum(total) AS total, sum(client_errors) AS client_errors, sum(server_errors) AS server_errors, sum(duration) AS duration`;
const BUCKET = `minute * ${MINUTE} / CAST($1 AS bigint) * CAST($1 AS bigint)`;

const OF_SERVER = `SELECT ${BUCKET} AS at, ${SUMS} FROM log_minute WHERE server = $3 AND minute >= $2 GROUP BY 1 ORDER BY 1`;
// Goes from server to server by the key: a DISTINCT would walk through each one's minutes.
const OF_ALL = `
  WITH RECURSIVE known(server) AS (
    SELECT min(server) FROM log_minute
    UNION ALL SELECT (SELECT min(server) FROM log_minute WHERE log_minute.server > known.server) FROM known
    WHERE known.server IS NOT NULL
  )
  SELECT ${BUCKET} AS at, ${SUMS} FROM known CROSS JOIN LATERAL (
    SELECT * FROM log_minute WHERE log_minute.server = known.server AND minute >= $2
  ) AS counted GROUP BY 1 ORDER BY 1`;
const LAST = 'SELECT last_at FROM log_minute WHERE server = $1 ORDER BY minute DESC LIMIT 1';
const KEPT = 'SELECT entries FROM log_kept WHERE server = $1';

/** What came in, counted by minute by all processes; see `store/log/counts.ts`. */
export async function byTime(connection: Executes, { server, since, bucketMs }: TimeQuery): Promise<TimeBucket[]> {
  const from = Math.floor(since / MINUTE);
  const { rows } =
    server === undefined
      ? await connection.execute(OF_ALL, [bucketMs, from])
      : await connection.execute(OF_SERVER, [bucketMs, from, server]);
  return rows.map(({ at, total, client_errors, server_errors, duration }) => ({
    at: Number(at),
    total: Number(total),
    clientErrors: Number(client_errors),
    serverErrors: Number(server_errors),
    meanMs: Number(duration) / Number(total),
  }));
}

/** When a server was last asked something; null when never. */
export async function lastAt(connection: Executes, server: number): Promise<number | null> {
  const { rows } = await connection.execute(LAST, [server]);
  return rows[0] === undefined ? null : Number(rows[0].last_at);
}

/** How many entries of a server are kept. */
export async function count(connection: Executes, server: number): Promise<number> {
  const { rows } = await connection.execute(KEPT, [server]);
  return Number(rows[0]?.entries ?? 0);
}

/** Forgets what came in before. */
export async function removeMinutes(connection: Executes, before: number): Promise<void> {
  await connection.execute('DELETE FROM log_minute WHERE minute < $1', [Math.floor(before / MINUTE)]);
}

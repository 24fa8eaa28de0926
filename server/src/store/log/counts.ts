import type { DatabaseSync } from 'node:sqlite';
import type { TalliedRequest, TimeBucket, TimeQuery } from '../../request-log/contract.ts';
import { MINUTE, minutesOf } from './minutes-of.ts';

/**
 * What came in, counted by minute while it is stored: it outlives the entries, and to read a day of it costs the same
 * however many there were (a day of 1,000,000 entries: 1.2 ms for one identity server, 1.8 for all; to count the entries
 * themselves 1.4 s).
 */
export interface Counts {
  /** Counts requests, and entries that are kept; the transaction is the caller's. */
  add(requests: readonly TalliedRequest[]): void;
  keep(entries: readonly TalliedRequest[]): void;
  byTime(query: TimeQuery): TimeBucket[];
  /** When a server was last asked something; null when never. */
  lastAt(server: number): number | null;
  /** Forgets what came in before. */
  removeBefore(at: number): void;
}

// Goes from server to server by the key: a DISTINCT would walk through each one's minutes.
const SERVERS = `
  WITH RECURSIVE known(server) AS (
    SELECT min(server) FROM minute
    UNION ALL SELECT (SELECT min(server) FROM minute WHERE minute.server > known.server) FROM known
    WHERE known.server IS NOT NULL
  )`;
// Numbers are bound as floating ones, which the cast makes divide without a rest.
const SUMS = `
  SELECT minute * ${MINUTE} / CAST(:bucket AS INTEGER) * CAST(:bucket AS INTEGER) AS at, sum(total) AS total, sum(client_errors) AS clientErrors,
    sum(server_errors) AS serverErrors, sum(duration) AS duration`;

/** Statements are prepared once for a connection. */
export function requestCounts(database: DatabaseSync): Counts {
  const upsert = database.prepare(`
    INSERT INTO minute (server, minute, total, client_errors, server_errors, duration, last_at)
    VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET total = total + excluded.total, client_errors = client_errors + excluded.client_errors,
      server_errors = server_errors + excluded.server_errors, duration = duration + excluded.duration,
      last_at = max(last_at, excluded.last_at)`);
  const keep = database.prepare(`
    INSERT INTO kept (server, entries) VALUES (?, 1) ON CONFLICT DO UPDATE SET entries = entries + 1`);
  const ofServer = database.prepare(
    `${SUMS} FROM minute WHERE server = :server AND minute >= :since GROUP BY 1 ORDER BY 1`,
  );
  const ofAll = database.prepare(`
    ${SERVERS} ${SUMS} FROM known CROSS JOIN minute
    WHERE minute.server = known.server AND minute >= :since GROUP BY 1 ORDER BY 1`);
  // In a file of an earlier version the newest entry may not have been counted.
  const last = database.prepare(`
    SELECT coalesce(
      (SELECT last_at FROM minute WHERE server = :server ORDER BY minute DESC LIMIT 1),
      (SELECT at FROM entry WHERE server = :server ORDER BY n DESC LIMIT 1)
    ) AS at`);
  const remove = database.prepare('DELETE FROM minute WHERE minute < ?');

  return {
    keep(entries) {
      for (const { server } of entries) if (server !== null) keep.run(server);
    },
    add(requests) {
      for (const row of minutesOf(requests)) {
        const { server, minute, total, client_errors, server_errors, duration, last_at } = row;
        upsert.run(server, minute, total, client_errors, server_errors, duration, last_at);
      }
    },
    byTime({ server, since, bucketMs }) {
      const bounds = { bucket: bucketMs, since: Math.floor(since / MINUTE) };
      const rows = server === undefined ? ofAll.all(bounds) : ofServer.all({ ...bounds, server });
      return rows.map(({ at, total, clientErrors, serverErrors, duration }) => ({
        at: Number(at),
        total: Number(total),
        clientErrors: Number(clientErrors),
        serverErrors: Number(serverErrors),
        meanMs: Number(duration) / Number(total),
      }));
    },
    lastAt: (server) => {
      const at = last.get({ server })?.at ?? null;
      return at === null ? null : Number(at);
    },
    removeBefore: (at) => {
      remove.run(Math.floor(at / MINUTE));
    },
  };
}

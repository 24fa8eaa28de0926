import { sql } from 'kysely';
import type { SharedLimits } from '../contract.ts';
import { type Executes, prepared } from './prepared.ts';

/** Seconds' worth of requests that a bucket owes at most: what processes took before they knew of each other. */
const MOST_OWED = 5;
/** Windows that are told of at once; who fails from more addresses than that is told of later. */
const MOST_TOLD = 10_000;

/** Rows are locked in the order of their keys, so that no two processes wait for each other. */
const takeFromBuckets = prepared((db, { uses }: { uses: string }) =>
  sql<{ key: number; tokens: number }>`
    INSERT INTO shared_bucket AS known (key, rate, tokens, at)
    SELECT used.key, used.rate, used.rate - used.taken, clock_timestamp()
    FROM json_to_recordset(CAST(${uses} AS json)) AS used (key bigint, rate double precision, taken double precision)
    ORDER BY used.key
    ON CONFLICT (key) DO UPDATE SET
      rate = excluded.rate,
      tokens = greatest(
        -${sql.lit(MOST_OWED)} * excluded.rate,
        least(
          excluded.rate,
          known.tokens + excluded.rate * greatest(0, extract(epoch FROM clock_timestamp() - known.at))
        ) - (excluded.rate - excluded.tokens)
      ),
      at = clock_timestamp()
    RETURNING key, tokens`.compile(db),
);

/** Windows begin and end by the database's clock. */
const addFailures = prepared((db, { failures, window }: { failures: string; window: number }) =>
  sql`
    INSERT INTO shared_failures AS known (origin, failures, until, at)
    SELECT added.origin, added.count, clock_timestamp() + ${window} * interval '1 millisecond', clock_timestamp()
    FROM json_to_recordset(CAST(${failures} AS json)) AS added (origin text, count bigint)
    ORDER BY added.origin
    ON CONFLICT (origin) DO UPDATE SET
      failures = excluded.failures + CASE WHEN known.until > clock_timestamp() THEN known.failures ELSE 0 END,
      until = CASE WHEN known.until > clock_timestamp() THEN known.until ELSE excluded.until END,
      at = clock_timestamp()`.compile(db),
);

const recentFailures = prepared((db, { since }: { since: number }) =>
  sql<{ origin: string; failures: number; left: number }>`
    SELECT origin, failures, extract(epoch FROM until - clock_timestamp()) * 1000 AS "left"
    FROM shared_failures
    WHERE at > clock_timestamp() - ${since} * interval '1 millisecond' AND until > clock_timestamp()
    ORDER BY at DESC LIMIT ${sql.lit(MOST_TOLD)}`.compile(db),
);

/** A bucket that nobody took from for a minute is full. Rows that another process locks are left to it. */
const pruneBuckets = prepared((db, _: Record<never, never>) =>
  sql`
    DELETE FROM shared_bucket WHERE key IN (
      SELECT key FROM shared_bucket WHERE at < clock_timestamp() - interval '1 minute' FOR UPDATE SKIP LOCKED
    )`.compile(db),
);

const pruneFailures = prepared((db, _: Record<never, never>) =>
  sql`
    DELETE FROM shared_failures WHERE origin IN (
      SELECT origin FROM shared_failures WHERE until < clock_timestamp() FOR UPDATE SKIP LOCKED
    )`.compile(db),
);

/** Limits of all processes on one database, in two small tables that a crash may empty. */
export function createSharedLimits(connection: Executes): SharedLimits {
  return {
    take: async (uses) => (uses.length === 0 ? [] : takeFromBuckets.all(connection, { uses: JSON.stringify(uses) })),
    async fail(failures, windowMs, sinceMs) {
      if (failures.length > 0) {
        await addFailures.run(connection, { failures: JSON.stringify(failures), window: windowMs });
      }
      return recentFailures.all(connection, { since: sinceMs });
    },
    async prune() {
      await pruneBuckets.run(connection, {});
      await pruneFailures.run(connection, {});
    },
  };
}

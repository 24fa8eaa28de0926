import { type Selectable, sql } from 'kysely';
import { changeOf, namingOnly } from '../change-of.ts';
import { changePieces } from '../change-pieces.ts';
import type { Change, ChangeFeed, NewChange } from '../contract.ts';
import type { Signals } from '../signals.ts';
import type { ChangeTable } from '../tables.ts';
import type { PostgresConnection } from './connection.ts';
import { createFeedWatch } from './feed-watch.ts';
import { type Executes, prepared } from './prepared.ts';

/**
 * Places for the changes of one transaction: a position is (number of the transaction + base) × PLACES + place, so that
 * positions grow in the order of transactions, whenever each of them commits. Those beyond share the last place.
 */
const PLACES = 1024;
const LAST_PLACE = PLACES - 1;
const COLUMNS = sql.raw('n, server, at, type, id, kind, label, external_id, data');

/**
 * The position before which every transaction has ended: what stands there is complete. The number of a transaction is
 * never given twice (`xid8`), and no writer waits for another to take one.
 */
const horizon = (base: number) =>
  sql`((CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS text) AS bigint) + ${base}) * ${sql.lit(PLACES)})`;

interface NewRow extends Omit<Selectable<ChangeTable>, 'n'> {
  readonly base: number;
  readonly place: number;
}

const insertChange = prepared((db, row: NewRow) =>
  sql`
    INSERT INTO change (n, server, at, type, id, kind, label, external_id, data)
    VALUES (
      (CAST(CAST(pg_current_xact_id() AS text) AS bigint) + ${row.base}) * ${sql.lit(PLACES)} + ${row.place},
      ${row.server}, ${row.at}, ${row.type}, ${row.id}, ${row.kind}, ${row.label}, ${row.external_id}, ${row.data}
    )`.compile(db),
);

interface Page {
  readonly server: number;
  readonly after: number;
  readonly base: number;
  readonly limit: number;
}

/** WITH TIES: what shares a place is never parted. */
const changesAfter = prepared((db, { server, after, base, limit }: Page) =>
  sql<Selectable<ChangeTable>>`
    SELECT ${COLUMNS} FROM (
      SELECT * FROM change WHERE server = ${server} AND n > ${after} AND n < ${horizon(base)}
      ORDER BY n FETCH FIRST ${limit} ROWS WITH TIES
    ) AS page ORDER BY n, seq`.compile(db),
);

interface OfResource {
  readonly server: number;
  readonly id: string;
  readonly before: number;
  readonly limit: number;
}

/** What was committed, at once: nobody goes on from here, so that what comes in between later is not missed. */
const changesOf = prepared((db, { server, id, before, limit }: OfResource) =>
  sql<Selectable<ChangeTable>>`
    SELECT ${COLUMNS} FROM (
      SELECT * FROM change WHERE server = ${server} AND id = ${id} AND n < ${before}
      ORDER BY n DESC FETCH FIRST ${limit} ROWS WITH TIES
    ) AS page ORDER BY n DESC, seq DESC`.compile(db),
);

const bounds = prepared((db, { server, base }: { server: number; base: number }) =>
  sql<{ oldest: number | null; newest: number | null; pruned: number | null }>`
    SELECT
      (SELECT min(n) FROM change WHERE server = ${server} AND n < ${horizon(base)}) AS oldest,
      (SELECT max(n) FROM change WHERE server = ${server} AND n < ${horizon(base)}) AS newest,
      (SELECT n FROM change_pruned WHERE server = ${server}) AS pruned`.compile(db),
);

/** The positions between which so many membership changes lie, before a position. */
const membershipWindow = prepared((db, { server, before }: { server: number; before: number }) =>
  sql<{ low: number | null }>`
    SELECT min(n) AS low FROM (
      SELECT n FROM change WHERE server = ${server} AND kind = 'members' AND n < ${before}
      ORDER BY n DESC LIMIT ${sql.lit(5000)}
    ) AS recent`.compile(db),
);

interface Naming extends OfResource {
  readonly low: number;
}

const naming = prepared((db, { server, id, before, low, limit }: Naming) =>
  sql<Selectable<ChangeTable>>`
    SELECT ${COLUMNS} FROM change
    WHERE server = ${server} AND kind = 'members' AND n < ${before} AND n >= ${low}
      AND position(CAST(${id} AS text) IN data) > 0
    ORDER BY n DESC LIMIT ${limit}`.compile(db),
);

const deleteOlder = prepared((db, { before, limit }: { before: number; limit: number }) =>
  sql<{ n: number; server: number }>`
    DELETE FROM change WHERE seq IN (SELECT seq FROM change WHERE at < ${before} ORDER BY at LIMIT ${limit})
    RETURNING n, server`.compile(db),
);

const markPruned = prepared((db, { server, n }: { server: number; n: number }) =>
  sql`
    INSERT INTO change_pruned AS known (server, n) VALUES (${server}, ${n})
    ON CONFLICT (server) DO UPDATE SET n = greatest(known.n, excluded.n)`.compile(db),
);

/** Appends the changes of one transaction to the feed. */
export function createRecorder(connection: Executes, base: number): (change: NewChange) => Promise<unknown> {
  let place = 0;
  return (change) => {
    const { server, at, type, id, kind, label, externalId } = change;
    const rows = [...changePieces(change)].map((data) => {
      const row = { server, at, type, id, kind, label, external_id: externalId ?? null, data };
      return insertChange.run(connection, { ...row, base, place: Math.min(place++, LAST_PLACE) });
    });
    return Promise.all(rows);
  };
}

/** Milliseconds that one call looks back through membership changes. */
const BUDGET = 1000;

export interface PostgresChangeFeed extends ChangeFeed {
  close(): void;
}

/** The change feed. Readers stop where a transaction that has not ended could still write. */
export function createChangeFeed(
  connection: PostgresConnection,
  signals: Signals,
  base: number,
  write: <T>(body: (connection: Executes) => Promise<T>) => Promise<T>,
): PostgresChangeFeed {
  const watch = createFeedWatch(connection, signals);
  return {
    async after(server, n, limit) {
      return (await changesAfter.all(connection, { server, after: n, base, limit })).map(changeOf);
    },
    async of(server, id, before, limit) {
      const asked = { server, id, before: Math.min(before, Number.MAX_SAFE_INTEGER), limit };
      return (await changesOf.all(connection, asked)).map(changeOf);
    },
    async memberships(server, id, before, limit) {
      const changes: Change[] = [];
      const until = performance.now() + BUDGET;
      let to = Math.min(before, Number.MAX_SAFE_INTEGER);
      while (changes.length < limit && performance.now() < until) {
        const low = (await membershipWindow.first(connection, { server, before: to }))?.low ?? null;
        if (low === null) return { changes, complete: true, lookedBackTo: 0 };
        const window = { server, id: JSON.stringify(id), before: to, low, limit: limit - changes.length };
        const rows = await naming.all(connection, window);
        for (const row of rows) changes.push(namingOnly(changeOf(row), id));
        to = rows.length === window.limit ? (rows.at(-1)?.n ?? low) : low;
      }
      return { changes, complete: false, lookedBackTo: to };
    },
    async bounds(server) {
      const found = await bounds.first(connection, { server, base });
      // Who stands where pruning ended has missed nothing, even though the next change kept has a higher position.
      return {
        oldest: found?.pruned ?? found?.oldest ?? 0,
        newest: found?.newest ?? found?.pruned ?? 0,
      };
    },
    wait: watch.wait,
    watch: watch.watch,
    prune: (before, limit) =>
      write(async (writer) => {
        const deleted = await deleteOlder.all(writer, { before, limit });
        const last = new Map<number, number>();
        for (const { server, n } of deleted) last.set(server, Math.max(n, last.get(server) ?? 0));
        for (const [server, n] of [...last].sort(([a], [b]) => a - b)) await markPruned.run(writer, { server, n });
        return deleted.length;
      }),
    close: watch.close,
  };
}

/**
 * The base of positions, for a database that may have come from another cluster: there, the numbers of transactions
 * begin anew, and new positions would lie before those that are kept.
 */
export async function readFeedBase(connection: PostgresConnection): Promise<number> {
  const { rows } = await connection.execute(
    `UPDATE installation SET feed_base = greatest(
       feed_base,
       coalesce((SELECT max(n) FROM (SELECT max(n) AS n FROM change UNION ALL SELECT max(n) FROM change_pruned) AS kept) / ${PLACES}, 0)
         + 1 - CAST(CAST(pg_snapshot_xmax(pg_current_snapshot()) AS text) AS bigint)
     ) RETURNING feed_base`,
    [],
    { prepare: false },
  );
  return Number(rows[0]?.feed_base ?? 0);
}

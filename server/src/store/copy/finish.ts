import type { DatabaseSync } from 'node:sqlite';
import { readFeedBase } from '../postgres/changes.ts';
import type { PostgresConnection } from '../postgres/connection.ts';
import type { CopiedTable } from './copied-table.ts';

/** What PostgreSQL counts otherwise than SQLite, from the rows. */
const COUNT = [
  'INSERT INTO resource_count (server, type, slot, count) SELECT server, type, 0, count(*) FROM resource GROUP BY server, type',
  `INSERT INTO log_kept (server, entries)
     SELECT server, count(*) FROM log_entry WHERE server IS NOT NULL GROUP BY server`,
  `UPDATE log_total SET entries = kept.entries, bytes = kept.bytes
     FROM (SELECT count(*) AS entries, coalesce(sum(bytes), 0) AS bytes FROM log_entry) AS kept`,
];

const run = (connection: PostgresConnection, sql: string, bindings: readonly (string | number)[] = []) =>
  connection.execute(sql, bindings, { prepare: false });

/**
 * What is beside the rows: counts, the numbers that are given next, the base of the feed's positions, what the planner
 * knows of the tables.
 */
export async function finish(
  connection: PostgresConnection,
  tables: readonly { readonly table: CopiedTable; readonly from: DatabaseSync; readonly rows: number }[],
): Promise<void> {
  for (const sql of COUNT) await run(connection, sql);
  for (const { table, from } of tables) {
    const last = lastNumber(from, table);
    if (table.target === 'log_entry') await run(connection, 'UPDATE log_total SET n = $1', [last]);
    else await continueAfter(connection, table, last);
  }
  await readFeedBase(connection);
  // Of tables without rows the migrations have told it what to expect.
  const filled = tables.filter(({ rows }) => rows > 0).map(({ table }) => table.target);
  if (filled.length > 0) await run(connection, `ANALYZE ${[...new Set([...filled, 'resource_count'])].join(', ')}`);
}

/** The highest number that a table has ever given: none is given twice, also when its row is gone. */
function lastNumber(from: DatabaseSync, { name }: CopiedTable): number {
  const given = from.prepare('SELECT seq FROM sqlite_sequence WHERE name = ?').get(name);
  return Number(given?.seq ?? 0);
}

/** Whatever column numbers the rows in PostgreSQL: the next number follows `last`, and the highest there is. */
async function continueAfter(connection: PostgresConnection, { target }: CopiedTable, last: number): Promise<void> {
  const { rows } = await run(
    connection,
    `SELECT attname AS name FROM pg_attribute WHERE attrelid = to_regclass($1) AND attidentity <> ''`,
    [target],
  );
  for (const { name } of rows) {
    await run(
      connection,
      `SELECT setval(pg_get_serial_sequence($1, $2), greatest(last.given, 1), last.given > 0)
       FROM (SELECT greatest(CAST($3 AS bigint), (SELECT max("${name}") FROM ${target})) AS given) AS last`,
      [target, String(name), last],
    );
  }
}

import type { SQLInputValue } from 'node:sqlite';
import type { CompiledQuery } from 'kysely';
import type { Connection } from '../sqlite/connection.ts';

/**
 * The rows of a query one by one, as arrays of its columns: a scan keeps none of them, and looks at the clock between
 * them. The statement is prepared for this scan alone.
 */
export function iterate(connection: Connection, query: CompiledQuery): Iterable<readonly unknown[]> {
  const statement = connection.database.prepare(query.sql, { returnArrays: true });
  // Kysely does not type parameters; node:sqlite itself refuses what it cannot bind.
  const rows: Iterable<unknown> = statement.iterate(...(query.parameters as SQLInputValue[]));
  // A statement prepared with `returnArrays` answers with arrays.
  return rows as Iterable<readonly unknown[]>;
}

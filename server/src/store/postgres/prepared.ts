import { type CompiledQuery, type Kysely, sql } from 'kysely';
import { templateOf } from '../placeholders.ts';
import { BUILDERS } from '../query-builder.ts';
import type { Row } from '../statements.ts';
import type { Database } from '../tables.ts';
import type { PostgresConnection } from './connection.ts';

/** A query of PostgreSQL's own that was built once and is prepared on each connection. */
export interface Prepared<Named, Result> {
  all(connection: Executes, parameters: Named): Promise<Result[]>;
  first(connection: Executes, parameters: Named): Promise<Result | undefined>;
  /** How many rows it inserted, updated or deleted. */
  run(connection: Executes, parameters: Named): Promise<number>;
}

export type Executes = Pick<PostgresConnection, 'execute'>;

/** As `compiled` for SQLite: `prepared((db, { id }: { id: string }) => sql<Row>`... ${id}`.compile(db))`. */
export function prepared<Named, Result>(
  build: (db: Kysely<Database>, parameters: Named) => CompiledQuery<Result>,
): Prepared<Named, Result> {
  const { sql: text, bind } = templateOf(BUILDERS.postgres, build);
  return {
    // The row types are what the query builder derived from the tables, or the statement says.
    all: async (connection, values) => rowsAs<Result>((await connection.execute(text, bind(values))).rows),
    first: async (connection, values) => rowsAs<Result>((await connection.execute(text, bind(values))).rows)[0],
    run: async (connection, values) => (await connection.execute(text, bind(values))).changes,
  };
}

// As above.
const rowsAs = <Result>(rows: Row[]): Result[] => rows as Result[];

/**
 * The texts, or the numbers, of a JSON array, for `= ANY(...)`: each is looked up in the index, however many rows the
 * planner believes there to be (a join with the array may read all of a table instead).
 */
export const textsOf = (json: string) => sql<string[]>`ARRAY(SELECT json_array_elements_text(${json}))`;
export const numbersOf = (json: string) =>
  sql<number[]>`ARRAY(SELECT CAST(json_array_elements_text(${json}) AS bigint))`;

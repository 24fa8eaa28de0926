import type { CompiledQuery, Kysely } from 'kysely';
import { templateOf } from '../placeholders.ts';
import { queryBuilder } from '../query-builder.ts';
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

const builder = queryBuilder<Database>('postgres');

/** As `compiled` for SQLite: `prepared((db, { id }: { id: string }) => sql<Row>`... ${id}`.compile(db))`. */
export function prepared<Named, Result>(
  build: (db: Kysely<Database>, parameters: Named) => CompiledQuery<Result>,
): Prepared<Named, Result> {
  const { sql, bind } = templateOf(builder, build);
  return {
    // The row types are what the query builder derived from the tables, or the statement says.
    all: async (connection, values) => rowsAs<Result>((await connection.execute(sql, bind(values))).rows),
    first: async (connection, values) => rowsAs<Result>((await connection.execute(sql, bind(values))).rows)[0],
    run: async (connection, values) => (await connection.execute(sql, bind(values))).changes,
  };
}

// As above.
const rowsAs = <Result>(rows: Row[]): Result[] => rows as Result[];

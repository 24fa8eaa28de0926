import {
  type Dialect as DialectOfKysely,
  type Driver,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type { Dialect } from './statements.ts';
import type { Database } from './tables.ts';

/** A database's dialect for Kysely, with what runs its statements. */
export function dialectWith(dialect: Dialect, createDriver: () => Driver): DialectOfKysely {
  const isSqlite = dialect === 'sqlite';
  return {
    createAdapter: () => (isSqlite ? new SqliteAdapter() : new PostgresAdapter()),
    createDriver,
    createIntrospector: (database) =>
      isSqlite ? new SqliteIntrospector(database) : new PostgresIntrospector(database),
    createQueryCompiler: () => (isSqlite ? new SqliteQueryCompiler() : new PostgresQueryCompiler()),
  };
}

/** Builds a database's SQL for `Tables` without running it: for code that holds a connection of its own. */
export function queryBuilder<Tables>(dialect: Dialect = 'sqlite'): Kysely<Tables> {
  return new Kysely<Tables>({ dialect: dialectWith(dialect, () => new DummyDriver()) });
}

/** Builders of the store's own SQL. */
export const BUILDERS: Readonly<Record<Dialect, Kysely<Database>>> = {
  sqlite: queryBuilder<Database>('sqlite'),
  postgres: queryBuilder<Database>('postgres'),
};

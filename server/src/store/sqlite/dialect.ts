import type { SQLInputValue } from 'node:sqlite';
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  Kysely,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type { Connection } from './connection.ts';

/** Kysely over one connection of node:sqlite, whose prepared statements it shares. Closing the connection is the caller's. */
export function kyselyOn<Tables>(connection: Connection): Kysely<Tables> {
  return new Kysely<Tables>({ dialect: sqliteDialect(connection) });
}

function sqliteDialect(connection: Connection): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => sqliteDriver(connection),
    createIntrospector: (database) => new SqliteIntrospector(database),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

function sqliteDriver(connection: Connection): Driver {
  const shared: DatabaseConnection = {
    executeQuery: async <Row>(query: CompiledQuery) => execute<Row>(connection, query),
    async *streamQuery<Row>(query: CompiledQuery) {
      yield execute<Row>(connection, query);
    },
  };
  // Transactions belong to the group commit, which holds one open around many bodies.
  const refuse = async () => {
    throw new Error('Write inside store.transaction()');
  };
  return {
    init: async () => {},
    acquireConnection: async () => shared,
    beginTransaction: refuse,
    commitTransaction: refuse,
    rollbackTransaction: refuse,
    releaseConnection: async () => {},
    destroy: async () => {},
  };
}

function execute<Row>(connection: Connection, query: CompiledQuery): QueryResult<Row> {
  // Kysely does not type parameters; node:sqlite itself refuses what it cannot bind.
  const parameters = query.parameters as readonly SQLInputValue[];
  if (connection.hasRows(query.sql)) {
    // The row type is what the query builder derived from the tables.
    return { rows: connection.all(query.sql, parameters) as Row[] };
  }
  const { changes, lastInsertRowid } = connection.run(query.sql, parameters);
  return { rows: [], insertId: BigInt(lastInsertRowid), numAffectedRows: BigInt(changes) };
}

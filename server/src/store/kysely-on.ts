import { type CompiledQuery, type DatabaseConnection, type Driver, Kysely, type QueryResult } from 'kysely';
import { dialectWith } from './query-builder.ts';
import type { Binding, Statements } from './statements.ts';

/** Kysely over a connection of either database. Closing it, and its transactions, are the caller's. */
export function kyselyOn<Tables>(statements: Statements): Kysely<Tables> {
  return new Kysely<Tables>({ dialect: dialectWith(statements.dialect, () => driverOn(statements)) });
}

function driverOn(statements: Statements): Driver {
  const shared: DatabaseConnection = {
    executeQuery: <Row>(query: CompiledQuery) => execute<Row>(statements, query),
    async *streamQuery<Row>(query: CompiledQuery) {
      yield await execute<Row>(statements, query);
    },
  };
  // Transactions belong to the store: in SQLite one is open around many bodies.
  const refuse = async () => {
    throw new Error('Write inside a transaction of the store');
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

async function execute<Row>(statements: Statements, query: CompiledQuery): Promise<QueryResult<Row>> {
  // Kysely does not type parameters; the databases themselves refuse what they cannot bind.
  const bindings = query.parameters as readonly Binding[];
  const { rows, changes } = await statements.execute(query.sql, bindings, { prepare: false });
  // The row type is what the query builder derived from the tables.
  return { rows: rows as Row[], numAffectedRows: BigInt(changes) };
}

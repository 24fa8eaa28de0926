import type { SQLInputValue } from 'node:sqlite';
import { type CompiledQuery, type Kysely, type RawBuilder, sql } from 'kysely';
import { queryBuilder } from '../query-builder.ts';
import type { Database } from '../tables.ts';
import type { Connection } from './connection.ts';

/** A query that was built once and runs with new parameters each time, on any connection. */
export interface Compiled<Named, Row> {
  all(connection: Connection, parameters: Named): Row[];
  first(connection: Connection, parameters: Named): Row | undefined;
  run(connection: Connection, parameters: Named): { changes: number; lastInsertRowid: number };
}

class Placeholder {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

const builder = queryBuilder<Database>();

/**
 * Builds a query with placeholders for its parameters:
 * `compiled((db, { id }: { id: string }) => db.selectFrom('resource').selectAll().where('id', '=', id).compile())`.
 * Building one with Kysely costs about 25 µs, more than most of the store's queries take to run.
 */
export function compiled<Named extends { readonly [Name in keyof Named]: SQLInputValue }, Row>(
  build: (db: Kysely<Database>, parameters: Named) => CompiledQuery<Row>,
): Compiled<Named, Row> {
  // Every property that `build` asks for is a placeholder, which stands in the query where the value will.
  const placeholders = new Proxy({} as Named, { get: (_, name) => new Placeholder(String(name)) });
  const { sql: text, parameters } = build(builder, placeholders);
  if (/\b(limit|offset) \?(?! \+)/i.test(text)) throw new Error(`Bind LIMIT and OFFSET with limitTo: ${text}`);
  const bind = (values: Named): SQLInputValue[] =>
    parameters.map((part) => {
      // A placeholder has the name of the parameter that `build` took it for.
      if (part instanceof Placeholder) return values[part.name as keyof Named];
      // A constant that `build` wrote: node:sqlite refuses what it cannot bind.
      return part as SQLInputValue;
    });
  return {
    // The row types are what the query builder derived from the tables.
    all: (connection, values) => connection.all(text, bind(values)) as Row[],
    // As above.
    first: (connection, values) => connection.first(text, bind(values)) as Row | undefined,
    run: (connection, values) => connection.run(text, bind(values)),
  };
}

/**
 * A bound LIMIT. SQLite's planner looks at the value behind a bare `LIMIT ?` and so prepares the statement anew at each
 * run (measured: 14 µs instead of 4.5); behind an expression it does not.
 */
export function limitTo(limit: number): RawBuilder<number> {
  return sql<number>`${limit} + 0`;
}

/** `LIMIT 1`, which Kysely would bind. */
export const ONE = sql.lit(1);

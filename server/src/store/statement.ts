import { type CompiledQuery, type Kysely, type RawBuilder, sql } from 'kysely';
import { type Template, templateOf } from './placeholders.ts';
import { BUILDERS } from './query-builder.ts';
import type { Dialect, Statements } from './statements.ts';
import type { Database } from './tables.ts';

/** A query for both databases that is built once for each, and runs with new parameters each time. */
export interface Statement<Named, Row> {
  all(statements: Statements, parameters: Named): Promise<Row[]>;
  first(statements: Statements, parameters: Named): Promise<Row | undefined>;
  /** How many rows it inserted, updated or deleted. */
  run(statements: Statements, parameters: Named): Promise<number>;
}

type Build<Named, Row> = (db: Kysely<Database>, parameters: Named, sqlFor: SqlFor) => CompiledQuery<Row>;

/**
 * Builds a query with placeholders for its parameters, as `compiled` does for SQLite alone:
 * `statement((db, { id }: { id: string }) => db.selectFrom('cycle').selectAll().where('id', '=', id).compile())`.
 * What the databases spell differently comes from the third argument.
 */
export function statement<Named, Row>(build: Build<Named, Row>): Statement<Named, Row> {
  const templates = new Map<Dialect, Template<Named>>();
  const templateFor = (dialect: Dialect): Template<Named> => {
    const known = templates.get(dialect);
    if (known !== undefined) return known;
    const template = templateOf(BUILDERS[dialect], (db, parameters: Named) => build(db, parameters, SQL[dialect]));
    templates.set(dialect, template);
    return template;
  };
  const execute = (statements: Statements, parameters: Named) => {
    const { sql: text, bind } = templateFor(statements.dialect);
    return statements.execute(text, bind(parameters));
  };
  return {
    // The row types are what the query builder derived from the tables.
    all: async (statements, parameters) => (await execute(statements, parameters)).rows as Row[],
    // As above.
    first: async (statements, parameters) => (await execute(statements, parameters)).rows[0] as Row | undefined,
    run: async (statements, parameters) => (await execute(statements, parameters)).changes,
  };
}

/** What the databases spell differently. */
export interface SqlFor {
  readonly dialect: Dialect;
  /** A table `name` with the column `value`: the texts or numbers of a JSON array that is bound as text. */
  texts(json: string, name: string): RawBuilder<unknown>;
  numbers(json: string, name: string): RawBuilder<unknown>;
  /** A table `name` with the column `value`: the elements of a JSON array of arrays or objects (see `field`). */
  elements(json: string, name: string): RawBuilder<unknown>;
  /** A text out of an element: `field('member.value', 0)`, `field('row.value', 'label')`. */
  field(element: string, key: string | number): RawBuilder<string | null>;
  /** A condition's end, `id ${among(ids)}`: it is one of the texts of a JSON array that is bound as text. */
  among(json: string): RawBuilder<unknown>;
  /** SQLite's planner takes this index; PostgreSQL's chooses by its statistics. */
  indexedBy(index: string): RawBuilder<unknown>;
  /** Keeps the rows that a SELECT reads from other writers until the transaction ends; SQLite has one writer. */
  readonly forUpdate: RawBuilder<unknown>;
  /** As `forUpdate`, leaving out rows that another writer is at. */
  readonly skipLocked: RawBuilder<unknown>;
}

/**
 * Rows of a function of PostgreSQL's, which its planner takes for ten and not for a hundred: it looks each up in the
 * index then, and does not join them with whatever the other conditions leave of the table.
 */
export const tenOf = (rows: RawBuilder<unknown>): RawBuilder<unknown> => sql`unnest(ARRAY (SELECT ${rows}))`;

const SQL: Readonly<Record<Dialect, SqlFor>> = {
  sqlite: {
    dialect: 'sqlite',
    texts: (json, name) => sql`json_each(${json}) AS ${sql.raw(name)}`,
    numbers: (json, name) => sql`json_each(${json}) AS ${sql.raw(name)}`,
    elements: (json, name) => sql`json_each(${json}) AS ${sql.raw(name)}`,
    field: (element, key) => sql<string | null>`${sql.raw(element)} ->> ${sql.lit(key)}`,
    among: (json) => sql`IN (SELECT value FROM json_each(${json}))`,
    indexedBy: (index) => sql`INDEXED BY ${sql.raw(index)}`,
    forUpdate: sql``,
    skipLocked: sql``,
  },
  postgres: {
    dialect: 'postgres',
    texts: (json, name) =>
      sql`${tenOf(sql`json_array_elements_text(CAST(${json} AS json))`)} AS ${sql.raw(name)}(value)`,
    numbers: (json, name) =>
      sql`(SELECT CAST(element AS bigint) AS value FROM json_array_elements_text(CAST(${json} AS json)) AS each(element)) AS ${sql.raw(name)}`,
    elements: (json, name) => sql`${tenOf(sql`json_array_elements(CAST(${json} AS json))`)} AS ${sql.raw(name)}(value)`,
    field: (element, key) => sql<string | null>`(${sql.raw(element)} ->> ${sql.lit(key)})`,
    among: (json) => sql`IN (SELECT ${tenOf(sql`json_array_elements_text(CAST(${json} AS json))`)})`,
    indexedBy: () => sql``,
    forUpdate: sql`FOR UPDATE`,
    skipLocked: sql`FOR UPDATE SKIP LOCKED`,
  },
};

/**
 * A bound LIMIT. SQLite's planner looks at the value behind a bare `LIMIT ?` and so prepares the statement anew at each
 * run (measured: 14 µs instead of 4.5); behind an expression it does not.
 */
export function limitTo(limit: number): RawBuilder<number> {
  return sql<number>`CAST(${limit} AS bigint) + 0`;
}

/** `LIMIT 1`, which Kysely would bind. */
export const ONE = sql.lit(1);

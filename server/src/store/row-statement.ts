import { type CompiledQuery, type Kysely, type RawBuilder, sql } from 'kysely';
import { type Template, templateOf } from './placeholders.ts';
import { BUILDERS } from './query-builder.ts';
import { tenOf } from './statement.ts';
import type { Binding, Dialect, Statements } from './statements.ts';
import type { Database } from './tables.ts';

/** A statement that many rows are given to. SQLite runs it for each, PostgreSQL once for all of them. */
export interface RowStatement<Row> {
  /** Runs for the rows in their order. SQLite has run it when this returns; of PostgreSQL it is the promise. */
  run(statements: Statements, rows: readonly Row[]): Promise<unknown> | undefined;
}

/** The types of a row's columns, as PostgreSQL calls them. */
type Columns<Row> = { readonly [Name in keyof Row]: 'text' | 'bigint' | 'double precision' };

/** What the databases spell differently. */
export interface SqlForRows {
  readonly dialect: Dialect;
  /** What an INSERT inserts. */
  values(...expressions: readonly unknown[]): RawBuilder<unknown>;
  /** Stands behind the SET of an UPDATE and before its WHERE. */
  readonly from: RawBuilder<unknown>;
  /** Stands behind the table of a DELETE. */
  readonly using: RawBuilder<unknown>;
  /** SQLite's planner takes this index; PostgreSQL's chooses by its statistics. */
  indexedBy(index: string): RawBuilder<unknown>;
}

type Build<Row> = (db: Kysely<Database>, row: Row, sqlFor: SqlForRows) => CompiledQuery<unknown>;

/**
 * Builds a statement from the values of a row:
 * `rowStatement<Key>({ id: 'text' }, (db, row, { using }) => sql`DELETE FROM link ${using} WHERE link.id = ${row.id}`...)`.
 * In PostgreSQL the values are columns of a table `given`, so the names of others' columns must say their table. No row of
 * an INSERT may have the key of another in the same run.
 */
export function rowStatement<Row extends { readonly [Name in keyof Row]: Binding }>(
  columns: Columns<Row>,
  build: Build<Row>,
): RowStatement<Row> {
  let forSqlite: Template<Row> | undefined;
  let forPostgres: Template<{ rows: string }> | undefined;
  return {
    run(statements, rows) {
      if (rows.length === 0) return undefined;
      if (statements.dialect === 'sqlite') {
        forSqlite ??= templateOf(BUILDERS.sqlite, (db, row: Row) => build(db, row, SQLITE));
        for (const row of rows) statements.execute(forSqlite.sql, forSqlite.bind(row));
        return undefined;
      }
      forPostgres ??= templateOf(BUILDERS.postgres, (db, { rows: json }: { rows: string }) =>
        build(db, columnsOf(columns), sqlForPostgres(columns, json)),
      );
      return Promise.resolve(statements.execute(forPostgres.sql, forPostgres.bind({ rows: textOf(rows) })));
    },
  };
}

const SQLITE: SqlForRows = {
  dialect: 'sqlite',
  values: (...expressions) => sql`VALUES (${sql.join(expressions)})`,
  from: sql``,
  using: sql``,
  indexedBy: (index) => sql`INDEXED BY ${sql.raw(index)}`,
};

function sqlForPostgres<Row>(columns: Columns<Row>, json: string): SqlForRows {
  const definitions = Object.entries(columns).map(([name, type]) => `"${name}" ${type}`);
  const given = sql`${tenOf(sql`json_array_elements(CAST(${json} AS json))`)} AS row_text(value)
    CROSS JOIN LATERAL json_to_record(row_text.value) AS given(${sql.raw(definitions.join(', '))})`;
  return {
    dialect: 'postgres',
    values: (...expressions) => sql`SELECT ${sql.join(expressions)} FROM ${given}`,
    from: sql`FROM ${given}`,
    using: sql`USING ${given}`,
    indexedBy: () => sql``,
  };
}

/** Columns in the place of a row's values: `build` only hands them on to the query builder, which takes either. */
function columnsOf<Row>(columns: Columns<Row>): Row {
  const entries = Object.keys(columns).map((name) => [name, sql.raw(`given."${name}"`)]);
  // As above.
  return Object.fromEntries(entries) as Row;
}

/** Escapes of what PostgreSQL keeps no text with: U+0000 and halves of characters. A target may have sent them. */
const UNKEPT = /\\u(?:0000|d[89a-f])/;

function textOf(rows: readonly unknown[]): string {
  const text = JSON.stringify(rows);
  return UNKEPT.test(text)
    ? JSON.stringify(rows, (_, value) => (typeof value === 'string' ? kept(value) : value))
    : text;
}

const kept = (text: string): string => text.toWellFormed().replaceAll('\0', '\ufffd');

import type { DatabaseSync } from 'node:sqlite';
import type { PostgresConnection } from '../postgres/connection.ts';

/** How a column's values travel, by its type in PostgreSQL. */
export type ColumnKind = 'text' | 'json' | 'integer' | 'double' | 'bytes';

export interface CopiedColumn {
  readonly name: string;
  readonly kind: ColumnKind;
  readonly nullable: boolean;
}

/** A table of SQLite's and where its rows go. */
export interface CopiedTable {
  /** Its name in SQLite. */
  readonly name: string;
  /** Its name in PostgreSQL. */
  readonly target: string;
  readonly columns: readonly CopiedColumn[];
  /** Columns that PostgreSQL alone has, each with the SQL that makes it of the others. */
  readonly filled: ReadonlyMap<string, string>;
}

/** Counted again from the rows that were copied: PostgreSQL keeps them otherwise (`resource_count` in slots). */
const COUNTED = new Set(['resource_count', 'kept']);

/** The request log has a file of its own in SQLite. */
const TARGETS: ReadonlyMap<string, string> = new Map([
  ['entry', 'log_entry'],
  ['mention', 'log_mention'],
  ['minute', 'log_minute'],
]);

const LOG_TEXTS = [
  ...['method', 'id', 'address', 'token', 'url', 'reason', 'notes'],
  ...['request_headers', 'response_headers', 'request_body', 'response_body'],
];

const FILLED: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map([
  ['change', new Map([['seq', 'n']])],
  ['outcome', new Map([['slot', '0']])],
  ['log_entry', new Map([['bytes', LOG_TEXTS.map((name) => `coalesce(octet_length(${name}), 0)`).join(' + ')]])],
]);

const KINDS: Readonly<Record<string, ColumnKind>> = {
  text: 'text',
  json: 'json',
  bigint: 'integer',
  smallint: 'integer',
  'double precision': 'double',
  bytea: 'bytes',
};

/**
 * The tables of a database of SQLite's that are copied, in its order. Errors: a table or column that PostgreSQL has not,
 * or that it would have to have a value for.
 */
export async function copiedTables(source: DatabaseSync, target: PostgresConnection): Promise<CopiedTable[]> {
  const names = source
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY rowid")
    .all()
    .map(({ name }) => String(name))
    .filter((name) => !COUNTED.has(name));
  const tables: CopiedTable[] = [];
  for (const name of names) tables.push(await copiedTable(source, target, name));
  return tables;
}

async function copiedTable(source: DatabaseSync, connection: PostgresConnection, name: string): Promise<CopiedTable> {
  const target = TARGETS.get(name) ?? name;
  const filled = FILLED.get(target) ?? new Map<string, string>();
  const there = await columnsOf(connection, target);
  const columns = source
    .prepare(`SELECT name FROM pragma_table_info('${name}')`)
    .all()
    .map((row) => {
      const column = there.get(String(row.name));
      if (column === undefined) throw new Error(`PostgreSQL has no column ${target}.${row.name}`);
      return column;
    });
  const given = new Set([...columns.map((column) => column.name), ...filled.keys()]);
  const missing = [...there.values()].find(
    (column) => !column.nullable && !column.hasDefault && !given.has(column.name),
  );
  if (missing !== undefined) throw new Error(`SQLite has no column ${name}.${missing.name}`);
  return { name, target, columns, filled };
}

interface TargetColumn extends CopiedColumn {
  readonly hasDefault: boolean;
}

async function columnsOf(connection: PostgresConnection, table: string): Promise<Map<string, TargetColumn>> {
  const { rows } = await connection.execute(
    `SELECT attname AS name, format_type(atttypid, NULL) AS type, NOT attnotnull AS nullable,
       atthasdef OR attidentity <> '' AS "hasDefault"
     FROM pg_attribute WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped`,
    [table],
    { prepare: false },
  );
  return new Map(
    rows.map(({ name, type, nullable, hasDefault }) => {
      const kind = KINDS[String(type)];
      if (kind === undefined) throw new Error(`${table}.${name} is of a type that is not copied: ${type}`);
      return [
        String(name),
        { name: String(name), kind, nullable: nullable === true, hasDefault: hasDefault === true },
      ] as const;
    }),
  );
}

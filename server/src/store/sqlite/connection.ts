import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import type { Result, Statements } from '../statements.ts';

/** A row as an object with a prototype and one shape: node:sqlite's own are dictionaries and cost 1.5 µs more each. */
export type Row = Record<string, unknown>;
/** What is bound to a statement's parameters, in order. */
export type Bindings = readonly SQLInputValue[];

/** One connection with its prepared statements. Everything it does is synchronous. */
export interface Connection extends Statements {
  readonly dialect: 'sqlite';
  readonly database: DatabaseSync;
  all(sql: string, bindings: Bindings): Row[];
  first(sql: string, bindings: Bindings): Row | undefined;
  run(sql: string, bindings: Bindings): { changes: number; lastInsertRowid: number };
  execute(sql: string, bindings: Bindings): Result;
  /** Whether a statement answers with rows. */
  hasRows(sql: string): boolean;
  close(): void;
}

/** Statements kept prepared. The store's own are fewer than two hundred; composed ones must not pile up beside them. */
const STATEMENTS_KEPT = 400;
/** KiB of pages that a connection keeps in memory; the system keeps the others, once for all connections. */
const CACHE_KIB = 16 * 1024;
/** Only a checkpoint of the whole log, and foreign programs, ever hold a lock that a connection must wait for. */
const BUSY_TIMEOUT = 250;

interface Prepared {
  readonly statement: StatementSync;
  readonly columns: readonly string[];
}

/** Opens a connection to a database file: the one that writes, or one that only reads. */
export function openConnection(file: string, access: 'read' | 'write'): Connection {
  const database = new DatabaseSync(file, { readOnly: access === 'read', timeout: BUSY_TIMEOUT });
  database.exec(`PRAGMA cache_size = -${CACHE_KIB}; PRAGMA temp_store = MEMORY`);
  const kept = new Map<string, Prepared>();

  const prepared = (sql: string): Prepared => {
    const known = kept.get(sql);
    if (known !== undefined) return known;
    const statement = database.prepare(sql, { returnArrays: true });
    const entry = { statement, columns: statement.columns().map((column) => column.name) };
    const [oldest] = kept.keys();
    if (kept.size >= STATEMENTS_KEPT && oldest !== undefined) kept.delete(oldest);
    kept.set(sql, entry);
    return entry;
  };

  const all = (sql: string, bindings: Bindings): Row[] => {
    const { statement, columns } = prepared(sql);
    return rowsOf(statement.all(...bindings)).map((values) => rowOf(columns, values));
  };

  return {
    dialect: 'sqlite',
    database,
    all,
    first(sql, bindings) {
      const { statement, columns } = prepared(sql);
      const values = valuesOf(statement.get(...bindings));
      return values === undefined ? undefined : rowOf(columns, values);
    },
    run(sql, bindings) {
      const { changes, lastInsertRowid } = prepared(sql).statement.run(...bindings);
      return { changes: Number(changes), lastInsertRowid: Number(lastInsertRowid) };
    },
    execute(sql, bindings) {
      if (prepared(sql).columns.length > 0) return { rows: all(sql, bindings), changes: 0 };
      return { rows: [], changes: Number(prepared(sql).statement.run(...bindings).changes) };
    },
    hasRows: (sql) => prepared(sql).columns.length > 0,
    close() {
      kept.clear();
      database.close();
    },
  };
}

// The types of node:sqlite say objects; statements prepared with `returnArrays` answer with arrays.
const rowsOf = (rows: unknown): unknown[][] => rows as unknown[][];
// As above.
const valuesOf = (row: unknown): unknown[] | undefined => row as unknown[] | undefined;

function rowOf(columns: readonly string[], values: readonly unknown[]): Row {
  const row: Row = {};
  for (let index = 0; index < columns.length; index++) row[columns[index] ?? ''] = values[index];
  return row;
}

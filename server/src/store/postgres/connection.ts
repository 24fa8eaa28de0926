import { type Client, type CustomTypesConfig, Query, types } from 'pg';
import type { Binding, Result, Row, Statements } from '../statements.ts';

export interface PostgresResult extends Result {
  /** What PostgreSQL says that it did: a COMMIT of a transaction that has failed is a `ROLLBACK`. */
  readonly command: string;
}

/** A Buffer holds a value in PostgreSQL's binary format. */
export type PostgresBinding = Binding | Buffer;

/** One connection of the pool. */
export interface PostgresConnection extends Statements {
  readonly dialect: 'postgres';
  execute(
    sql: string,
    bindings: readonly PostgresBinding[],
    options?: { readonly prepare?: boolean },
  ): Promise<PostgresResult>;
}

/** Names of prepared statements by their texts, the same on all connections. The store's own are fewer than three hundred. */
const names = new Map<string, string>();

function nameOf(sql: string): string {
  const known = names.get(sql);
  if (known !== undefined) return known;
  const name = `rollcall_${names.size + 1}`;
  names.set(sql, name);
  return name;
}

/** U+0000 is in no text of PostgreSQL's: what is looked for with it is not there, as with half a surrogate pair. */
const storable = (binding: PostgresBinding): PostgresBinding =>
  typeof binding === 'string' && binding.includes('\0') ? binding.replaceAll('\0', '\ufffd') : binding;

/** The statements of a connection, which sends them without waiting for the answers to those before (`pipeline`). */
export function connectionOf(client: Client): PostgresConnection {
  const { stream } = client.connection;
  let corked = false;
  /**
   * What is sent in one turn leaves in one write, also for all requests that arrived in it: a system call costs more
   * than most of what is in it, and the database wakes up once.
   */
  const gather = () => {
    if (corked) return;
    corked = true;
    stream.cork();
    setImmediate(() => {
      corked = false;
      stream.uncork();
    });
  };
  return {
    dialect: 'postgres',
    execute(sql, bindings, options) {
      gather();
      const { promise, resolve, reject } = Promise.withResolvers<PostgresResult>();
      const query = new Query<Row>(sql, bindings.map(storable), (error, result) => {
        if (error) reject(error);
        else resolve({ rows: result.rows, changes: result.rowCount ?? 0, command: result.command });
      });
      // Set afterwards: pg copies a configuration, property by property, for each query.
      if (options?.prepare !== false) Object.assign(query, { name: nameOf(sql) });
      client.query(query);
      return promise;
    },
  };
}

/** Runs a command, such as BEGIN, that need not be prepared. */
export const runCommand = (connection: PostgresConnection, sql: string): Promise<PostgresResult> =>
  connection.execute(sql, [], { prepare: false });

const INT8 = 20;
const NUMERIC = 1700;
const JSON_TEXT = 114;
const JSONB = 3802;

/** Numbers as numbers (the store's are below 2^53), JSON as its text. */
export const TYPES: CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (oid === INT8 || oid === NUMERIC) return Number;
    if (oid === JSON_TEXT || oid === JSONB) return (text: string) => text;
    return types.getTypeParser(oid, format ?? 'text');
    // pg's type describes both formats by overloads; only texts are asked for.
  }) as CustomTypesConfig['getTypeParser'],
};

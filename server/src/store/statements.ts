import type { Row } from './sqlite/connection.ts';

export type { Row } from './sqlite/connection.ts';

/** The databases that the store's SQL is written for. */
export type Dialect = 'sqlite' | 'postgres';

/** What both databases can bind. */
export type Binding = string | number | bigint | null;

export interface Result {
  readonly rows: Row[];
  /** Rows inserted, updated or deleted. */
  readonly changes: number;
}

/** Runs statements on the tables that both databases have. SQLite answers at once, PostgreSQL when it has answered. */
export interface Statements {
  readonly dialect: Dialect;
  /** `prepare: false` for a text that is composed anew each time: PostgreSQL keeps none of it then. */
  execute(
    sql: string,
    bindings: readonly Binding[],
    options?: { readonly prepare?: boolean },
  ): Result | Promise<Result>;
}

/** How code that serves both databases reaches them. */
export interface Access {
  /** The last commit. */
  readonly read: Statements;
  /**
   * Runs `body` as one transaction and resolves when what it wrote is on disk; rejects with what it threw (its writes
   * undone), or with CommitFailed. It may run again when PostgreSQL ends it for another's sake: what it does outside
   * the database must bear that.
   */
  write<T>(body: (statements: Statements) => Promise<T>): Promise<T>;
}

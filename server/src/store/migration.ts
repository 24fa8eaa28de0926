/** One step of a database's schema, to the version that its place in the list says. */
export interface Migration {
  readonly sql: string;
  /** What it brings, for who is about to run it. */
  readonly does: string;
  /**
   * PostgreSQL alone: a program that knows versions up to this one still works with the database afterwards, so that
   * its processes can be replaced one by one. A migration that such a program survives adds tables, columns that may
   * be empty or have a default, and indexes; what it makes superfluous goes with a later release. Without it, no
   * older program does.
   */
  readonly compatibleFrom?: number;
}

/** What a database needs, seen by this program. */
export interface MigrationPlan {
  /** The version that it has; 0 when there is nothing in it yet. */
  readonly from: number;
  /** The version that it will have: this program's, or a newer one that this program can still work with. */
  readonly to: number;
  readonly steps: readonly { readonly version: number; readonly does: string }[];
}

/** The steps that lead from a version to this program's. */
export function planFrom(from: number, migrations: readonly Migration[]): MigrationPlan {
  const steps = migrations.slice(from).map(({ does }, index) => ({ version: from + index + 1, does }));
  return { from, to: Math.max(from, migrations.length), steps };
}

import type { RawBuilder } from 'kysely';
import { queryBuilder } from '../../query-builder.ts';
import type { Binding } from '../../statements.ts';
import type { Database } from '../../tables.ts';
import type { Executes } from '../prepared.ts';

const builder = queryBuilder<Database>('postgres');

/** Runs a statement that was composed for one search: it is prepared for this once. */
export async function runComposed<Row>(connection: Executes, query: RawBuilder<Row>): Promise<Row[]> {
  const { sql, parameters } = query.compile(builder);
  // Kysely does not type parameters; PostgreSQL refuses what it cannot take.
  const { rows } = await connection.execute(sql, parameters as readonly Binding[], { prepare: false });
  // The row type is what the statement says.
  return rows as Row[];
}

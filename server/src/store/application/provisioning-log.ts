import { setImmediate as nextTurn } from 'node:timers/promises';
import { type CompiledQuery, type RawBuilder, type Selectable, sql } from 'kysely';
import type { ProvisioningLogQuery, StoredProvisioningRecord } from '../application-contract.ts';
import type { ProvisioningLogTable } from '../application-tables.ts';
import { foldLabel, recordOf } from '../journal/records.ts';
import { queryBuilder } from '../query-builder.ts';
import { limitTo, ONE, statement } from '../statement.ts';
import type { Binding, Dialect, Statements } from '../statements.ts';
import type { Database } from '../tables.ts';

type Row = Selectable<ProvisioningLogTable>;

/** Rows that one statement looks at, at most: a few milliseconds, after which SQLite's others get their turn. */
const WINDOW = { sqlite: 2000, postgres: 20_000 } as const;

const builders = { sqlite: queryBuilder<Database>('sqlite'), postgres: queryBuilder<Database>('postgres') } as const;

const bounds = statement((db, { application }: { application: number }) =>
  sql<{ low: number | null; high: number | null }>`
    SELECT (SELECT min(n) FROM provisioning_log WHERE application = ${application}) AS low,
      (SELECT max(n) FROM provisioning_log WHERE application = ${application}) AS high`.compile(db),
);

const anyOfId = statement((db, { application, id }: { application: number; id: string }) =>
  db
    .selectFrom('provisioning_log')
    .select('n')
    .where('application', '=', application)
    .where('id', '=', id)
    .limit(ONE)
    .compile(),
);

const rowByNumber = statement((db, { application, n }: { application: number; n: number }) =>
  db.selectFrom('provisioning_log').selectAll().where('n', '=', n).where('application', '=', application).compile(),
);

const lastOfId = statement((db, { application, id }: { application: number; id: string }, { indexedBy }) =>
  sql<{ at: number }>`
    SELECT at FROM provisioning_log ${indexedBy('provisioning_log_id')}
    WHERE application = ${application} AND id = ${id} ORDER BY n DESC LIMIT 1`.compile(db),
);

/** When a record of an object was written last. */
export async function lastRecordAt(
  statements: Statements,
  application: number,
  id: string,
): Promise<number | undefined> {
  return (await lastOfId.first(statements, { application, id }))?.at;
}

export async function findRecord(
  statements: Statements,
  application: number,
  n: number,
): Promise<StoredProvisioningRecord | undefined> {
  const row = await rowByNumber.first(statements, { application, n });
  return row === undefined ? undefined : recordOf(row);
}

/**
 * Finds records, newest first. Status and directory id are looked up in an index; anything else is compared, a window of
 * numbers at a time, with a turn of the event loop between two.
 */
export async function searchRecords(
  statements: Statements,
  query: ProvisioningLogQuery,
): Promise<StoredProvisioningRecord[]> {
  const { application, object, limit } = query;
  const hasId = object !== undefined && (await anyOfId.first(statements, { application, id: object })) !== undefined;
  const { low, high } = (await bounds.first(statements, { application })) ?? { low: null, high: null };
  if (low === null || high === null) return [];
  const top = Math.min(high, (query.before ?? high + 1) - 1);
  // Where an index leads to exactly these rows, one statement finds them however far apart they lie.
  const isIndexed = hasId || isPlain(query);
  const size = isIndexed ? top - low + 1 : WINDOW[statements.dialect];
  const found: StoredProvisioningRecord[] = [];
  for (let to = top; to >= low && found.length < limit; to -= size) {
    if (to < top) await nextTurn();
    const { sql: text, parameters } = windowOf(query, hasId, to - size, to, limit - found.length, statements.dialect);
    // Every parameter is a string or a number of the query's.
    const bindings = parameters as readonly Binding[];
    const { rows } = await statements.execute(text, bindings, { prepare: false });
    // The columns are those of the table: the statement selects all of them.
    found.push(...(rows as unknown as Row[]).map(recordOf));
  }
  return found;
}

/** Whether nothing is asked but the application and the status, which one index holds. */
function isPlain({ action, type, object, cycle, code, since, until }: ProvisioningLogQuery): boolean {
  return [action, type, object, cycle, code, since, until].every((value) => value === undefined);
}

/** The records with numbers above `after` and up to `to`. */
function windowOf(
  query: ProvisioningLogQuery,
  hasId: boolean,
  after: number,
  to: number,
  limit: number,
  dialect: Dialect,
): CompiledQuery {
  const { application, status, action, type, object, cycle, code, since, until } = query;
  const conditions = [sql`application = ${application}`, sql`n > ${after}`, sql`n <= ${to}`];
  if (status !== undefined) conditions.push(sql`status = ${status}`);
  if (action !== undefined) conditions.push(sql`action = ${action}`);
  if (type !== undefined) conditions.push(sql`type = ${type}`);
  if (cycle !== undefined) conditions.push(sql`cycle = ${cycle}`);
  if (code !== undefined) conditions.push(sql`code = ${code}`);
  if (since !== undefined) conditions.push(sql`at >= ${since}`);
  if (until !== undefined) conditions.push(sql`at <= ${until}`);
  if (object !== undefined) conditions.push(hasId ? sql`id = ${object}` : named(object, dialect));
  const index = hasId ? 'id' : status === undefined ? 'application' : 'status';
  return sql`
    SELECT * FROM provisioning_log
    ${sql.raw(dialect === 'sqlite' ? `INDEXED BY provisioning_log_${index}` : '')}
    WHERE ${sql.join(conditions, sql` AND `)} ORDER BY n DESC LIMIT ${limitTo(limit)}`.compile(builders[dialect]);
}

function named(object: string, dialect: Dialect): RawBuilder<unknown> {
  const position = sql.raw(dialect === 'sqlite' ? 'instr' : 'strpos');
  return sql`(target_id = ${object} OR ${position}(folded_label, ${foldLabel(object)}) > 0)`;
}

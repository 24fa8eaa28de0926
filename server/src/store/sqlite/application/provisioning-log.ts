import type { SQLInputValue } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { ProvisioningLogQuery, StoredProvisioningRecord } from '../../application-contract.ts';
import type { ProvisioningLogTable } from '../../application-tables.ts';
import { queryBuilder } from '../../query-builder.ts';
import type { Database } from '../../tables.ts';
import { compiled, ONE } from '../compiled.ts';
import type { Connection } from '../connection.ts';
import { foldLabel, recordOf } from '../journal/records.ts';

type Row = Selectable<ProvisioningLogTable>;

/** Rows that one statement looks at, at most: a few milliseconds, after which others get their turn. */
const WINDOW = 2000;

const builder = queryBuilder<Database>();

const bounds = compiled((db, { application }: { application: number }) =>
  sql<{ low: number | null; high: number | null }>`
    SELECT (SELECT min(n) FROM provisioning_log WHERE application = ${application}) AS low,
      (SELECT max(n) FROM provisioning_log WHERE application = ${application}) AS high`.compile(db),
);

const anyOfId = compiled((db, { application, id }: { application: number; id: string }) =>
  db
    .selectFrom('provisioning_log')
    .select('n')
    .where('application', '=', application)
    .where('id', '=', id)
    .limit(ONE)
    .compile(),
);

const rowByNumber = compiled((db, { application, n }: { application: number; n: number }) =>
  db.selectFrom('provisioning_log').selectAll().where('n', '=', n).where('application', '=', application).compile(),
);

const lastOfId = compiled((db, { application, id }: { application: number; id: string }) =>
  sql<{ at: number }>`
    SELECT at FROM provisioning_log INDEXED BY provisioning_log_id
    WHERE application = ${application} AND id = ${id} ORDER BY n DESC LIMIT 1`.compile(db),
);

export function lastRecordAt(connection: Connection, application: number, id: string): number | undefined {
  return lastOfId.first(connection, { application, id })?.at;
}

export function findRecord(
  connection: Connection,
  application: number,
  n: number,
): StoredProvisioningRecord | undefined {
  const row = rowByNumber.first(connection, { application, n });
  return row === undefined ? undefined : recordOf(row);
}

/**
 * Finds records, newest first. Status and directory id are looked up in an index; anything else is compared, a window of
 * numbers at a time, with a turn of the event loop between two.
 */
export async function searchRecords(
  connection: Connection,
  query: ProvisioningLogQuery,
): Promise<StoredProvisioningRecord[]> {
  const { application, object, limit } = query;
  const hasId = object !== undefined && anyOfId.first(connection, { application, id: object }) !== undefined;
  const { low, high } = bounds.first(connection, { application }) ?? { low: null, high: null };
  if (low === null || high === null) return [];
  const top = Math.min(high, (query.before ?? high + 1) - 1);
  // Where an index leads to exactly these rows, one statement finds them however far apart they lie.
  const isIndexed = hasId || isPlain(query);
  const size = isIndexed ? top - low + 1 : WINDOW;
  const found: StoredProvisioningRecord[] = [];
  for (let to = top; to >= low && found.length < limit; to -= size) {
    if (to < top) await nextTurn();
    const { text, parameters } = statement(query, hasId, to - size, to, limit - found.length);
    // The columns are those of the table: the statement selects all of them.
    const rows = connection.all(text, parameters) as unknown as Row[];
    found.push(...rows.map(recordOf));
  }
  return found;
}

/** Whether nothing is asked but the application and the status, which one index holds. */
function isPlain({ action, type, object, cycle, code, since, until }: ProvisioningLogQuery): boolean {
  return [action, type, object, cycle, code, since, until].every((value) => value === undefined);
}

/** The records with numbers above `after` and up to `to`. */
function statement(
  query: ProvisioningLogQuery,
  hasId: boolean,
  after: number,
  to: number,
  limit: number,
): { text: string; parameters: SQLInputValue[] } {
  const { application, status, action, type, object, cycle, code, since, until } = query;
  const conditions = [sql`application = ${application}`, sql`n > ${after}`, sql`n <= ${to}`];
  if (status !== undefined) conditions.push(sql`status = ${status}`);
  if (action !== undefined) conditions.push(sql`action = ${action}`);
  if (type !== undefined) conditions.push(sql`type = ${type}`);
  if (cycle !== undefined) conditions.push(sql`cycle = ${cycle}`);
  if (code !== undefined) conditions.push(sql`code = ${code}`);
  if (since !== undefined) conditions.push(sql`at >= ${since}`);
  if (until !== undefined) conditions.push(sql`at <= ${until}`);
  if (object !== undefined) conditions.push(hasId ? sql`id = ${object}` : named(object));
  const index = hasId ? 'id' : status === undefined ? 'application' : 'status';
  const { sql: text, parameters } = sql`
    SELECT * FROM provisioning_log INDEXED BY ${sql.raw(`provisioning_log_${index}`)}
    WHERE ${sql.join(conditions, sql` AND `)} ORDER BY n DESC LIMIT ${limit} + 0`.compile(builder);
  // Every parameter was given above as a string or a number.
  return { text, parameters: parameters as SQLInputValue[] };
}

function named(object: string): RawBuilder<unknown> {
  return sql`(target_id = ${object} OR instr(folded_label, ${foldLabel(object)}) > 0)`;
}

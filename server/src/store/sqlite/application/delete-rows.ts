import { sql } from 'kysely';
import { compiled, limitTo } from '../compiled.ts';

/** The tables whose rows belong to an application, each with its key, or `rowid` where it has row ids. */
const KEYS = {
  assignment: 'application, id',
  cycle: 'rowid',
  drift: 'application, type, id, path',
  drift_decision: 'application, type, id, path',
  drift_pass: 'application',
  escrow: 'application, type, id, kind',
  intent: 'application, type, id',
  link: 'rowid',
  membership: 'application, group_id, member_id',
  outcome: 'application, minute',
  plan: 'rowid',
  plan_item: 'application, plan, n',
  provisioning_log: 'rowid',
  reference: 'application, type, id, path',
  removal: 'application, at, type, id',
  staged: 'application, type, id',
} as const;

/** A statement that deletes at most `limit` rows of an application from one table. */
export function deleteRows(table: keyof typeof KEYS) {
  const key = sql.raw(KEYS[table]);
  return compiled((db, { application, limit }: { application: number; limit: number }) =>
    sql`
      DELETE FROM ${sql.table(table)} WHERE (${key}) IN (
        SELECT ${key} FROM ${sql.table(table)} WHERE application = ${application} LIMIT ${limitTo(limit)}
      )`.compile(db),
  );
}

import { sql } from 'kysely';
import { deleteSome } from '../delete-some.ts';
import { statement } from '../statement.ts';

interface Owned {
  /** Its key, or `rowid` where it has row ids. */
  readonly key: string;
  /** The order of an index of the application's rows; PostgreSQL might read the whole table otherwise. */
  readonly orderBy?: string;
}

/** The tables whose rows belong to an application. */
const TABLES = {
  application_lease: { key: 'application' },
  application_progress: { key: 'application' },
  application_request: { key: 'id', orderBy: 'application' },
  assignment: { key: 'application, id' },
  chunk: { key: 'cycle, n', orderBy: 'application' },
  cycle: { key: 'rowid', orderBy: 'began' },
  drift: { key: 'application, type, id, path' },
  drift_decision: { key: 'application, type, id, path' },
  drift_pass: { key: 'application' },
  escrow: { key: 'application, type, id, kind' },
  intent: { key: 'application, type, id' },
  link: { key: 'rowid', orderBy: 'type, id' },
  mail: { key: 'rowid', orderBy: 'recipient, n' },
  membership: { key: 'application, group_id, member_id' },
  outcome: { key: 'application, minute' },
  plan: { key: 'rowid', orderBy: 'created' },
  plan_item: { key: 'application, plan, n' },
  provisioning_log: { key: 'rowid', orderBy: 'n' },
  reference: { key: 'application, type, id, path' },
  removal: { key: 'application, at, type, id' },
  sought: { key: 'application, value' },
  staged: { key: 'application, type, id' },
  told: { key: 'application, cause' },
} as const satisfies Record<string, Owned>;

/** A statement that deletes at most `limit` rows of an application from one table. */
export function deleteRows(table: keyof typeof TABLES) {
  const { key, orderBy = key }: Owned = TABLES[table];
  return statement((db, { application, limit }: { application: number; limit: number }, sqlFor) =>
    deleteSome(sqlFor, { table, key, where: sql`application = ${application}`, orderBy, limit }).compile(db),
  );
}

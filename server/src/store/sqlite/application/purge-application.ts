import { compiled } from '../compiled.ts';
import type { Connection } from '../connection.ts';
import { deleteRows } from './delete-rows.ts';

const STEPS = [
  deleteRows('provisioning_log'),
  deleteRows('membership'),
  deleteRows('reference'),
  deleteRows('link'),
  deleteRows('drift'),
  deleteRows('drift_decision'),
  deleteRows('drift_pass'),
  deleteRows('plan_item'),
  deleteRows('plan'),
  deleteRows('cycle'),
  deleteRows('escrow'),
  deleteRows('staged'),
  deleteRows('intent'),
  deleteRows('removal'),
  deleteRows('outcome'),
  deleteRows('assignment'),
];

interface Key {
  readonly application: number;
}

const removingApplication = compiled((db, { application }: Key) =>
  db.selectFrom('application').select('removing').where('key', '=', application).compile(),
);

const deleteApplication = compiled((db, { application }: Key) =>
  db.deleteFrom('application').where('key', '=', application).compile(),
);

/**
 * One step of emptying an application that is being removed: deletes at most `limit` rows, and says whether nothing is
 * left. Throws when the application is not marked as being removed.
 */
export function purgeApplication(connection: Connection, application: number, limit: number): boolean {
  const marked = removingApplication.first(connection, { application });
  if (marked === undefined) return true;
  if (marked.removing === 0) throw new Error(`The application ${application} is not being removed`);
  let left = limit;
  for (const step of STEPS) {
    left -= step.run(connection, { application, limit: left }).changes;
    if (left <= 0) return false;
  }
  deleteApplication.run(connection, { application });
  return true;
}

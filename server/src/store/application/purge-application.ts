import { statement } from '../statement.ts';
import type { Statements } from '../statements.ts';
import { deleteRows } from './delete-rows.ts';

const STEPS = [
  deleteRows('provisioning_log'),
  deleteRows('link'),
  deleteRows('reference'),
  deleteRows('membership'),
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
  deleteRows('mail'),
  deleteRows('told'),
  deleteRows('sought'),
  deleteRows('chunk'),
  deleteRows('application_request'),
  deleteRows('application_progress'),
  deleteRows('application_lease'),
];

interface Key {
  readonly application: number;
}

/** Whoever empties it holds its row: processes that do so at the same time take turns. */
const removingApplication = statement((db, { application }: Key, sqlFor) =>
  db.selectFrom('application').select('removing').where('key', '=', application).modifyEnd(sqlFor.forUpdate).compile(),
);

const deleteApplication = statement((db, { application }: Key) =>
  db.deleteFrom('application').where('key', '=', application).compile(),
);

/**
 * One step of emptying an application that is being removed: deletes at most `limit` rows, and says whether nothing is
 * left. Throws when the application is not marked as being removed.
 */
export async function purgeApplication(statements: Statements, application: number, limit: number): Promise<boolean> {
  const marked = await removingApplication.first(statements, { application });
  if (marked === undefined) return true;
  if (marked.removing === 0) throw new Error(`The application ${application} is not being removed`);
  let left = limit;
  for (const step of STEPS) {
    left -= await step.run(statements, { application, limit: left });
    if (left <= 0) return false;
  }
  await deleteApplication.run(statements, { application });
  return true;
}

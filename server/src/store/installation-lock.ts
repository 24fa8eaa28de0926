import { statement } from './statement.ts';
import type { Statements } from './statements.ts';

const lock = statement((db, _: object, sqlFor) =>
  db.selectFrom('installation').select('id').modifyEnd(sqlFor.forUpdate).compile(),
);

/**
 * Makes seldom writes of all processes, which look before they write, take turns: whoever has locked the installation's
 * row keeps it until the transaction ends. First thing in a transaction, so that nobody waits in a circle. SQLite has one
 * writer.
 */
export async function lockInstallation(statements: Statements): Promise<void> {
  if (statements.dialect === 'postgres') await lock.run(statements, {});
}

import type { Kysely } from 'kysely';
import type { Administrators } from '../administrator-contract.ts';
import { lockInstallation } from '../installation-lock.ts';
import { kyselyOn } from '../kysely-on.ts';
import type { Access, Statements } from '../statements.ts';
import type { Database } from '../tables.ts';
import { createOneTimeLinks } from './one-time-links.ts';
import { createPeople } from './people.ts';
import { createSessions } from './sessions.ts';

/** Runs a body in a transaction. */
export type Write = <T>(body: (db: Kysely<Database>, statements: Statements) => Promise<T>) => Promise<T>;

/** Who may sign in to the admin API. Small tables: their queries are built each time. */
export function createAdministrators(access: Access): Administrators {
  const read = kyselyOn<Database>(access.read);
  const write: Write = (body) => access.write((statements) => body(kyselyOn<Database>(statements), statements));
  const inTurn: Write = (body) =>
    write(async (db, statements) => {
      await lockInstallation(statements);
      return body(db, statements);
    });
  return {
    ...createPeople(read, inTurn),
    ...createSessions(access, write),
    ...createOneTimeLinks(read, inTurn),
  };
}

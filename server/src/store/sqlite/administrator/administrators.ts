import type { Administrators } from '../../administrator-contract.ts';
import { kyselyOn } from '../../kysely-on.ts';
import type { Database } from '../../tables.ts';
import type { Connection } from '../connection.ts';
import type { GroupCommit } from '../group-commit.ts';
import { createOneTimeLinks } from './one-time-links.ts';
import { createPeople } from './people.ts';
import { createSessions } from './sessions.ts';

/** Who may sign in to the admin API. Small tables: their queries are built each time. */
export function createAdministrators(reader: Connection, writer: Connection, run: GroupCommit['run']): Administrators {
  const read = kyselyOn<Database>(reader);
  const write = kyselyOn<Database>(writer);
  return {
    ...createPeople(read, write, run),
    ...createSessions(read, write, run),
    ...createOneTimeLinks(read, write, run),
  };
}

import type { Kysely } from 'kysely';
import type { Administrators } from '../../administrator-contract.ts';
import type { Database } from '../../tables.ts';
import type { GroupCommit } from '../group-commit.ts';
import { sessionOf, sessionRow, userNameColumns } from './administrator-rows.ts';
import { byId, claimUserName } from './people.ts';

type Sessions = Pick<Administrators, 'signIn' | 'session' | 'touchSession' | 'endSession' | 'endSessions' | 'prune'>;

/** Who has signed in. */
export function createSessions(read: Kysely<Database>, write: Kysely<Database>, run: GroupCommit['run']): Sessions {
  return {
    signIn: (session, { passwordHash, role, userName }) =>
      run(async () => {
        const person = await byId(write, session.administrator);
        if (person === undefined || !person.active) return false;
        if (passwordHash !== undefined && passwordHash !== person.passwordHash) return false;
        const said = {
          ...(role === undefined ? {} : { role }),
          ...(userName === undefined ? {} : userNameColumns(userName)),
        };
        const update = write
          .updateTable('administrator')
          .set({ last_sign_in: session.created, ...said })
          .where('id', '=', person.id);
        await claimUserName(write, userName ?? person.userName, update.execute());
        await write.insertInto('session').values(sessionRow(session)).execute();
        return true;
      }),
    async session(sha256) {
      const row = await read.selectFrom('session').selectAll().where('sha256', '=', sha256).executeTakeFirst();
      if (row === undefined) return undefined;
      const administrator = await byId(read, row.administrator);
      return administrator === undefined ? undefined : { session: sessionOf(row), administrator };
    },
    touchSession: (sha256, at) =>
      run(async () => {
        await write.updateTable('session').set({ last_used: at }).where('sha256', '=', sha256).execute();
      }),
    endSession: (sha256) =>
      run(async () => {
        await write.deleteFrom('session').where('sha256', '=', sha256).execute();
      }),
    endSessions: (administrator) =>
      run(async () => {
        await write.deleteFrom('session').where('administrator', '=', administrator).execute();
      }),
    prune: ({ created, lastUsed, now }) =>
      run(async () => {
        await write.deleteFrom('session').where('created', '<', created).execute();
        await write.deleteFrom('session').where('last_used', '<', lastUsed).execute();
        await write.deleteFrom('one_time_link').where('expires', '<=', now).execute();
      }),
  };
}

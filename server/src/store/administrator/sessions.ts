import type { Administrators } from '../administrator-contract.ts';
import { lockInstallation } from '../installation-lock.ts';
import { kyselyOn } from '../kysely-on.ts';
import { statement } from '../statement.ts';
import type { Access } from '../statements.ts';
import type { Database } from '../tables.ts';
import { sessionOf, sessionRow, userNameColumns } from './administrator-rows.ts';
import type { Write } from './administrators.ts';
import { byId, claimUserName, lockPerson } from './people.ts';

type Sessions = Pick<Administrators, 'signIn' | 'session' | 'touchSession' | 'endSession' | 'endSessions' | 'prune'>;

/** Who has signed in. */
export function createSessions(access: Access, write: Write): Sessions {
  const read = kyselyOn<Database>(access.read);
  return {
    signIn: (session, { passwordHash, role, userName }) =>
      write(async (db, statements) => {
        // What a provider says may meet what others are and want to be called.
        if (role !== undefined || userName !== undefined) await lockInstallation(statements);
        const person = await lockPerson(statements, session.administrator);
        if (person === undefined || !person.active) return false;
        if (passwordHash !== undefined && passwordHash !== person.passwordHash) return false;
        const said = {
          ...(role === undefined ? {} : { role }),
          ...(userName === undefined ? {} : userNameColumns(userName)),
        };
        if (userName !== undefined) await claimUserName(db, { id: person.id, userName });
        await db
          .updateTable('administrator')
          .set({ last_sign_in: session.created, ...said })
          .where('id', '=', person.id)
          .execute();
        await db.insertInto('session').values(sessionRow(session)).execute();
        return true;
      }),
    async session(sha256) {
      const row = await read.selectFrom('session').selectAll().where('sha256', '=', sha256).executeTakeFirst();
      if (row === undefined) return undefined;
      const administrator = await byId(read, row.administrator);
      return administrator === undefined ? undefined : { session: sessionOf(row), administrator };
    },
    touchSession: (sha256, at) =>
      write(async (db) => {
        await db.updateTable('session').set({ last_used: at }).where('sha256', '=', sha256).execute();
      }),
    endSession: (sha256) =>
      write(async (db) => {
        await db.deleteFrom('session').where('sha256', '=', sha256).execute();
      }),
    endSessions: (administrator) =>
      write(async (db) => {
        await db.deleteFrom('session').where('administrator', '=', administrator).execute();
      }),
    prune: ({ created, lastUsed, now }) =>
      write(async (_, statements) => {
        await pruneSessions.run(statements, { created, lastUsed });
        await pruneLinks.run(statements, { now });
      }),
  };
}

const pruneSessions = statement((db, { created, lastUsed }: { created: number; lastUsed: number }, sqlFor) =>
  db
    .deleteFrom('session')
    .where('sha256', 'in', (select) =>
      select
        .selectFrom('session')
        .select('sha256')
        .where((is) => is.or([is('created', '<', created), is('last_used', '<', lastUsed)]))
        .modifyEnd(sqlFor.skipLocked),
    )
    .compile(),
);

const pruneLinks = statement((db, { now }: { now: number }, sqlFor) =>
  db
    .deleteFrom('one_time_link')
    .where('sha256', 'in', (select) =>
      select.selectFrom('one_time_link').select('sha256').where('expires', '<=', now).modifyEnd(sqlFor.skipLocked),
    )
    .compile(),
);

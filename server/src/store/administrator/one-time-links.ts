import type { Kysely } from 'kysely';
import type { Administrators } from '../administrator-contract.ts';
import type { Database } from '../tables.ts';
import type { Write } from './administrators.ts';
import { addAdministrator, byId, setPassword } from './people.ts';

type OneTimeLinks = Pick<Administrators, 'addLink' | 'link' | 'needSetup' | 'setupOpen' | 'setUp' | 'useResetLink'>;

/** Links that make the first administrator, or give a person a password; each works once. */
export function createOneTimeLinks(read: Kysely<Database>, inTurn: Write): OneTimeLinks {
  return {
    addLink: (link) =>
      inTurn(async (db) => {
        const { purpose, administrator } = link;
        const earlier = db.deleteFrom('one_time_link').where('purpose', '=', purpose);
        await earlier.where('administrator', administrator === null ? 'is' : '=', administrator).execute();
        await db.insertInto('one_time_link').values(link).execute();
      }),
    link: (sha256) => read.selectFrom('one_time_link').selectAll().where('sha256', '=', sha256).executeTakeFirst(),
    needSetup: () => needSetup(read),
    async setupOpen(now) {
      const links = read.selectFrom('one_time_link').select('sha256').where('purpose', '=', 'setup');
      const working = await links.where('expires', '>', now).executeTakeFirst();
      return working !== undefined && (await needSetup(read));
    },
    setUp: (sha256, administrator) =>
      inTurn(async (db) => {
        const { numDeletedRows } = await db
          .deleteFrom('one_time_link')
          .where('sha256', '=', sha256)
          .where('purpose', '=', 'setup')
          .where('expires', '>', administrator.created)
          .executeTakeFirstOrThrow();
        if (numDeletedRows === 0n || !(await needSetup(db))) return false;
        await addAdministrator(db, administrator);
        return true;
      }),
    useResetLink: (sha256, passwordHash, now) =>
      inTurn(async (db) => {
        const link = await db
          .selectFrom('one_time_link')
          .selectAll()
          .where('sha256', '=', sha256)
          .where('purpose', '=', 'reset')
          .where('expires', '>', now)
          .executeTakeFirst();
        const person = link?.administrator == null ? undefined : await byId(db, link.administrator);
        if (person === undefined || !person.active || person.source !== 'password') return undefined;
        await setPassword(db, person.id, passwordHash, null);
        return { ...person, passwordHash };
      }),
  };
}

async function needSetup(database: Kysely<Database>): Promise<boolean> {
  const administrators = database.selectFrom('administrator').select('id').where('role', '=', 'administrator');
  return (await administrators.executeTakeFirst()) === undefined;
}

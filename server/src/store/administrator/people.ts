import { foldUserName } from '@rollcall/scim';
import type { Kysely } from 'kysely';
import { type Administrator, type Administrators, LastAdministrator } from '../administrator-contract.ts';
import { UniqueConflict } from '../contract.ts';
import { statement } from '../statement.ts';
import type { Statements } from '../statements.ts';
import type { Database } from '../tables.ts';
import { administratorOf, administratorRow } from './administrator-rows.ts';
import type { Write } from './administrators.ts';

type People = Pick<
  Administrators,
  'list' | 'byId' | 'byUserName' | 'byIdentity' | 'add' | 'change' | 'remove' | 'setPassword'
>;

/** Who may sign in. `inTurn` runs one body at a time, whatever process it is of: each looks at others before it writes. */
export function createPeople(read: Kysely<Database>, inTurn: Write): People {
  return {
    async list() {
      const rows = await read.selectFrom('administrator').selectAll().orderBy('created').orderBy('id').execute();
      return rows.map(administratorOf);
    },
    byId: (id) => byId(read, id),
    async byUserName(userName) {
      const select = read.selectFrom('administrator').selectAll().where('user_key', '=', foldUserName(userName));
      const row = await select.executeTakeFirst();
      return row === undefined ? undefined : administratorOf(row);
    },
    byIdentity: (issuer, subject) => byIdentity(read, { issuer, subject }),
    add: (administrator) => inTurn((db) => addAdministrator(db, administrator)),
    change: (id, { role, active }) =>
      inTurn(async (db, statements) => {
        const before = await lockPerson(statements, id);
        if (before === undefined) return undefined;
        const after = { ...before, role: role ?? before.role, active: active ?? before.active };
        await leaveAnother(db, before, after);
        await db
          .updateTable('administrator')
          .set({ role: after.role, active: after.active ? 1 : 0 })
          .where('id', '=', id)
          .execute();
        if (!after.active) await endEverything(db, id, null);
        return after;
      }),
    remove: (id) =>
      inTurn(async (db, statements) => {
        const before = await lockPerson(statements, id);
        if (before === undefined) return false;
        await leaveAnother(db, before, undefined);
        await endEverything(db, id, null);
        await db.deleteFrom('administrator').where('id', '=', id).execute();
        return true;
      }),
    setPassword: (id, passwordHash, keep) => inTurn((db) => setPassword(db, id, passwordHash, keep)),
  };
}

export async function byId(database: Kysely<Database>, id: string): Promise<Administrator | undefined> {
  const row = await database.selectFrom('administrator').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : administratorOf(row);
}

async function byIdentity(
  database: Kysely<Database>,
  { issuer, subject }: NonNullable<Administrator['identity']>,
): Promise<Administrator | undefined> {
  const select = database.selectFrom('administrator').selectAll();
  const row = await select.where('issuer', '=', issuer).where('subject', '=', subject).executeTakeFirst();
  return row === undefined ? undefined : administratorOf(row);
}

const personById = statement((db, { id }: { id: string }, sqlFor) =>
  db.selectFrom('administrator').selectAll().where('id', '=', id).modifyEnd(sqlFor.forUpdate).compile(),
);

/** A person who stays as they are until the transaction ends. */
export async function lockPerson(statements: Statements, id: string): Promise<Administrator | undefined> {
  const row = await personById.first(statements, { id });
  return row === undefined ? undefined : administratorOf(row);
}

/** In turn. Throws UniqueConflict on `userName`, and on `identity`. */
export async function addAdministrator(db: Kysely<Database>, administrator: Administrator): Promise<void> {
  await claimUserName(db, administrator);
  const holder = administrator.identity === null ? undefined : await byIdentity(db, administrator.identity);
  if (holder !== undefined) throw new UniqueConflict('identity', administrator.identity?.subject ?? '', holder.id);
  await db.insertInto('administrator').values(administratorRow(administrator)).execute();
}

/** In turn. Throws UniqueConflict when somebody else has the name. */
export async function claimUserName(
  db: Kysely<Database>,
  { id, userName }: Pick<Administrator, 'id' | 'userName'>,
): Promise<void> {
  const holders = db.selectFrom('administrator').select('id').where('user_key', '=', foldUserName(userName));
  const holder = await holders.where('id', '<>', id).executeTakeFirst();
  if (holder !== undefined) throw new UniqueConflict('userName', userName, holder.id);
}

export async function setPassword(
  db: Kysely<Database>,
  id: string,
  passwordHash: string,
  keep: string | null,
): Promise<void> {
  await db.updateTable('administrator').set({ password_hash: passwordHash }).where('id', '=', id).execute();
  await endEverything(db, id, keep);
}

async function endEverything(db: Kysely<Database>, id: string, keep: string | null): Promise<void> {
  await db.deleteFrom('one_time_link').where('administrator', '=', id).execute();
  let sessions = db.deleteFrom('session').where('administrator', '=', id);
  if (keep !== null) sessions = sessions.where('sha256', '<>', keep);
  await sessions.execute();
}

const canAdminister = ({ role, active, source, passwordHash }: Administrator): boolean =>
  role === 'administrator' && active && (source === 'oidc' || passwordHash !== null);

async function leaveAnother(
  db: Kysely<Database>,
  before: Administrator,
  after: Administrator | undefined,
): Promise<void> {
  if (!canAdminister(before) || (after !== undefined && canAdminister(after))) return;
  const others = await db.selectFrom('administrator').selectAll().where('id', '<>', before.id).execute();
  if (!others.map(administratorOf).some(canAdminister)) throw new LastAdministrator('Nobody else could administer');
}

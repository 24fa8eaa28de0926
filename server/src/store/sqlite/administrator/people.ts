import { foldUserName } from '@rollcall/scim';
import type { Kysely } from 'kysely';
import { type Administrator, type Administrators, LastAdministrator } from '../../administrator-contract.ts';
import { UniqueConflict } from '../../contract.ts';
import type { Database } from '../../tables.ts';
import { isConstraintFailure } from '../error.ts';
import type { GroupCommit } from '../group-commit.ts';
import { administratorOf, administratorRow } from './administrator-rows.ts';

type People = Pick<
  Administrators,
  'list' | 'byId' | 'byUserName' | 'byIdentity' | 'add' | 'change' | 'remove' | 'setPassword'
>;

/** Who may sign in. */
export function createPeople(read: Kysely<Database>, write: Kysely<Database>, run: GroupCommit['run']): People {
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
    async byIdentity(issuer, subject) {
      const select = read.selectFrom('administrator').selectAll();
      const row = await select.where('issuer', '=', issuer).where('subject', '=', subject).executeTakeFirst();
      return row === undefined ? undefined : administratorOf(row);
    },
    add: (administrator) => run(() => addAdministrator(write, administrator)),
    change: (id, { role, active }) =>
      run(async () => {
        const before = await byId(write, id);
        if (before === undefined) return undefined;
        const after = { ...before, role: role ?? before.role, active: active ?? before.active };
        await leaveAnother(write, before, after);
        await write
          .updateTable('administrator')
          .set({ role: after.role, active: after.active ? 1 : 0 })
          .where('id', '=', id)
          .execute();
        if (!after.active) await endEverything(write, id, null);
        return after;
      }),
    remove: (id) =>
      run(async () => {
        const before = await byId(write, id);
        if (before === undefined) return false;
        await leaveAnother(write, before, undefined);
        await endEverything(write, id, null);
        await write.deleteFrom('administrator').where('id', '=', id).execute();
        return true;
      }),
    setPassword: (id, passwordHash, keep) => run(() => setPassword(write, id, passwordHash, keep)),
  };
}

export async function byId(database: Kysely<Database>, id: string): Promise<Administrator | undefined> {
  const row = await database.selectFrom('administrator').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : administratorOf(row);
}

/** Throws UniqueConflict on `userName`. */
export async function addAdministrator(write: Kysely<Database>, administrator: Administrator): Promise<void> {
  const insert = write.insertInto('administrator').values(administratorRow(administrator));
  await claimUserName(write, administrator.userName, insert.execute());
}

/** What `written` resolves with; throws UniqueConflict when somebody else has the name. */
export async function claimUserName<T>(write: Kysely<Database>, userName: string, written: Promise<T>): Promise<T> {
  try {
    return await written;
  } catch (error) {
    if (!isConstraintFailure(error)) throw error;
    const holders = write.selectFrom('administrator').select('id').where('user_key', '=', foldUserName(userName));
    const holder = await holders.executeTakeFirst();
    if (holder === undefined) throw error;
    throw new UniqueConflict('userName', userName, holder.id);
  }
}

export async function setPassword(
  write: Kysely<Database>,
  id: string,
  passwordHash: string,
  keep: string | null,
): Promise<void> {
  await write.updateTable('administrator').set({ password_hash: passwordHash }).where('id', '=', id).execute();
  await endEverything(write, id, keep);
}

async function endEverything(write: Kysely<Database>, id: string, keep: string | null): Promise<void> {
  await write.deleteFrom('one_time_link').where('administrator', '=', id).execute();
  let sessions = write.deleteFrom('session').where('administrator', '=', id);
  if (keep !== null) sessions = sessions.where('sha256', '<>', keep);
  await sessions.execute();
}

const canAdminister = ({ role, active, source, passwordHash }: Administrator): boolean =>
  role === 'administrator' && active && (source === 'oidc' || passwordHash !== null);

async function leaveAnother(
  write: Kysely<Database>,
  before: Administrator,
  after: Administrator | undefined,
): Promise<void> {
  if (!canAdminister(before) || (after !== undefined && canAdminister(after))) return;
  const others = await write.selectFrom('administrator').selectAll().where('id', '<>', before.id).execute();
  if (!others.map(administratorOf).some(canAdminister)) throw new LastAdministrator('Nobody else could administer');
}

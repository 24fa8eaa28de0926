import { foldUserName } from '@rollcall/scim';
import type { Insertable, Selectable } from 'kysely';
import type { Administrator, Session } from '../administrator-contract.ts';
import type { AdministratorTable, SessionTable } from '../administrator-tables.ts';

export function administratorRow(administrator: Administrator): Insertable<AdministratorTable> {
  return {
    id: administrator.id,
    ...userNameColumns(administrator.userName),
    role: administrator.role,
    source: administrator.source,
    password_hash: administrator.passwordHash,
    issuer: administrator.identity?.issuer ?? null,
    subject: administrator.identity?.subject ?? null,
    active: administrator.active ? 1 : 0,
    created: administrator.created,
    last_sign_in: administrator.lastSignIn,
  };
}

/** A user name as it is shown and as it is compared. */
export const userNameColumns = (userName: string) => ({ user_name: userName, user_key: foldUserName(userName) });

export function administratorOf(row: Selectable<AdministratorTable>): Administrator {
  const { issuer, subject } = row;
  return {
    id: row.id,
    userName: row.user_name,
    role: row.role,
    source: row.source,
    passwordHash: row.password_hash,
    identity: issuer === null || subject === null ? null : { issuer, subject },
    active: row.active === 1,
    created: row.created,
    lastSignIn: row.last_sign_in,
  };
}

export const sessionRow = ({ sha256, administrator, created, lastUsed }: Session): Insertable<SessionTable> => ({
  sha256,
  administrator,
  created,
  last_used: lastUsed,
});

export const sessionOf = ({ sha256, administrator, created, last_used }: Selectable<SessionTable>): Session => ({
  sha256,
  administrator,
  created,
  lastUsed: last_used,
});

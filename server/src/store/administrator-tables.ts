import type { Administrator, OneTimeLink, Role } from './administrator-contract.ts';

export interface AdministratorTable {
  id: string;
  user_name: string;
  /** The user name as it is compared. */
  user_key: string;
  role: Role;
  source: Administrator['source'];
  password_hash: string | null;
  issuer: string | null;
  subject: string | null;
  active: 0 | 1;
  created: number;
  last_sign_in: number | null;
}

export interface SessionTable {
  sha256: string;
  administrator: string;
  created: number;
  last_used: number;
}

export interface OneTimeLinkTable {
  sha256: string;
  purpose: OneTimeLink['purpose'];
  administrator: string | null;
  expires: number;
}

/** Who may sign in to the admin API, and who has. */
export interface AdministratorTables {
  administrator: AdministratorTable;
  session: SessionTable;
  one_time_link: OneTimeLinkTable;
}

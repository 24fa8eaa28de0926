import { apiQuery } from './queries.ts';

export type Role = 'administrator' | 'operator' | 'auditor';

export interface Session {
  readonly state: 'setup' | 'signedOut' | 'signedIn';
  readonly person: {
    readonly id: string;
    readonly userName: string;
    readonly role: Role;
    readonly source: 'password' | 'oidc';
  } | null;
  readonly signIn: { readonly password: boolean; readonly oidc: { readonly name: string } | null };
  readonly version: string | null;
  readonly publicUrl: string | null;
}

export const sessionQuery = () => ({ ...apiQuery<Session>(['session']), staleTime: 60_000 });

const RANK: Readonly<Record<Role, number>> = { auditor: 0, operator: 1, administrator: 2 };

/** Whether the person may do what takes this role. The server decides; this only spares people dead buttons. */
export const may = (session: Session | undefined, role: Role): boolean =>
  session?.person !== null && session?.person !== undefined && RANK[session.person.role] >= RANK[role];

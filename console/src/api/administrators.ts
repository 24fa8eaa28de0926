import { apiQuery } from './queries.ts';
import type { Role } from './session.ts';

/** Somebody who may sign in. */
export interface AdministratorView {
  readonly id: string;
  readonly userName: string;
  readonly role: Role;
  readonly source: 'password' | 'oidc';
  readonly active: boolean;
  readonly createdAt: string;
  readonly lastSignInAt: string | null;
}

/** `setupLink` when no password was given: it works once, and is in this answer alone. */
export interface AddedAdministratorView extends AdministratorView {
  readonly setupLink?: string;
}

export interface ResetLinkView {
  readonly link: string;
  readonly expiresAt: string;
}

export const administratorsQuery = () => apiQuery<{ administrators: AdministratorView[] }>(['administrators']);

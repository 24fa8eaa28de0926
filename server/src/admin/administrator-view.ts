import type { AdministratorView } from '../contract/administrator.ts';
import type { Administrator } from '../store/administrator-contract.ts';
import { iso } from './iso.ts';

/** A person as the admin API shows them. */
export const administratorView = (administrator: Administrator): AdministratorView => ({
  id: administrator.id,
  userName: administrator.userName,
  role: administrator.role,
  source: administrator.source,
  active: administrator.active,
  createdAt: iso(administrator.created),
  lastSignInAt: administrator.lastSignIn === null ? null : iso(administrator.lastSignIn),
});

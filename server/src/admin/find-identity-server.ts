import type { Registry } from '../auth/registry.ts';
import type { IdentityServer } from '../store/contract.ts';
import { Problem } from './problem.ts';

/** The identity server of a slug or id. Errors: `not-found`, also for one that is being removed. */
export function findIdentityServer(registry: Registry, name: string): IdentityServer {
  const server = registry.bySlug(name) ?? registry.byId(name);
  if (server !== undefined) return server;
  throw new Problem('not-found', `There is no identity server "${name}"; rollcall identity-server list shows them.`);
}

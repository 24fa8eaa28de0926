import type { ResourceType } from '@rollcall/scim';
import type { IdentityServer } from '../store/contract.ts';
import type { AdminContext } from './context.ts';
import { Problem } from './problem.ts';

/** The resource type that `User`, `users` or another name or endpoint means. Errors: `not-found`, naming those there are. */
export function findResourceType(context: AdminContext, server: IdentityServer, name: string): ResourceType {
  const wanted = name.toLowerCase();
  const types = [...context.registry.catalogue(server).resourceTypes.values()];
  const type = types.find((one) => one.name.toLowerCase() === wanted || one.endpoint.toLowerCase() === `/${wanted}`);
  if (type !== undefined) return type;
  const known = types.map((one) => one.name).join(', ');
  throw new Problem('not-found', `There is no resource type "${name}" here; there are ${known}.`);
}

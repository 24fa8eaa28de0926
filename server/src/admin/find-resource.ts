import type { ResourceType } from '@rollcall/scim';
import type { IdentityServer, StoredResource } from '../store/contract.ts';
import type { AdminContext } from './context.ts';
import { findIdentityServer } from './find-identity-server.ts';
import { findResourceType } from './find-resource-type.ts';
import { Problem } from './problem.ts';

export interface FoundResource {
  readonly server: IdentityServer;
  readonly type: ResourceType;
  readonly stored: StoredResource;
}

/** The resource that a path names. Errors: `not-found`, also for another identity server's. */
export async function findResource(
  context: AdminContext,
  params: { readonly server: string; readonly type: string; readonly id: string },
): Promise<FoundResource> {
  const server = findIdentityServer(context.registry, params.server);
  const type = findResourceType(context, server, params.type);
  const stored = await context.store.byId(server.key, type.name, params.id);
  if (stored !== undefined) return { server, type, stored };
  throw new Problem('not-found', `There is no ${type.name} ${params.id} in ${server.slug}; it may have been deleted.`);
}

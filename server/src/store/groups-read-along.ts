import type { GroupOfMember, StoredResource } from './contract.ts';

/** Beside the resources and not in them: a resource is the same, however it was read. */
const along = new WeakMap<StoredResource, readonly GroupOfMember[]>();

/** The groups of a resource, where the store has read them along with it; else `groupsOf` tells. */
export const groupsReadAlong = (resource: StoredResource): readonly GroupOfMember[] | undefined => along.get(resource);

/** Notes them; undefined notes nothing. Returns the resource. */
export function withGroups(resource: StoredResource, groups: readonly GroupOfMember[] | undefined): StoredResource {
  if (groups !== undefined) along.set(resource, groups);
  return resource;
}

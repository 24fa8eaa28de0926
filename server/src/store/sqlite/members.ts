import type { Member, MemberOperation } from '@rollcall/scim';
import { applyMembership } from '../apply-membership.ts';
import type { MembershipResult, StoredResource } from '../contract.ts';

import type { Connection } from './connection.ts';
import { addMembers, unknownIds } from './members-add.ts';
import { removeMatching, removeMembers } from './members-remove.ts';
import { replaceMembers } from './members-replace.ts';

/**
 * Applies membership operations to a group's rows, in order and in sets. Adding and removing cost the same in a group of
 * ten and of a million. The result is the difference between before and after, not the sum of the steps.
 */
export function applyMembers(
  connection: Connection,
  group: StoredResource,
  operations: readonly MemberOperation[],
): Promise<MembershipResult> {
  return applyMembership(operations, {
    add: (members, ledger) => addMembers(connection, group, members, ledger),
    remove: (ids, ledger) => removeMembers(connection, group, ids, ledger),
    removeMatching: (filter, ledger) => removeMatching(connection, group, filter, ledger),
    replace: (members, ledger) => replaceMembers(connection, group, members, ledger),
  });
}

/** Ids among `members` that name no resource of the server, each once. */
export async function unknownMembers(
  connection: Connection,
  server: number,
  members: readonly Member[],
): Promise<string[]> {
  const unknown = new Set<string>();
  await unknownIds(connection, server, members, (id) => unknown.add(id));
  return [...unknown];
}

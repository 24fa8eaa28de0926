import type { Member, MemberOperation } from '@rollcall/scim';
import type { MembershipResult, StoredResource } from '../contract.ts';
import { type MembershipLedger, openLedger } from '../membership-ledger.ts';
import type { Connection } from './connection.ts';
import { addMembers, unknownIds } from './members-add.ts';
import { removeMatching, removeMembers } from './members-remove.ts';
import { replaceMembers } from './members-replace.ts';

/**
 * Applies membership operations to a group's rows, in order and in sets. Adding and removing cost the same in a group of
 * ten and of a million. The result is the difference between before and after, not the sum of the steps.
 */
export async function applyMembers(
  connection: Connection,
  group: StoredResource,
  operations: readonly MemberOperation[],
): Promise<MembershipResult> {
  const ledger = openLedger();
  for (const operation of operations) await apply(connection, group, operation, ledger);
  return ledger.result();
}

function apply(
  connection: Connection,
  group: StoredResource,
  operation: MemberOperation,
  ledger: MembershipLedger,
): Promise<void> {
  switch (operation.op) {
    case 'add':
      return addMembers(connection, group, operation.members, ledger);
    case 'remove':
      return removeMembers(connection, group, operation.ids, ledger);
    case 'removeMatching':
      return removeMatching(connection, group, operation.filter, ledger);
    case 'replace':
      return replaceMembers(connection, group, operation.members, ledger);
  }
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

import { invalidValue, type Member, type MemberOperation } from '@rollcall/scim';
import type { Exchange } from '../http/exchange.ts';
import type { MembershipResult, StoredResource, Transaction } from '../store/contract.ts';

/** How much of what a client sent its error repeats. */
const NAMED_IDS = 10;
const LONGEST_ID = 100;

/**
 * Applies membership operations to a group and records who joined and who left; the group's version is the caller's.
 * An id that names no resource is skipped and noted (tolerant) or refused (strict); so is the group itself.
 */
export async function applyMembership(
  exchange: Exchange,
  transaction: Transaction,
  group: StoredResource,
  operations: readonly MemberOperation[],
): Promise<MembershipResult> {
  refuseSelf(group, operations);
  const result = await transaction.applyMembers(group, operations);
  if (result.unknown.length > 0) {
    if (exchange.rules.compatibility === 'strict') {
      throw invalidValue(`members: no resource has the id ${list(result.unknown)}. Create it first, or leave it out.`);
    }
    for (const id of result.unknown) exchange.skippedMembers.push(id);
  }
  if (result.added.length > 0 || result.removed.length > 0) {
    await transaction.record({
      server: exchange.server.key,
      type: group.type,
      id: group.id,
      at: exchange.now,
      kind: 'members',
      label: group.label,
      membersAdded: result.added,
      membersRemoved: result.removed,
    });
  }
  return result;
}

function refuseSelf(group: StoredResource, operations: readonly MemberOperation[]): void {
  const isSelf = (member: Member) => member.value === group.id;
  for (const operation of operations) {
    if ((operation.op === 'add' || operation.op === 'replace') && operation.members.some(isSelf)) {
      throw invalidValue('members: a group cannot be a member of itself.');
    }
  }
}

function list(ids: readonly string[]): string {
  const shown = ids.slice(0, NAMED_IDS).map((id) => id.slice(0, LONGEST_ID).toWellFormed());
  return ids.length <= NAMED_IDS ? shown.join(', ') : `${shown.join(', ')} and ${ids.length - NAMED_IDS} more`;
}

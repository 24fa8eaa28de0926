import type { BoundFilter, Member, MemberOperation } from '@rollcall/scim';
import type { MembershipResult } from './contract.ts';
import { type MembershipLedger, openLedger } from './membership-ledger.ts';

/** What a database does for each kind of operation on a group's rows; the ledger is told what it did. */
export interface MembershipSteps {
  add(members: readonly Member[], ledger: MembershipLedger): Promise<void>;
  remove(ids: readonly string[], ledger: MembershipLedger): Promise<void>;
  removeMatching(filter: BoundFilter, ledger: MembershipLedger): Promise<void>;
  replace(members: readonly Member[], ledger: MembershipLedger): Promise<void>;
}

/**
 * Applies membership operations in order and in sets. The result is the difference between before and after, not the
 * sum of the steps.
 */
export async function applyMembership(
  operations: readonly MemberOperation[],
  steps: MembershipSteps,
): Promise<MembershipResult> {
  const ledger = openLedger();
  for (const operation of operations) await apply(operation, steps, ledger);
  return ledger.result();
}

function apply(operation: MemberOperation, steps: MembershipSteps, ledger: MembershipLedger): Promise<void> {
  switch (operation.op) {
    case 'add':
      return steps.add(operation.members, ledger);
    case 'remove':
      return steps.remove(operation.ids, ledger);
    case 'removeMatching':
      return steps.removeMatching(operation.filter, ledger);
    case 'replace':
      return steps.replace(operation.members, ledger);
  }
}

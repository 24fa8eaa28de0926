import type { BoundFilter } from '../filter/ast.ts';
import type { Member, MemberOperation } from './operation.ts';

/**
 * Membership operations with each run of additions, and each of removals, made one, so that the 500 single additions
 * of a client cost the store one. Linear in the number of members.
 */
export function mergeMemberOperations(operations: readonly MemberOperation[]): readonly MemberOperation[] {
  const runs: Run[] = [];
  for (const operation of operations) extend(runs, operation);
  return runs.map(asOperation);
}

type Run =
  | { readonly op: 'add' | 'replace'; readonly members: Map<string, Member> }
  | { readonly op: 'remove'; readonly ids: Set<string> }
  | { readonly op: 'removeMatching'; readonly filter: BoundFilter };

function extend(runs: Run[], operation: MemberOperation): void {
  const last = runs.at(-1);
  switch (operation.op) {
    case 'add':
      if (last?.op === 'add' || last?.op === 'replace') addAll(last.members, operation.members);
      else runs.push({ op: 'add', members: addAll(new Map(), operation.members) });
      break;
    case 'replace':
      runs.push({ op: 'replace', members: addAll(new Map(), operation.members) });
      break;
    case 'remove':
      if (last?.op === 'remove') for (const id of operation.ids) last.ids.add(id);
      else runs.push({ op: 'remove', ids: new Set(operation.ids) });
      break;
    case 'removeMatching':
      runs.push(operation);
  }
}

/** A member that is there already stays as it is, unless all that is known of it is its id. */
function addAll(members: Map<string, Member>, added: readonly Member[]): Map<string, Member> {
  for (const member of added) {
    if (members.get(member.value)?.sent === undefined) members.set(member.value, member);
  }
  return members;
}

function asOperation(run: Run): MemberOperation {
  switch (run.op) {
    case 'remove':
      return { op: 'remove', ids: [...run.ids] };
    case 'removeMatching':
      return run;
    default:
      return { op: run.op, members: [...run.members.values()] };
  }
}

import { invalidValue, mutability, noTarget } from '../error.ts';
import type { BoundFilter } from '../filter/ast.ts';
import { isArray, isObject, type Json } from '../json.ts';
import { ignoresMemberEdit } from '../quirks/member-edit.ts';
import { noteRemoveWithValue } from '../quirks/remove-with-value.ts';
import { readMembers } from '../resource/read-members.ts';
import type { Rules } from '../rules.ts';
import { clears } from './assign.ts';
import { isNothing } from './equal.ts';
import type { Member, MemberOperation, PatchOperation } from './operation.ts';
import type { AttributeTarget } from './select.ts';

/**
 * Reads an operation on the members of a group as what it does to the member rows. A filter and a value together, as
 * ConnId sends them in `remove`, mean the filter.
 *
 * @throws invalidValue for a member without id, mutability for an edit of a member in place, noTarget for `add` to
 * members that a filter describes otherwise than by one id.
 */
export function readMemberOperations(
  operation: PatchOperation,
  target: AttributeTarget,
  rules: Rules,
): readonly MemberOperation[] {
  const { sub } = target.reference;
  if (sub === undefined) {
    return target.filter === undefined
      ? onMembership(operation, target, rules)
      : onSelected(operation, target, target.filter, rules);
  }
  if (ignoresMemberEdit(sub, rules, target.text)) return [];
  throw mutability(`${target.text} is immutable; remove the member and add it again.`);
}

function onMembership(
  { op, value }: PatchOperation,
  target: AttributeTarget,
  rules: Rules,
): readonly MemberOperation[] {
  if (op === 'remove') {
    if (value === undefined) return [{ op: 'replace', members: [] }];
    noteRemoveWithValue(rules, target.text);
    return [{ op: 'remove', ids: read(target, value, rules).map((member) => member.value) }];
  }
  const given = value ?? null;
  // `add` of nothing, be it null, [] or "", leaves the members alone.
  if (op === 'add' && (isNothing(given) || clears(op, given, rules, target.text))) return [];
  return [{ op, members: clears(op, given, rules, target.text) ? [] : read(target, given, rules) }];
}

function onSelected(
  { op, value }: PatchOperation,
  target: AttributeTarget,
  filter: BoundFilter,
  rules: Rules,
): readonly MemberOperation[] {
  const ids = idsOf(filter);
  const removal: MemberOperation = ids === undefined ? { op: 'removeMatching', filter } : { op: 'remove', ids };
  const given = value ?? null;
  if (op === 'remove' || clears(op, given, rules, target.text)) return op === 'add' ? [] : [removal];
  if (isNothing(given)) return [];
  if (op === 'replace') return [removal, { op: 'add', members: read(target, given, rules) }];
  const [id, ...others] = ids ?? [];
  if (id === undefined || others.length > 0) {
    throw noTarget(`path '${target.text}' does not name one member by its id; add to 'members' instead.`);
  }
  return [{ op: 'add', members: [describedMember(target, id, given, rules)] }];
}

/** The one member of `members[value eq "a"]`, with what the value says of it. */
function describedMember(target: AttributeTarget, id: string, given: Json, rules: Rules): Member {
  const [element, ...others] = isArray(given) ? given : [given];
  if (!isObject(element) || others.length > 0) throw invalidValue(`${target.text} takes one object as its value.`);
  const members = readMembers(target.reference.attribute, [{ value: id }, { value: id, ...element }], rules, 'members');
  const [member, other] = members;
  if (member === undefined || other !== undefined) {
    throw mutability(`${target.text}: the id of a member cannot be changed; remove the member and add another.`);
  }
  return member;
}

/** Members of a value; PATCH may send a lone one without an array (RFC 7644 §3.5.2.1). */
function read(target: AttributeTarget, value: Json, rules: Rules): readonly Member[] {
  return readMembers(target.reference.attribute, isArray(value) ? value : [value], rules, 'members');
}

/** The ids that a filter of nothing but `value eq "id"`, joined by `or`, names; ids are compared to the letter. */
function idsOf(filter: BoundFilter): readonly string[] | undefined {
  if (filter.kind === 'or') {
    const ids: string[] = [];
    for (const part of filter.filters) {
      const inner = idsOf(part);
      if (inner === undefined) return undefined;
      ids.push(...inner);
    }
    return ids;
  }
  if (filter.kind !== 'compare' || filter.operator !== 'eq' || filter.path.attribute.name !== 'value') return undefined;
  return typeof filter.key === 'string' ? [filter.key] : undefined;
}

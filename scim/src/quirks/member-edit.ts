import type { Rules } from '../rules.ts';
import type { AttributeDefinition } from '../schema/definition.ts';
import { note } from './note.ts';

const NAME = 'member-edit';

/**
 * Whether an operation on a sub-attribute of a member, such as `members[value eq "x"].display`, is passed over. Clients
 * that keep display names in step send it, while RFC 7643 §4.2 makes the sub-attributes of a member immutable. Strict
 * rules refuse it, and both refuse to change the member's id in place.
 */
export function ignoresMemberEdit(sub: AttributeDefinition, rules: Rules, where: string): boolean {
  if (rules.compatibility === 'strict' || sub.name === 'value') return false;
  note(rules, NAME, where);
  return true;
}

import type { JsonObject } from '../json.ts';
import type { Rules } from '../rules.ts';
import { note } from './note.ts';

const NAME = 'emptied-element';

/**
 * Whether an element that just lost a sub-attribute goes as a whole because only its labels, `type` and `primary`, are
 * left. Entra removes `addresses[type eq "work"].locality` and its siblings one by one and expects no empty address to
 * stay behind (Microsoft's reference server does so). Strict rules keep what RFC 7644 §3.5.2.2 does not remove.
 */
export function isEmptiedElement(element: JsonObject, rules: Rules, where: string): boolean {
  if (rules.compatibility === 'strict') return false;
  if (Object.keys(element).some((name) => name !== 'type' && name !== 'primary')) return false;
  note(rules, NAME, where);
  return true;
}

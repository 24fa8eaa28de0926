import type { Rules } from '../rules.ts';
import { note } from './note.ts';

const NAME = 'replace-creates-element';

/**
 * Whether `replace` on `emails[type eq "work"].value` makes the element when there is none. Entra sends Replace for
 * values it never saw and counts an error as a failed export (wireapp/wire-server#5419,
 * Captain-P-Goldfish/scim-for-keycloak#73, thomaspoignant/scim-patch#176 and #187, Metatavu/keycloak-scim-server#35). RFC
 * 7644 §3.5.2.3 demands `noTarget`, as strict rules answer.
 */
export function replaceCreatesElement(rules: Rules, where: string): boolean {
  if (rules.compatibility === 'strict') return false;
  note(rules, NAME, where);
  return true;
}

import type { Rules } from '../rules.ts';
import { note } from './note.ts';

const NAME = 'missing-patch-schemas';

/**
 * Whether a PATCH whose `schemas` does not name the PatchOp message is read all the same: jackson's fixtures have no
 * `schemas`, and servers that demanded it locked clients out (Infisical/infisical#6552). RFC 7644 §3.5.2 requires it.
 */
export function acceptsMissingSchemas(rules: Rules): boolean {
  if (rules.compatibility === 'strict') return false;
  note(rules, NAME, 'schemas');
  return true;
}

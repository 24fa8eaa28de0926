import type { Rules } from '../rules.ts';
import { note } from './note.ts';

const NAME = 'read-only-in-value';

/**
 * Whether an attribute that clients cannot set is passed over in an object, where it came along with others: Okta
 * renames a group with its `id` in the value, authentik sends the whole resource with `schemas` and `id`. RFC 7644
 * §3.5.2 answers `mutability`, as strict rules do.
 */
export function ignoresReadOnly(rules: Rules, name: string): boolean {
  if (rules.compatibility === 'strict') return false;
  note(rules, NAME, name);
  return true;
}

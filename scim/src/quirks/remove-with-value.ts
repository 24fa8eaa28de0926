import type { Rules } from '../rules.ts';
import { note } from './note.ts';

const NAME = 'remove-with-value';

/**
 * Notes a `remove` that lists in `value` what is to go: Entra's default dialect, JumpCloud and authentik remove members
 * so. RFC 7644 §3.5.2.2 knows no value here; to ignore it would empty the attribute, which is how groups were wiped
 * (simpleidserver/SimpleIdServer#164 and #244, apache/directory-scimple#436, AzureAD/SCIMReferenceCode#10). Both modes
 * therefore remove the listed values only.
 */
export function noteRemoveWithValue(rules: Rules, where: string): void {
  note(rules, NAME, where);
}

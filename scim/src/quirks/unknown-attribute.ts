import type { Rules } from '../rules.ts';
import { note } from './note.ts';

const NAME = 'unknown-attribute';

/**
 * Notes an attribute that no schema of the identity server has and that is therefore ignored. RFC 7644 §3.1 allows it in
 * both modes; the administrator learns from the request log what to add to the schema (netdata/netdata#20451,
 * AzureAD/SCIMReferenceCode#20).
 */
export function ignoreUnknown(rules: Rules, name: string): void {
  note(rules, NAME, name);
}

import type { Rules } from '../rules.ts';
import { note } from './note.ts';

const NAME = 'dotted-keys';

/**
 * Notes a key that is a whole path in the value of a PATCH operation without one: `"name.givenName"`, or
 * `"urn:...:User:department"`. Entra's aadOptscim062020 dialect collapses its scalars into such an object (pond/scimitar#123,
 * thomaspoignant/scim-patch#132). RFC 7644 §3.5.2 is silent; both modes read the key as the path it is.
 */
export function noteDottedKey(rules: Rules, key: string): void {
  note(rules, NAME, key);
}

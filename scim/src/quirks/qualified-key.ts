import type { Rules } from '../rules.ts';
import { resolveAttribute } from '../schema/resolve.ts';
import type { AttributeReference, ResourceType } from '../schema/resource-type.ts';
import { note } from './note.ts';

const NAME = 'qualified-key';

/**
 * A whole attribute path as a name in a POST or PUT body: `"urn:...:enterprise:2.0:User:department": "Ops"` or
 * `"name.givenName": "Mia"`. Entra's PATCH objects look so (its aadOptscim062020 dialect), and clients that build all
 * their bodies with the same code send them here too. Undefined when the path leads nowhere, leads into the elements
 * of a multi-valued attribute, or the rules are strict.
 */
export function attributeOfKey(type: ResourceType, name: string, rules: Rules): AttributeReference | undefined {
  if (rules.compatibility === 'strict') return undefined;
  const reference = resolveAttribute(type, name, { guessExtension: false });
  if (reference === undefined || (reference.sub !== undefined && reference.attribute.multiValued)) return undefined;
  note(rules, NAME, name);
  return reference;
}

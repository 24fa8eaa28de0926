import { resolveSubAttribute } from '../schema/resolve.ts';
import type { AttributeReference } from '../schema/resource-type.ts';
import { returnedOf } from '../schema/visibility.ts';

/** The reference to a sub-attribute of the attribute `path`; undefined where that has no such sub-attribute. */
export function subReference(path: AttributeReference, name: string): AttributeReference | undefined {
  const sub = resolveSubAttribute(path.attribute, name);
  return sub === undefined ? undefined : { ...path, sub, text: `${path.text}.${sub.name}` };
}

/** Whether no answer ever shows the attribute: then no filter and no order may reveal it either (RFC 7643 §7). */
export function isNeverReturned({ attribute, sub }: AttributeReference): boolean {
  return returnedOf(attribute) === 'never' || (sub !== undefined && returnedOf(sub) === 'never');
}

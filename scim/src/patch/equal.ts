import { isArray, isObject, type Json } from '../json.ts';
import type { AttributeDefinition } from '../schema/definition.ts';
import { resolveSubAttribute } from '../schema/resolve.ts';
import { sameValue } from '../value/same-value.ts';
import { property } from './document.ts';

/** Whether two JSON values are the same to the letter; the order of an object's members does not count. */
export function equal(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (isArray(a)) return isArray(b) && a.length === b.length && a.every((element, index) => equal(element, b[index]));
  if (!isObject(a) || !isObject(b)) return false;
  const names = Object.keys(a);
  if (names.length !== Object.keys(b).length) return false;
  return names.every((name) => Object.hasOwn(b, name) && equal(a[name], b[name]));
}

/** null, `[]` and absence, which are one state (RFC 7643 §2.5): `add` of it adds nothing, `replace` with it removes. */
export function isNothing(value: Json | undefined): boolean {
  return value === undefined || value === null || (isArray(value) && value.length === 0);
}

/**
 * Whether an element has everything that a client sent of it: then it is the same element (RFC 7644 §3.5.2.1 "already
 * exists"). What the client did not send may differ; `primary` absent is false (RFC 7643 §2.4).
 */
export function holdsSent(definition: AttributeDefinition, sent: Json, element: Json): boolean {
  if (!isObject(sent) || !isObject(element)) return sameValue(definition, sent, element);
  return Object.entries(sent).every(([name, value]) => {
    const sub = resolveSubAttribute(definition, name);
    const held = property(element, name);
    if (sub === undefined) return false;
    return sameValue(sub, value, held) || (sub.name === 'primary' && value === false && held === undefined);
  });
}

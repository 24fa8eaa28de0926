import { isObject, type Json } from '../json.ts';
import { property, without } from './document.ts';
import { equal } from './equal.ts';

/**
 * Drops the `$ref` of a complex value whose `value` an operation changed without it: it would go on naming the former
 * resource, such as the manager that a client just replaced by an id alone (RFC 7643 §4.3: both mean one user). One that
 * ends with the new `value` was sent ahead of it and stays.
 */
export function withoutStaleReference(current: Json | undefined, next: Json | undefined): Json | undefined {
  if (!isObject(current) || !isObject(next)) return next;
  const reference = property(next, '$ref');
  const value = property(next, 'value');
  if (typeof reference !== 'string' || !equal(reference, property(current, '$ref'))) return next;
  if (equal(value, property(current, 'value')) || reference.endsWith(`/${value}`)) return next;
  return without(next, '$ref');
}

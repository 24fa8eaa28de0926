import { mutability } from '../error.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import type { AttributeDefinition } from '../schema/definition.ts';
import type { AttributeReference } from '../schema/resource-type.ts';
import { property, readAttribute } from './document.ts';
import { equal, isNothing } from './equal.ts';

/** Whether clients cannot set what a path leads to, itself or the attribute around it. */
export function isReadOnly({ attribute, sub }: AttributeReference): boolean {
  return attribute.mutability === 'readOnly' || sub?.mutability === 'readOnly';
}

/** The error for a readOnly attribute that an operation would change (RFC 7644 §3.5.2). */
export function readOnlyError(where: string) {
  return mutability(`${where} is readOnly; leave it out.`);
}

/** Throws `mutability` unless a readOnly attribute is given the value that it has, which changes nothing. */
export function refuseReadOnlyChange(representation: JsonObject, reference: AttributeReference, given: Json): void {
  const { sub, text } = reference;
  const whole = readAttribute(representation, reference);
  const held = sub !== undefined && isObject(whole) ? property(whole, sub.name) : whole;
  if (!equal(given, held) && !(isNothing(given) && isNothing(held))) throw readOnlyError(text);
}

/** An immutable attribute may be given a value when it has none, and the same value again (RFC 7644 §3.5.2). */
export function refuseImmutable(
  definition: AttributeDefinition,
  current: Json | undefined,
  next: Json | undefined,
  where: string,
): void {
  if (definition.mutability !== 'immutable' || current === undefined || equal(current, next)) return;
  throw mutability(`${where} is immutable and already has a value; it can be neither changed nor removed.`);
}

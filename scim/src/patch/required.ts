import { mutability } from '../error.ts';
import { isObject } from '../json.ts';
import { type Draft, property, readAttribute } from './document.ts';
import type { PatchOperation } from './operation.ts';
import { isCore } from './path.ts';

/** Whether the required attribute or sub-attribute that an operation is about has no value now. */
export function isRequiredGone(draft: Draft, { target }: PatchOperation): boolean {
  if (target.kind === 'extension' || isCore(target.reference, 'schemas')) return false;
  const { attribute, sub } = target.reference;
  const value = readAttribute(draft, target.reference);
  if (value === undefined) return attribute.required;
  return sub?.required === true && isObject(value) && property(value, sub.name) === undefined;
}

/**
 * Throws `mutability` if a required attribute is gone (RFC 7644 §3.5.2.2). Asked after the last operation: one that
 * removed it may be followed by one that sets it again.
 */
export function refuseRequiredGone(draft: Draft, operation: PatchOperation): void {
  if (isRequiredGone(draft, operation)) throw mutability(`${operation.target.text} is required and cannot be removed.`);
}

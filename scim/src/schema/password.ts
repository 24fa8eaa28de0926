import type { AttributeDefinition } from './definition.ts';

/**
 * Whether an attribute is a password. Rollcall checks that one is a string and then drops it: it signs nobody in, so
 * that the safest place for a password is none (RFC 7643 §9.2).
 */
export function isPassword(definition: AttributeDefinition): boolean {
  return definition.mutability === 'writeOnly' && definition.name === 'password';
}

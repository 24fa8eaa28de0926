import type { AttributeDefinition, Returned } from './definition.ts';

/** When an attribute is returned; a writeOnly one never, even where its schema forgot to say so (RFC 7643 §7). */
export function returnedOf(definition: AttributeDefinition): Returned {
  return definition.mutability === 'writeOnly' ? 'never' : definition.returned;
}

/** Whether a plain answer leaves the attribute out, so that a client cannot know its value. */
export function isHidden(definition: AttributeDefinition): boolean {
  const returned = returnedOf(definition);
  return returned === 'never' || returned === 'request';
}

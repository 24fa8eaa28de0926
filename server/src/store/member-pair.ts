import type { Member } from '@rollcall/scim';

/** A member as SQL reads it out of a JSON array: its id, and what was sent beside it as JSON text or null. */
export function memberPair({ value, sent }: Member): [string, string | null] {
  return [value, sent === undefined ? null : JSON.stringify(sent)];
}

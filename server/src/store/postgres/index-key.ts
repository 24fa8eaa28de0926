import { createHash } from 'node:crypto';

/** Characters of a key that an index entry holds: with path and type below the 2,704 bytes that a B-tree takes. */
export const KEY_CHARACTERS = 300;

/**
 * A key as the index holds it: long ones as their beginning and a hash of all of it, so that equality is exact and the
 * order is that of the beginning. Keys of up to 300 characters are themselves.
 */
export function indexKey(key: string): string {
  if (isHeldWhole(key)) return key;
  const beginning = Array.from(key).slice(0, KEY_CHARACTERS).join('');
  return beginning + createHash('sha256').update(key).digest('base64url');
}

/** Whether the index holds all of a key. */
export function isHeldWhole(key: string): boolean {
  // In UTF-16 units there are never fewer than characters.
  return key.length <= KEY_CHARACTERS || Array.from(key).length <= KEY_CHARACTERS;
}

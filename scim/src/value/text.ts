import { invalidValue } from '../error.ts';

const MAX_LENGTH = 100_000;

/**
 * Refuses a string that cannot be stored and compared faithfully: one with U+0000 (which ends strings in databases), a
 * lone surrogate (which is not UTF-8), or more than 100,000 characters.
 */
export function checkText(text: string, where: string): void {
  if (text.length > MAX_LENGTH) throw invalidValue(`${where} is longer than ${MAX_LENGTH} characters; shorten it.`);
  if (text.includes('\0')) throw invalidValue(`${where} contains the character U+0000; remove it.`);
  if (!text.isWellFormed()) throw invalidValue(`${where} contains half a surrogate pair; send whole characters.`);
}

/** Line ends, other control characters, and those that turn the direction of what follows. */
const UNPRINTABLE = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

/**
 * Text from a directory, a target or an administrator as one line of at most `limit` characters: it can neither begin
 * a header of a mail nor pretend to be another line of it.
 */
export function oneLine(text: string, limit: number): string {
  // Four times as much is more than enough, however much of it is unprintable.
  const line = text
    .slice(0, 4 * limit)
    .toWellFormed()
    .replace(UNPRINTABLE, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
  const characters = [...line];
  return characters.length <= limit ? line : `${characters.slice(0, limit - 1).join('')}…`;
}

/** The names in comma-separated lists of attributes (RFC 7644 §3.9), without blanks and empty places. */
export function splitAttributeLists(lists: readonly string[]): readonly string[] {
  return lists
    .flatMap((list) => list.split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

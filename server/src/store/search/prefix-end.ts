const LAST_CODE_POINT = 0x10ffff;

/**
 * The least string that is greater than every string with this prefix, in the order of code points; undefined when
 * there is none.
 */
export function prefixEnd(prefix: string): string | undefined {
  const points = Array.from(prefix, (character) => character.codePointAt(0) ?? 0);
  for (let last = points.pop(); last !== undefined; last = points.pop()) {
    if (last === LAST_CODE_POINT) continue;
    // Between U+D7FF and U+E000 lie the surrogates, which are no characters.
    const next = last === 0xd7ff ? 0xe000 : last + 1;
    return String.fromCodePoint(...points, next);
  }
  return undefined;
}

/** Capital letters. As in .NET one character stays one, so ß stays, and ı has no capital but in its own culture. */
export function upperCase(text: string, culture?: string): string {
  return mapped(text, (letter) => {
    if (culture !== undefined) return letter.toLocaleUpperCase(culture);
    return letter === 'ı' ? letter : letter.toUpperCase();
  });
}

/** Small letters, one for one as in .NET: Σ becomes σ wherever it stands, and İ stays but in its own culture. */
export function lowerCase(text: string, culture?: string): string {
  return mapped(text, (letter) => (culture === undefined ? letter.toLowerCase() : letter.toLocaleLowerCase(culture)));
}

function mapped(text: string, change: (letter: string) => string): string {
  let result = '';
  for (const letter of text) {
    const changed = change(letter);
    result += changed.length === letter.length ? changed : letter;
  }
  return result;
}

/**
 * Every word with one capital. `separators` are the characters that stand between words. Without them, words are those
 * of .NET's TextInfo.ToTitleCase: a letter begins one, and punctuation, symbols and blanks end it, but for an
 * apostrophe (`O'neil`).
 */
export function properCase(text: string, separators: string | null): string {
  const ends =
    separators === null
      ? (letter: string): boolean => letter !== "'" && /[\p{Z}\p{Cc}\p{Cf}\p{P}\p{S}]/u.test(letter)
      : (letter: string): boolean => separators.includes(letter);
  let inside = false;
  let result = '';
  for (const letter of lowerCase(text)) {
    if (inside) {
      inside = !ends(letter);
      result += letter;
      continue;
    }
    result += upperCase(letter);
    inside = separators === null ? /\p{L}/u.test(letter) : !ends(letter);
  }
  return result;
}

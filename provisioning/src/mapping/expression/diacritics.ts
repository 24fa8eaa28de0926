/**
 * Letters that Microsoft's documentation of NormalizeDiacritics replaces though Unicode does not take them apart. ä, ö
 * and ü become a, o and u, not ae, oe and ue.
 */
export const NORMALIZED_LETTERS: ReadonlyMap<string, string> = new Map([
  ['æ', 'ae'],
  ['Æ', 'AE'],
  ['ø', 'oe'],
  ['Ø', 'OE'],
  ['œ', 'oe'],
  ['Œ', 'OE'],
  ['ß', 'ss'],
  ['ł', 'l'],
  ['Ł', 'L'],
  ['ı', 'i'],
]);

/** A piece of a .NET date format: a letter with the number of its repetitions, or text that stands for itself. */
export type FormatPiece =
  | { readonly kind: 'field'; readonly letter: string; readonly length: number }
  | { readonly kind: 'text'; readonly text: string };

/** Standard formats, which are one letter, in the invariant culture (.NET: Standard date and time format strings). */
const STANDARD: ReadonlyMap<string, string> = new Map([
  ['d', 'MM/dd/yyyy'],
  ['D', 'dddd, dd MMMM yyyy'],
  ['f', 'dddd, dd MMMM yyyy HH:mm'],
  ['F', 'dddd, dd MMMM yyyy HH:mm:ss'],
  ['g', 'MM/dd/yyyy HH:mm'],
  ['G', 'MM/dd/yyyy HH:mm:ss'],
  ['m', 'MMMM dd'],
  ['M', 'MMMM dd'],
  ['o', "yyyy-MM-dd'T'HH:mm:ss.fffffffK"],
  ['O', "yyyy-MM-dd'T'HH:mm:ss.fffffffK"],
  ['r', "ddd, dd MMM yyyy HH:mm:ss 'GMT'"],
  ['R', "ddd, dd MMM yyyy HH:mm:ss 'GMT'"],
  ['s', "yyyy-MM-dd'T'HH:mm:ss"],
  ['t', 'HH:mm'],
  ['T', 'HH:mm:ss'],
  ['u', "yyyy-MM-dd HH:mm:ss'Z'"],
  ['U', 'dddd, dd MMMM yyyy HH:mm:ss'],
  ['y', 'yyyy MMMM'],
  ['Y', 'yyyy MMMM'],
]);

const PIECE = /([dfFghHKmMstyz])\1*|'([^']*)'|"([^"]*)"|\\([\s\S])|%([dfFghHKmMstyz])|([^'"\\%])/gy;

/**
 * Takes a .NET date format apart (Custom date and time format strings). `Z` is a field of its own: it is text when a
 * date is written, and UTC when one is read. Undefined for a format that .NET does not know.
 */
export function formatPieces(format: string): readonly FormatPiece[] | undefined {
  const custom = format.length === 1 ? STANDARD.get(format) : format;
  if (custom === undefined || custom === '') return undefined;
  const pieces: FormatPiece[] = [];
  let end = 0;
  for (const match of custom.matchAll(PIECE)) {
    const [written, letter, quoted, double, escaped, single, other] = match;
    end = match.index + written.length;
    const text = quoted ?? double ?? escaped;
    if (text !== undefined) pieces.push({ kind: 'text', text });
    else if (letter !== undefined) pieces.push(field(letter, written.length));
    else if (single !== undefined) pieces.push(field(single, 1));
    else if (other === 'Z') pieces.push(field('Z', 1));
    else pieces.push({ kind: 'text', text: written });
  }
  return end === custom.length && pieces.every(isKnown) ? pieces : undefined;
}

function field(letter: string, length: number): FormatPiece {
  return { kind: 'field', letter, length };
}

/** Fractions have at most seven digits, and a year as many as fit. */
function isKnown(piece: FormatPiece): boolean {
  if (piece.kind === 'text') return true;
  return piece.length <= (/[fF]/.test(piece.letter) ? 7 : 20);
}

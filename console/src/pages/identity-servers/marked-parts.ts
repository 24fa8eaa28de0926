export interface MarkedPart {
  readonly kind: 'plain' | 'bold' | 'code';
  readonly text: string;
  /** Where it begins in the whole text. */
  readonly at: number;
}

/** Splits `Press **Save**` into its plain, bold and code parts. */
export function markedParts(text: string): MarkedPart[] {
  const parts: MarkedPart[] = [];
  let end = 0;
  const plain = (until: number) => {
    if (until > end) parts.push({ kind: 'plain', text: text.slice(end, until), at: end });
  };
  for (const match of text.matchAll(/\*\*(.+?)\*\*|`(.+?)`/g)) {
    const [whole, bold, code = ''] = match;
    plain(match.index);
    parts.push({ kind: bold === undefined ? 'code' : 'bold', text: bold ?? code, at: match.index });
    end = match.index + whole.length;
  }
  plain(text.length);
  return parts;
}

/** A text that fits into so many bytes of UTF-8, and how many bytes were cut from its end. No character is split. */
export function cap(text: string, bytes: number): { readonly text: string; readonly cut: number } {
  // A UTF-16 unit is at most three bytes, so most texts need no counting.
  if (text.length * 3 <= bytes) return { text, cut: 0 };
  const size = Buffer.byteLength(text);
  if (size <= bytes) return { text, cut: 0 };
  const encoded = Buffer.from(text);
  let end = bytes;
  while (end > 0 && isContinuation(encoded[end])) end--;
  return { text: encoded.toString('utf8', 0, end), cut: size - end };
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}

const BASE64 = /^[A-Za-z0-9+/]*(={0,2})$/;

/**
 * Decodes a binary value (RFC 7643 §2.3.6: base64 of RFC 4648 §4, padding optional) to lower-case hexadecimal, or
 * returns undefined if it is none.
 */
export function binaryToHex(text: string): string | undefined {
  const match = BASE64.exec(text);
  if (match === null) return undefined;
  const padding = match[1]?.length ?? 0;
  const digits = text.length - padding;
  if (digits % 4 === 1 || (padding > 0 && text.length % 4 !== 0)) return undefined;
  return Buffer.from(text, 'base64').toString('hex');
}

/** What an `Authorization` header holds. */
export type Credentials =
  | { readonly kind: 'absent' }
  | { readonly kind: 'bearer'; readonly token: string; readonly doubled: boolean }
  | { readonly kind: 'basic'; readonly userName: string; readonly password: string }
  | { readonly kind: 'malformed'; readonly scheme: string }
  | { readonly kind: 'other'; readonly scheme: string };

/** A header longer than this holds nothing of ours. */
const MAX_HEADER_LENGTH = 4096;
/** The alphabet of RFC 6750 §2.1 (b64token). */
const TOKEN = /^[A-Za-z0-9\-._~+/]+=*$/;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/**
 * Reads an `Authorization` header: RFC 6750 §2.1 and RFC 7617 §2; scheme names in any case (RFC 9110 §11.1).
 * `doubled`: administrators paste `Bearer <token>` into a field that gets the word put in front once more
 * (snipe/snipe-it#13968), and the client then sends `Bearer Bearer <token>`.
 */
export function readCredentials(header: string | undefined): Credentials {
  const text = header?.trim() ?? '';
  if (text === '') return { kind: 'absent' };
  const space = text.indexOf(' ');
  const scheme = space < 0 ? text : text.slice(0, space);
  const rest = space < 0 ? '' : text.slice(space + 1).trim();
  const name = scheme.toLowerCase();
  if (name !== 'bearer' && name !== 'basic') return { kind: 'other', scheme: readable(scheme) };
  const malformed: Credentials = { kind: 'malformed', scheme: name };
  if (text.length > MAX_HEADER_LENGTH) return malformed;
  if (name === 'basic') return readBasic(rest) ?? malformed;
  const doubled = /^bearer +/i.test(rest);
  const token = doubled ? rest.slice(rest.indexOf(' ')).trim() : rest;
  return TOKEN.test(token) ? { kind: 'bearer', token, doubled } : malformed;
}

function readBasic(encoded: string): Credentials | undefined {
  if (!BASE64.test(encoded)) return undefined;
  const text = decode(Buffer.from(encoded, 'base64')).normalize('NFC');
  // The first colon: a user name has none, a password may have several.
  const colon = text.indexOf(':');
  if (colon < 0 || hasControlCharacter(text)) return undefined;
  return { kind: 'basic', userName: text.slice(0, colon), password: text.slice(colon + 1) };
}

// RFC 7617 §2.1 asks for UTF-8 in our challenge; clients that never read it send ISO-8859-1.
function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return bytes.toString('latin1');
  }
}

function hasControlCharacter(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 0x20 || code === 0x7f) return true;
  }
  return false;
}

// The word goes into the log: what somebody pasted there by mistake may be the secret itself.
const readable = (scheme: string) => (/^[A-Za-z-]{1,20}$/.test(scheme) ? scheme : '(unknown)');

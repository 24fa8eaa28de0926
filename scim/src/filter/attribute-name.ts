/** Whether `text` is an ATTRNAME (RFC 7643 §2.1 with erratum 8924, which lets `$ref` begin with a dollar sign). */
export function isAttributeName(text: string): boolean {
  const start = text.charCodeAt(0) === DOLLAR ? 1 : 0;
  if (!isLetter(text.charCodeAt(start))) return false;
  for (let at = start + 1; at < text.length; at += 1) {
    if (!isNameCharacter(text.charCodeAt(at))) return false;
  }
  return true;
}

/**
 * Whether `text` has the form of an attrPath (RFC 7644 §3.4.2.2): `[URI ":"] ATTRNAME ["." ATTRNAME]`, or with a dot in
 * place of the colon after the URI. Only the form is judged; which URIs and names exist, the resource type knows.
 */
export function isAttributePath(text: string): boolean {
  const colon = text.lastIndexOf(':');
  if (colon !== -1 && !isUri(text, colon)) return false;
  const names = text.slice(colon + 1).split('.');
  return names.length <= (colon === -1 ? 2 : 3) && names.every(isAttributeName);
}

function isUri(text: string, end: number): boolean {
  if (!isLetter(text.charCodeAt(0))) return false;
  for (let at = 1; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (!isNameCharacter(code) && !URI_PUNCTUATION.includes(text.charAt(at))) return false;
  }
  return true;
}

/** What RFC 3986 allows in a URI beside letters, digits, `-`, `_`, `$` and what ends a word of a filter. */
const URI_PUNCTUATION = ".~:/?#@!&*+,;=%'";
const DOLLAR = 0x24;

function isLetter(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a);
}

function isNameCharacter(code: number): boolean {
  // digits, "-", "_", "$"
  return isLetter(code) || (code >= 0x30 && code <= 0x39) || code === 0x2d || code === 0x5f || code === DOLLAR;
}

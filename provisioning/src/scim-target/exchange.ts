import type { Json } from '@rollcall/scim';

const LONGEST = 16_384;
/** Longer bodies are not parsed for the log. */
const LONGEST_PARSED = 65_536;
const BLANK = '***';
const SECRET = /^(password|access_token|refresh_token|id_token|client_secret|client_assertion)$/i;
const SECRET_PATH = /(^|:)password$/i;
const SECRET_MEMBER =
  /("(?:password|access_token|refresh_token|id_token|client_secret|client_assertion)"\s*:\s*)"(?:[^"\\]|\\.)*"?/gi;
const SECRET_VALUE = /("path"\s*:\s*"(?:[^"\\]*:)?password"\s*,\s*"value"\s*:\s*)"(?:[^"\\]|\\.)*"?/gi;
const SECRET_FIELD = /\b(client_secret|client_assertion|password)=[^&]*/gi;

/** A body as the log may show it: at most 16 kB, passwords and tokens blanked. */
export function shownBody(text: string): string {
  const blanked = text.length > LONGEST_PARSED ? blankText(text.slice(0, LONGEST + 1)) : blank(text);
  return blanked.length > LONGEST ? `${blanked.slice(0, LONGEST)}…` : blanked;
}

/** A URL as the log may show it: without a user name and password in it. */
export function shownUrl(url: URL): string {
  const shown = new URL(url);
  shown.username = '';
  shown.password = '';
  return shown.href;
}

function blank(text: string): string {
  if (!/password|token|secret|assertion/i.test(text)) return text;
  try {
    return JSON.stringify(JSON.parse(text), blankMember);
  } catch {
    return blankText(text);
  }
}

const blankText = (text: string): string =>
  text
    .replace(SECRET_MEMBER, `$1"${BLANK}"`)
    .replace(SECRET_VALUE, `$1"${BLANK}"`)
    .replace(SECRET_FIELD, `$1=${BLANK}`);

function blankMember(this: unknown, key: string, value: Json): Json {
  if (SECRET.test(key) && value !== null && value !== '') return BLANK;
  // An operation of a PATCH: {"path": "password", "value": ...}.
  const path = key === 'value' ? pathOf(this) : undefined;
  return typeof path === 'string' && SECRET_PATH.test(path) ? BLANK : value;
}

function pathOf(holder: unknown): unknown {
  return typeof holder === 'object' && holder !== null && 'path' in holder ? holder.path : undefined;
}

import { invalidFilter } from '../error.ts';

/** A piece of a filter's text. `text` is the piece as written; a string keeps its quotes and escapes. */
export interface Token {
  readonly kind: 'word' | 'string' | '(' | ')' | '[' | ']' | 'end';
  readonly text: string;
  /** 1-based, in UTF-16 code units. */
  readonly position: number;
  /** The offset at which the next token is looked for. */
  readonly end: number;
  /** Whether a blank stands before it. */
  readonly spaced: boolean;
}

/**
 * Reads the token of a filter (RFC 7644 §3.4.2.2) at or after the offset `from`. Operators, keywords, attribute names,
 * numbers and literals are all words: which of them a word is depends on where it stands, so that no operator is seen
 * in `primaryEmail`.
 *
 * @throws invalidFilter for a string without closing quote.
 */
export function readToken(text: string, from: number): Token {
  let start = from;
  while (isBlank(text.charCodeAt(start))) start += 1;
  const first = text.charAt(start);
  const position = start + 1;
  const spaced = start > from;
  if (first === '') return { kind: 'end', text: '', position, end: start, spaced };
  if (first === '(' || first === ')' || first === '[' || first === ']') {
    return { kind: first, text: first, position, end: start + 1, spaced };
  }
  const kind = first === '"' ? 'string' : 'word';
  const end = kind === 'string' ? endOfString(text, start) : endOfWord(text, start);
  return { kind, text: text.slice(start, end), position, end, spaced };
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at + 1;
    if (code === BACKSLASH) at += 1;
  }
  throw invalidFilter(`The string that begins at position ${start + 1} of the filter has no closing quote.`);
}

function endOfWord(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && !endsWord(text.charCodeAt(at))) at += 1;
  return at;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** The grammar says SP; a filter in a search request may also run over several lines. */
function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d;
}

function endsWord(code: number): boolean {
  // ( ) [ ]
  return isBlank(code) || code === QUOTE || code === 0x28 || code === 0x29 || code === 0x5b || code === 0x5d;
}

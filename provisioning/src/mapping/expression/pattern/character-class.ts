import { literal, readCharacterEscape } from './escape.ts';

interface Read {
  readonly text: string;
  readonly end: number;
}

type Failure = (message: string) => Error;

/** How deep `[a-z-[aeiou]]` may nest. */
const MAX_DEPTH = 20;

/** Translates the character class that begins at `index`, with .NET's subtraction: `[a-z-[aeiou]]`. */
export function readClass(pattern: string, index: number, failure: Failure, depth = 1): Read {
  if (depth > MAX_DEPTH) throw failure('character classes are nested too deep');
  const negated = pattern.charAt(index + 1) === '^';
  let at = index + (negated ? 2 : 1);
  let members = '';
  for (let first = true; ; first = false) {
    const character = pattern.charAt(at);
    if (character === '') throw failure('a character class has no closing ]');
    if (character === ']' && !first) return { text: shown(negated, members), end: at + 1 };
    if (pattern.startsWith('-[', at) && !first) {
      const inner = readClass(pattern, at + 1, failure, depth + 1);
      if (pattern.charAt(inner.end) !== ']') throw failure('what is subtracted must stand at the end of the class');
      return { text: `[${shown(negated, members)}--${inner.text}]`, end: inner.end + 1 };
    }
    const member = readMember(pattern, at, failure);
    members += member.text;
    at = member.end;
  }
}

function shown(negated: boolean, members: string): string {
  return `[${negated ? '^' : ''}${members}]`;
}

/** A character, a set, or a range of characters. */
function readMember(pattern: string, index: number, failure: Failure): Read {
  const from = readCharacter(pattern, index, failure);
  const next = pattern.charAt(from.end + 1);
  const isRange = pattern.charAt(from.end) === '-' && next !== ']' && next !== '[' && next !== '';
  if (!isRange || isSet(from.text)) return from;
  const to = readCharacter(pattern, from.end + 1, failure);
  if (isSet(to.text)) throw failure('a range in a character class ends with a set');
  return { text: `${from.text}-${to.text}`, end: to.end };
}

function readCharacter(pattern: string, index: number, failure: Failure): Read {
  const character = String.fromCodePoint(pattern.codePointAt(index) ?? 0);
  if (character !== '\\') return { text: literal(character), end: index + character.length };
  if (pattern.charAt(index + 1) === 'b') return { text: '\\x08', end: index + 2 };
  return readCharacterEscape(pattern, index, failure);
}

function isSet(text: string): boolean {
  return text.startsWith('[') || /^\\p\{/i.test(text);
}

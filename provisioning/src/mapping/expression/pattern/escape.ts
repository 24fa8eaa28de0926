import { groupNumber, type PatternGroups } from './groups.ts';

/** What .NET means by `\w`, `\d` and `\s`. */
const SETS: ReadonlyMap<string, string> = new Map([
  ['d', '\\p{Nd}'],
  ['D', '\\P{Nd}'],
  ['w', '[\\p{L}\\p{Mn}\\p{Nd}\\p{Pc}]'],
  ['W', '[^\\p{L}\\p{Mn}\\p{Nd}\\p{Pc}]'],
  ['s', '[\\f\\n\\r\\t\\v\\x85\\p{Z}]'],
  ['S', '[^\\f\\n\\r\\t\\v\\x85\\p{Z}]'],
]);

const WORD = '[\\p{L}\\p{Mn}\\p{Nd}\\p{Pc}\\u200c\\u200d]';

const ANCHORS: ReadonlyMap<string, string> = new Map([
  ['b', `(?:(?<=${WORD})(?!${WORD})|(?<!${WORD})(?=${WORD}))`],
  ['B', `(?:(?<=${WORD})(?=${WORD})|(?<!${WORD})(?!${WORD}))`],
  ['A', '^'],
  ['z', '$'],
  ['Z', '(?=\\n?$)'],
]);

interface Read {
  readonly text: string;
  readonly end: number;
}

type Failure = (message: string) => Error;

/** Translates the escape at `index`, outside a character class. */
export function readEscape(pattern: string, index: number, groups: PatternGroups, failure: Failure): Read {
  const anchor = ANCHORS.get(pattern.charAt(index + 1));
  if (anchor !== undefined) return { text: anchor, end: index + 2 };
  const reference = /\\(?:([1-9]\d*)|k<(\w+)>|k'(\w+)')/y;
  reference.lastIndex = index;
  const [written, number, name, quoted] = reference.exec(pattern) ?? [];
  if (written === undefined) return readCharacterEscape(pattern, index, failure);
  const group = number ?? name ?? quoted ?? '';
  const known = groupNumber(groups, group);
  if (known === undefined || known === 0) throw failure(`${written} names no group of the pattern`);
  const text = groups.every((each) => each === null) ? `\\${known}` : namedReference(groups, known);
  return { text: `(?:${text})`, end: index + written.length };
}

function namedReference(groups: PatternGroups, known: number): string {
  const name = groups[known - 1];
  return name === null || name === undefined ? `\\${known}` : `\\k<${name}>`;
}

/** Translates an escape that stands for one character or for a set, which mean the same inside a class. */
export function readCharacterEscape(pattern: string, index: number, failure: Failure): Read {
  const letter = pattern.charAt(index + 1);
  if (letter === '') throw failure('it ends with a single backslash');
  const set = SETS.get(letter);
  if (set !== undefined) return { text: set, end: index + 2 };
  const form = /\\(?:([fnrtv])|(a)|(e)|(c[A-Za-z])|x([0-9A-Fa-f]{2})|(u[0-9A-Fa-f]{4})|(0[0-7]{0,2})|([pP]\{[^}]*\}))/y;
  form.lastIndex = index;
  const [written, plain, bell, esc, control, byte, unit, octal, category] = form.exec(pattern) ?? [];
  if (written === undefined) {
    if (/[\p{L}\p{N}_]/u.test(letter)) throw failure(`\\${letter} is not supported`);
    return { text: literal(letter), end: index + 2 };
  }
  const end = index + written.length;
  if (category !== undefined && !/^[pP]\{[A-Z][a-z]?\}$/.test(category)) {
    throw failure(`\\${category.slice(0, 30)} is not supported; general categories such as \\p{Lu} are`);
  }
  if (bell !== undefined) return { text: '\\x07', end };
  if (esc !== undefined) return { text: '\\x1b', end };
  if (octal !== undefined) return { text: literalCode(Number.parseInt(octal, 8)), end };
  if (byte !== undefined) return { text: literalCode(Number.parseInt(byte, 16)), end };
  return { text: `\\${plain ?? control ?? unit ?? category}`, end };
}

/** A character that stands for itself, in and outside a class. Half of a pair is left alone: the other half follows. */
export function literal(character: string): string {
  if (/^[A-Za-z0-9\ud800-\udfff]/.test(character) && character.length === 1) return character;
  return literalCode(character.codePointAt(0) ?? 0);
}

function literalCode(code: number): string {
  return `\\u{${code.toString(16)}}`;
}

import { readClass } from './character-class.ts';
import { readEscape } from './escape.ts';
import type { PatternGroups } from './groups.ts';

/** The options that change what characters mean; `i` is left to JavaScript. */
interface Options {
  readonly multiline: boolean;
  readonly singleline: boolean;
  readonly blanks: boolean;
}

interface Reader {
  readonly pattern: string;
  readonly groups: PatternGroups;
  readonly failure: (message: string) => Error;
  index: number;
  result: string;
  options: Options;
  /** The groups that are open, the pattern itself the first. */
  readonly open: Group[];
}

interface Group {
  /** What to go back to at its end. */
  readonly options: Options;
  /** What `(?i)` has opened inside of it, to be closed with it. */
  readonly inline: string[];
}

/** Rewrites a .NET pattern for JavaScript's flag `v`. Throws what `failure` makes of a reason. */
export function translate(pattern: string, groups: PatternGroups, failure: (message: string) => Error): string {
  const options = { multiline: false, singleline: false, blanks: false };
  const whole: Group = { options, inline: [] };
  const reader: Reader = { pattern, groups, failure, index: 0, result: '', options, open: [whole] };
  while (reader.index < pattern.length) readPiece(reader);
  if (reader.open.length > 1) throw failure('a group has no closing )');
  return reader.result + ')'.repeat(whole.inline.length);
}

function readPiece(reader: Reader): void {
  const { pattern, index, options, groups, failure } = reader;
  const character = pattern.charAt(index);
  if (character === '\\' || character === '[') {
    const read = character === '[' ? readClass(pattern, index, failure) : readEscape(pattern, index, groups, failure);
    write(reader, read.text, read.end - index);
    return;
  }
  if (character === '(') readOpening(reader);
  else if (character === ')') readClosing(reader);
  else if (character === '|') readAlternative(reader);
  else if (options.blanks && /[\s#]/.test(character)) skipBlanks(reader);
  else if (character === '.') write(reader, options.singleline ? '[^]' : '[^\\n]');
  else if (character === '^') write(reader, options.multiline ? '(?<=^|\\n)' : '^');
  else if (character === '$') write(reader, options.multiline ? '(?=\\n|$)' : '(?=\\n?$)');
  else if (character === '{') readBrace(reader);
  else write(reader, character === '}' || character === ']' || character === '/' ? `\\${character}` : character);
}

function write(reader: Reader, text: string, length = 1): void {
  reader.result += text;
  reader.index += length;
}

/** A brace that begins no quantifier stands for itself. */
function readBrace(reader: Reader): void {
  const [quantifier] = /^\{\d+(?:,\d*)?\}/.exec(reader.pattern.slice(reader.index, reader.index + 30)) ?? [];
  if (quantifier === undefined) write(reader, '\\{');
  else write(reader, quantifier, quantifier.length);
}

function skipBlanks(reader: Reader): void {
  const blanks = /\s+|#[^\n]*/y;
  blanks.lastIndex = reader.index;
  reader.index += blanks.exec(reader.pattern)?.[0].length ?? 1;
}

function readClosing(reader: Reader): void {
  const group = reader.open.length > 1 ? reader.open.pop() : undefined;
  if (group === undefined) throw reader.failure('a ) closes no group; a literal one is written \\)');
  reader.options = group.options;
  write(reader, ')'.repeat(group.inline.length + 1));
}

/** What `(?i)` has opened holds in the next alternative too, but must not enclose both. */
function readAlternative(reader: Reader): void {
  const inline = reader.open.at(-1)?.inline ?? [];
  write(reader, `${')'.repeat(inline.length)}|${inline.join('')}`);
}

function readOpening(reader: Reader): void {
  const { pattern, index, options, failure } = reader;
  const rest = pattern.slice(index, index + 200);
  const [inline, on = '', off = '', end] = /^\(\?([a-z]*)(?:-([a-z]*))?([:)])/.exec(rest) ?? [];
  if (inline !== undefined && !inline.startsWith('(?:')) {
    readOptions(reader, on, off, end === ':', inline.length);
    return;
  }
  if (rest.startsWith('(?#')) {
    const closing = pattern.indexOf(')', index);
    if (closing === -1) throw failure('a comment has no closing )');
    reader.index = closing + 1;
    return;
  }
  const [plain] = /^\((?:\?(?:[:=!]|<[=!]))?(?!\?)/.exec(rest) ?? [];
  const [quoted, name, other] = /^\(\?(?:<([A-Za-z_]\w*)>|'([A-Za-z_]\w*)')/.exec(rest) ?? [];
  const opening = quoted === undefined ? plain : `(?<${name ?? other}>`;
  if (opening === undefined) throw failure(unsupported(rest));
  reader.open.push({ options, inline: [] });
  write(reader, opening, quoted?.length ?? opening.length);
}

function unsupported(rest: string): string {
  if (rest.startsWith('(?>')) return 'atomic groups (?>…) are not supported';
  if (rest.startsWith('(?(')) return 'conditions (?(…)…|…) are not supported';
  if (/^\(\?[<'][^>']*-/.test(rest)) return 'balancing groups (?<a-b>…) are not supported';
  if (/^\(\?[<']/.test(rest)) return 'the name of a group begins with a letter and has letters, digits and _';
  return 'a group begins with (? and something unknown';
}

/** `(?i)` holds to the end of the group, `(?i:…)` for a group of its own. */
function readOptions(reader: Reader, on: string, off: string, group: boolean, length: number): void {
  const { failure, options } = reader;
  const unknown = /[^imsx]/.exec(on + off)?.[0];
  if (unknown !== undefined) throw failure(`the option ${unknown} is not supported (i, m, s and x are)`);
  if (group) reader.open.push({ options, inline: [] });
  const set = (letter: string, now: boolean): boolean => (on.includes(letter) || now) && !off.includes(letter);
  reader.options = {
    multiline: set('m', options.multiline),
    singleline: set('s', options.singleline),
    blanks: set('x', options.blanks),
  };
  const ignoreCase = on.includes('i') && !off.includes('i') ? '(?i:' : '(?-i:';
  const changesCase = (on + off).includes('i');
  if (group) {
    write(reader, changesCase ? ignoreCase : '(?:', length);
    return;
  }
  if (changesCase) reader.open.at(-1)?.inline.push(ignoreCase);
  write(reader, changesCase ? ignoreCase : '', length);
}

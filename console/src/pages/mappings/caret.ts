/** What is being written where the caret is: `from` and `to` are the ends of the word that a completion replaces. */
export interface Word {
  readonly kind: 'function' | 'attribute';
  readonly from: number;
  readonly to: number;
  /** What stands before the caret. */
  readonly typed: string;
}

/** The call around the caret, and which of its arguments the caret is in, from 0. */
export interface CallAround {
  readonly name: string;
  readonly argument: number;
}

interface Scan {
  /** Calls that are open at the caret, outermost first. */
  readonly calls: { name: string; argument: number }[];
  /** Where the text or the attribute begins that the caret is in. */
  readonly inside: { readonly kind: 'text' | 'attribute'; readonly from: number } | undefined;
}

const NAME = /[\p{L}\p{N}_]/u;

/** Reads an expression up to the caret, whether or not it is complete. */
function scan(text: string, caret: number): Scan {
  const calls: Scan['calls'] = [];
  let name = '';
  for (let at = 0; at < caret; at += 1) {
    const character = text.charAt(at);
    const end = character === '"' ? endOfText(text, at) : character === '[' ? endOfAttribute(text, at) : at + 1;
    if (character === '"' || character === '[') {
      if (end > caret) return { calls, inside: { kind: character === '"' ? 'text' : 'attribute', from: at } };
      at = end - 1;
      name = '';
    } else if (NAME.test(character)) name += character;
    else {
      const last = calls.at(-1);
      if (character === '(') calls.push({ name, argument: 0 });
      else if (character === ')') calls.pop();
      else if (character === ',' && last !== undefined) last.argument += 1;
      if (character.trim() !== '') name = '';
    }
  }
  return { calls, inside: undefined };
}

/** Behind the closing quotation mark; beyond the text when there is none. */
function endOfText(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at += 1) {
    if (text.charAt(at) === '\\') at += 1;
    else if (text.charAt(at) === '"') return at + 1;
  }
  return text.length + 1;
}

/** Behind the closing bracket; a path such as emails[type eq "w]k"].value has brackets and texts of its own. */
function endOfAttribute(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '"') at = endOfText(text, at) - 1;
    else if (character === '[') depth += 1;
    else if (character === ']') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return text.length + 1;
}

/** The word at the caret; undefined within a text, where nothing can be completed. */
export function wordAt(text: string, caret: number): Word | undefined {
  const { inside } = scan(text, caret);
  if (inside?.kind === 'text') return undefined;
  if (inside?.kind === 'attribute') {
    const from = inside.from + 1;
    const [rest = ''] = /^[\w.:$-]*/.exec(text.slice(caret)) ?? [];
    return { kind: 'attribute', from, to: caret + rest.length, typed: text.slice(from, caret) };
  }
  const [before = ''] = /[\p{L}\p{N}_]*$/u.exec(text.slice(0, caret)) ?? [];
  const [after = ''] = /^[\p{L}\p{N}_]*/u.exec(text.slice(caret)) ?? [];
  return { kind: 'function', from: caret - before.length, to: caret + after.length, typed: before };
}

/** The innermost call that the caret is in, or whose name it touches. */
export function callAt(text: string, caret: number): CallAround | undefined {
  const word = wordAt(text, caret);
  const name = word?.kind === 'function' ? text.slice(word.from, word.to) : '';
  if (word !== undefined && name !== '' && /^\s*\(/.test(text.slice(word.to))) return { name, argument: -1 };
  return scan(text, caret).calls.at(-1);
}

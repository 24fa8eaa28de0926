import { type Word, wordAt } from './caret.ts';

export interface Completion {
  readonly kind: 'function' | 'attribute';
  readonly name: string;
}

export interface Known {
  readonly functions: readonly { readonly name: string; readonly parameters: readonly unknown[] }[];
  readonly attributes: readonly string[];
}

const MOST = 60;

/**
 * What can be written where the caret is, best first. `asked` is whether the person asked for it (Ctrl+Space): without,
 * nothing is offered before the first letter, but for an attribute, whose bracket is asking enough.
 */
export function completionsAt(text: string, caret: number, known: Known, asked: boolean): Completion[] {
  const word = wordAt(text, caret);
  if (word === undefined || (word.typed === '' && word.kind === 'function' && !asked)) return [];
  const attributes = matching(known.attributes, word.typed).map((name) => ({ kind: 'attribute' as const, name }));
  if (word.kind === 'attribute') return attributes.slice(0, MOST);
  const names = known.functions.map(({ name }) => name);
  const functions = matching(names, word.typed).map((name) => ({ kind: 'function' as const, name }));
  const isWhole = functions.length === 1 && functions[0]?.name === word.typed && text.charAt(word.to) === '(';
  return isWhole && !asked ? [] : [...functions, ...attributes].slice(0, MOST);
}

/** Those that begin with what was typed, then those that hold it. */
function matching(names: readonly string[], typed: string): string[] {
  const wanted = typed.toLowerCase();
  const begins = names.filter((name) => name.toLowerCase().startsWith(wanted));
  const holds = wanted === '' ? [] : names.filter((name) => name.toLowerCase().indexOf(wanted) > 0);
  return [...begins, ...holds];
}

/** The text with the completion in it, and where the caret goes: between the parentheses, or behind the bracket. */
export function completed(text: string, caret: number, completion: Completion, known: Known) {
  const word = wordAt(text, caret);
  if (word === undefined) return { text, caret };
  const before = text.slice(0, word.from);
  const after = text.slice(word.to);
  return completion.kind === 'function'
    ? withFunction(before, completion.name, after, known)
    : withAttribute(before, completion.name, after, word);
}

function withFunction(before: string, name: string, after: string, known: Known) {
  const called = `${before}${name}(`;
  if (after.startsWith('(')) return { text: called + after.slice(1), caret: called.length };
  const takesNone = known.functions.find((one) => one.name === name)?.parameters.length === 0;
  return { text: `${called})${after}`, caret: called.length + (takesNone ? 1 : 0) };
}

function withAttribute(before: string, name: string, after: string, { kind }: Word) {
  const opened = kind === 'attribute' ? `${before}${name}]` : `${before}[${name}]`;
  const rest = kind === 'attribute' && after.startsWith(']') ? after.slice(1) : after;
  return { text: opened + rest, caret: opened.length };
}

import type { SchemaAttribute } from '../../api/directory.ts';

/** Something that can stand at the caret of a filter. */
export interface Completion {
  /** What it is, as the list shows it. */
  readonly label: string;
  /** What is put in place of the word at the caret. */
  readonly insert: string;
  readonly kind: 'attribute' | 'operator' | 'value' | 'logic';
  /** What is known of an attribute. */
  readonly about?: string;
}

export interface Completions {
  /** Where the word at the caret begins. */
  readonly from: number;
  readonly items: readonly Completion[];
}

const SHOWN = 30;

const OPERATORS: Readonly<Record<string, readonly string[]>> = {
  boolean: ['eq', 'ne', 'pr'],
  binary: ['eq', 'ne', 'pr'],
  complex: ['pr', '['],
  dateTime: ['gt', 'ge', 'lt', 'le', 'eq', 'ne', 'pr'],
  integer: ['eq', 'ne', 'gt', 'ge', 'lt', 'le', 'pr'],
  decimal: ['eq', 'ne', 'gt', 'ge', 'lt', 'le', 'pr'],
};
const TEXT_OPERATORS = ['eq', 'sw', 'co', 'ew', 'ne', 'pr', 'gt', 'ge', 'lt', 'le'];
const TIME_EXAMPLE = '"2026-01-31T00:00:00Z"';

const TOKEN = /"(?:\\.|[^"\\])*"?|[()[\]]|[^\s()[\]"]+/g;

interface State {
  readonly expects: Completion['kind'];
  /** The attribute that the operator and the value belong to. */
  readonly path: string;
  /** What stands before `[`, while between brackets. */
  readonly inside: string;
  /** Brackets and parentheses that are open, innermost last. */
  readonly open: readonly string[];
}

const START: State = { expects: 'attribute', path: '', inside: '', open: [] };

/** What can stand at the caret of a filter (RFC 7644 §3.4.2.2), by what is written before it. */
export function completionsAt(text: string, caret: number, attributes: readonly SchemaAttribute[]): Completions {
  const before = text.slice(0, caret);
  const tokens = [...before.matchAll(TOKEN)];
  const last = tokens.at(-1);
  // The word that ends at the caret is being written; what comes before it is settled.
  const isWriting = last !== undefined && last.index + last[0].length === caret && !/^[()[\]]$|^".*"$/s.test(last[0]);
  const word = isWriting ? last[0] : '';
  const state = (isWriting ? tokens.slice(0, -1) : tokens).reduce((now, [token]) => next(now, token), START);
  const items = candidates(state, attributes).filter(({ label }) => fits(label, word));
  const ranked = items.toSorted((a, b) => Number(begins(b.label, word)) - Number(begins(a.label, word)));
  return { from: caret - word.length, items: ranked.slice(0, SHOWN) };
}

const begins = (label: string, word: string): boolean => label.toLowerCase().startsWith(word.toLowerCase());
const fits = (label: string, word: string): boolean => label.toLowerCase().includes(word.toLowerCase());

function next(state: State, token: string): State {
  const { expects, path, inside, open } = state;
  if (token === '(') return { ...state, expects: 'attribute', open: [...open, ')'] };
  if (token === '[') return { expects: 'attribute', path: '', inside: path, open: [...open, ']'] };
  if (token === ')') return { ...state, expects: 'logic', open: open.slice(0, -1) };
  if (token === ']') return { expects: 'logic', path, inside: '', open: open.slice(0, -1) };
  if (expects === 'attribute') return /^not$/i.test(token) ? state : { ...state, expects: 'operator', path: token };
  if (expects === 'operator') return { ...state, expects: /^pr$/i.test(token) ? 'logic' : 'value' };
  if (expects === 'value') return { ...state, expects: 'logic' };
  return /^(and|or)$/i.test(token) ? { expects: 'attribute', path: '', inside, open } : state;
}

function candidates(state: State, attributes: readonly SchemaAttribute[]): Completion[] {
  const { expects, path, inside, open } = state;
  if (expects === 'attribute') {
    const prefix = inside === '' ? '' : `${inside}.`.toLowerCase();
    return attributes
      .filter((attribute) => attribute.path.toLowerCase().startsWith(prefix))
      .map(({ path: whole, description }) => {
        const label = whole.slice(prefix.length);
        const about = description === '' ? {} : { about: description };
        return { label, insert: `${label} `, kind: 'attribute', ...about };
      });
  }
  const attribute = find(attributes, inside === '' ? path : `${inside}.${path}`);
  if (expects === 'operator') {
    const operators = OPERATORS[attribute?.type ?? ''] ?? TEXT_OPERATORS;
    return operators.map((label) => ({ label, insert: label === '[' ? '[' : `${label} `, kind: 'operator' }));
  }
  if (expects === 'value') return valuesOf(attribute).map((label) => ({ label, insert: `${label} `, kind: 'value' }));
  const closing = open.at(-1);
  const words = closing === undefined ? ['and', 'or'] : [closing, 'and', 'or'];
  return words.map((label) => ({ label, insert: `${label} `, kind: 'logic' }));
}

function valuesOf(attribute: SchemaAttribute | undefined): readonly string[] {
  if (attribute?.type === 'boolean') return ['true', 'false'];
  if (attribute?.type === 'dateTime') return [TIME_EXAMPLE];
  return (attribute?.canonicalValues ?? []).map((value) => JSON.stringify(value));
}

function find(attributes: readonly SchemaAttribute[], path: string): SchemaAttribute | undefined {
  const wanted = path.toLowerCase();
  return attributes.find((attribute) => attribute.path.toLowerCase() === wanted);
}

/** The filter with a completion in place of the word at the caret, and where the caret stands then. */
export function complete(text: string, caret: number, from: number, { insert }: Completion) {
  const after = text.slice(caret).replace(/^ /, '');
  return { text: text.slice(0, from) + insert + after, caret: from + insert.length };
}

import type { ComparisonOperator } from './ast.ts';
import { ExpressionError } from './error.ts';
import { integerOf, integerValue, numberOf } from './value.ts';

/** A piece of an expression's text. `end` is the offset at which the next token is looked for. */
export type Token = { readonly position: number; readonly end: number } & (
  | { readonly kind: 'name' | 'string' | 'attribute'; readonly text: string }
  | { readonly kind: 'number'; readonly value: number | string }
  | { readonly kind: 'operator'; readonly operator: ComparisonOperator }
  | { readonly kind: '(' | ')' | ',' | 'end' }
);

/**
 * Reads the token at or after the offset `from`. An integer beyond what a number holds exactly comes as its digits.
 *
 * @throws ExpressionError for a string or an attribute without its end, and for characters that begin nothing.
 */
export function readToken(text: string, from: number): Token {
  let position = from;
  while (/\s/.test(text.charAt(position))) position += 1;
  const first = text.charAt(position);
  if (first === '') return { kind: 'end', position, end: position };
  if (first === '(' || first === ')' || first === ',') return { kind: first, position, end: position + 1 };
  if (first === '"') return readString(text, position);
  if (first === '[') return readAttribute(text, position);
  return readOperator(text, position) ?? readNumber(text, position) ?? readName(text, position);
}

function readOperator(text: string, position: number): Token | undefined {
  const [operator] = /^(<>|>=|<=|=|>|<)/.exec(text.slice(position, position + 2)) ?? [];
  if (operator === undefined) return undefined;
  // The pattern matches nothing but the operators.
  return { kind: 'operator', operator: operator as ComparisonOperator, position, end: position + operator.length };
}

/** Decimal, or hexadecimal as Visual Basic writes it: `&HF7`. */
function readNumber(text: string, position: number): Token | undefined {
  const pattern = /&H[0-9A-Fa-f]+|[+-]?(?:\d+(?:\.\d*)?|\.\d+)/y;
  pattern.lastIndex = position;
  const [written] = pattern.exec(text) ?? [];
  if (written === undefined) return undefined;
  const end = position + written.length;
  const integer = integerOf(written);
  const value = integer === undefined ? numberOf(written) : integerValue(integer);
  if (value === undefined || /[\p{L}\p{N}_.]/u.test(text.charAt(end))) {
    throw new ExpressionError('This is not a number. Put text into "double quotes".', position);
  }
  return { kind: 'number', value, position, end };
}

function readName(text: string, position: number): Token {
  const pattern = /[\p{L}_][\p{L}\p{N}_]*/uy;
  pattern.lastIndex = position;
  const [name] = pattern.exec(text) ?? [];
  if (name !== undefined) return { kind: 'name', text: name, position, end: position + name.length };
  const character = String.fromCodePoint(text.codePointAt(position) ?? 0).toWellFormed();
  const hint = /['“”„«»‘’]/.test(character) ? ' Strings stand in straight double quotes: "text".' : '';
  throw new ExpressionError(`The character ${character} cannot stand here.${hint}`, position);
}

/** A backslash stands before a quotation mark or a backslash; before any other character it stands for itself. */
function readString(text: string, position: number): Token {
  let value = '';
  for (let index = position + 1; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (character === '"') return { kind: 'string', text: value, position, end: index + 1 };
    const next = text.charAt(index + 1);
    const escaped = character === '\\' && (next === '"' || next === '\\');
    if (escaped) index += 1;
    value += escaped ? next : character;
  }
  throw new ExpressionError(
    'The string has no closing ". A backslash before a quotation mark makes it part of the string; write \\\\ for a backslash.',
    position,
  );
}

/** Brackets nest, and quoted brackets do not count, so that a path such as `emails[type eq "work"].value` is a name. */
function readAttribute(text: string, position: number): Token {
  let depth = 0;
  let quoted = false;
  for (let index = position; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (character === '"') quoted = !quoted;
    if (quoted) continue;
    if (character === '[') depth += 1;
    if (character !== ']') continue;
    depth -= 1;
    if (depth > 0) continue;
    const name = text.slice(position + 1, index).trim();
    if (name === '') throw new ExpressionError('The brackets are empty; write [attribute].', position);
    return { kind: 'attribute', text: name, position, end: index + 1 };
  }
  throw new ExpressionError('The attribute has no closing ].', position);
}

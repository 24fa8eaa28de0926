import { invalidFilter } from '../error.ts';
import { readUnquotedValue } from '../quirks/unquoted-filter-value.ts';
import type { Rules } from '../rules.ts';
import type { ComparisonOperator, Filter, FilterValue } from './ast.ts';
import { isAttributeName, isAttributePath } from './attribute-name.ts';
import { shown } from './shown.ts';
import { readToken, type Token } from './token.ts';

/** What a filter may cost: characters of text, nested parentheses and brackets, nodes of the tree. */
export interface FilterLimits {
  readonly length: number;
  readonly depth: number;
  readonly nodes: number;
}

export const DEFAULT_FILTER_LIMITS: FilterLimits = { length: 4096, depth: 20, nodes: 100 };

/**
 * Parses a filter (RFC 7644 §3.4.2.2 with errata 4690, 7319 and 7322), in time linear in its length. Names are kept as
 * written and not looked up. With `rules` that are tolerant a value may lack its quotes, which leaves a note.
 *
 * @throws invalidFilter that names the 1-based position and what was expected there, or the limit that was passed.
 */
export function parseFilter(text: string, limits: FilterLimits = DEFAULT_FILTER_LIMITS, rules?: Rules): Filter {
  if (text.length > limits.length) throw invalidFilter(`The filter is longer than ${limits.length} characters.`);
  if (!isPlainText(text)) throw invalidFilter('The filter holds U+0000 or half of a surrogate pair.');
  const first = readToken(text, 0);
  if (first.kind === 'end') {
    throw invalidFilter('The filter is empty; it must hold at least one expression, such as userName eq "mira".');
  }
  const reader: Reader = { text, token: first, depth: 0, nodes: 0, limits, rules };
  const filter = readChain(reader, 'or', false);
  if (reader.token.kind !== 'end') throw unexpected(reader.token, '"and", "or" or the end of the filter');
  return filter;
}

interface Reader {
  readonly text: string;
  token: Token;
  depth: number;
  nodes: number;
  readonly limits: FilterLimits;
  readonly rules: Rules | undefined;
}

/** `inside` tells that the reader is between `[` and `]`, where names are plain (RFC 7644 Table 5). */
function readChain(reader: Reader, kind: 'and' | 'or', inside: boolean): Filter {
  const first = readLink(reader, kind, inside);
  if (!takeKeyword(reader, kind)) return first;
  const filters = [first, readLink(reader, kind, inside)];
  while (takeKeyword(reader, kind)) filters.push(readLink(reader, kind, inside));
  return counted(reader, { kind, filters });
}

/** `and` binds tighter than `or`: the links of an `or` are chains of `and`. */
function readLink(reader: Reader, kind: 'and' | 'or', inside: boolean): Filter {
  return kind === 'or' ? readChain(reader, 'and', inside) : readTerm(reader, inside);
}

function takeKeyword(reader: Reader, keyword: 'and' | 'or'): boolean {
  const token = reader.token;
  if (token.kind !== 'word' || token.text.toLowerCase() !== keyword) return false;
  if (!token.spaced) throw unexpected(token, 'a space');
  const following = advance(reader);
  if (!following.spaced && following.kind !== 'end') throw unexpected(following, 'a space');
  return true;
}

function readTerm(reader: Reader, inside: boolean): Filter {
  const token = reader.token;
  if (token.kind === '(') return readNested(reader, inside, ')');
  if (token.kind !== 'word') throw unexpected(token, 'an attribute name, "not" or "("');
  if (token.text.toLowerCase() !== 'not') return readAttribute(reader, token, inside);
  const group = advance(reader);
  if (group.kind !== '(') throw unexpected(group, '"(" after "not"');
  return counted(reader, { kind: 'not', filter: readNested(reader, inside, ')') });
}

/** Reads from an opening parenthesis or bracket past the closing one. */
function readNested(reader: Reader, inside: boolean, close: ')' | ']'): Filter {
  reader.depth += 1;
  if (reader.depth > reader.limits.depth) {
    const { position } = reader.token;
    throw invalidFilter(`The filter is nested deeper than ${reader.limits.depth} levels at position ${position}.`);
  }
  advance(reader);
  const filter = readChain(reader, 'or', inside);
  if (reader.token.kind !== close) throw unexpected(reader.token, `"and", "or" or "${close}"`);
  advance(reader);
  reader.depth -= 1;
  return filter;
}

function readAttribute(reader: Reader, name: Token, inside: boolean): Filter {
  if (inside && !isAttributeName(name.text)) {
    throw unexpected(name, 'the plain name of a sub-attribute, as always inside [ ],');
  }
  if (!isAttributePath(name.text)) throw unexpected(name, 'an attribute name');
  const following = advance(reader);
  if (following.kind !== '[') return readExpression(reader, name.text, name.position);
  if (inside) throw unexpected(following, 'an operator (brackets do not nest)');
  const filter = readNested(reader, true, ']');
  return counted(reader, {
    kind: 'element',
    path: name.text,
    filter: withTrailing(reader, filter),
    position: name.position,
  });
}

/** `emails[type eq "work"].value eq "x"` asks for one element that satisfies both: the last term joins the inner ones. */
function withTrailing(reader: Reader, filter: Filter): Filter {
  const token = reader.token;
  if (token.kind !== 'word' || token.spaced) return filter;
  const name = token.text.slice(1);
  if (!token.text.startsWith('.') || !isAttributeName(name)) throw unexpected(token, '"." and a sub-attribute');
  advance(reader);
  const trailing = readExpression(reader, name, token.position + 1);
  if (filter.kind === 'and') return { kind: 'and', filters: [...filter.filters, trailing] };
  return counted(reader, { kind: 'and', filters: [filter, trailing] });
}

function readExpression(reader: Reader, path: string, position: number): Filter {
  const token = reader.token;
  const operator = token.kind === 'word' && token.spaced ? token.text.toLowerCase() : '';
  if (operator === 'pr') {
    advance(reader);
    return counted(reader, { kind: 'present', path, position });
  }
  if (!isComparison(operator)) throw unexpected(token, 'an operator (eq, ne, co, sw, ew, gt, ge, lt, le or pr)');
  advance(reader);
  return counted(reader, { kind: 'compare', path, operator, value: readValue(reader), position });
}

const COMPARISONS: ReadonlySet<string> = new Set(['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le']);

function isComparison(word: string): word is ComparisonOperator {
  return COMPARISONS.has(word);
}

function readValue(reader: Reader): FilterValue {
  const token = reader.token;
  const value = token.spaced ? comparisonValue(token, reader.rules) : undefined;
  if (value === undefined) throw unexpected(token, 'a "string" in double quotes, a number, true, false or null');
  advance(reader);
  return value;
}

function comparisonValue(token: Token, rules: Rules | undefined): FilterValue | undefined {
  if (token.kind !== 'string' && token.kind !== 'word') return undefined;
  const value = jsonValue(token.text);
  if (value === undefined && token.kind === 'word') return readUnquotedValue(token.text, token.position, rules);
  if (value === undefined) throw invalidFilter(`The string at position ${token.position} of the filter is not JSON.`);
  if (typeof value === 'string' && !isPlainText(value)) {
    throw invalidFilter(`The string at position ${token.position} holds U+0000 or half of a surrogate pair.`);
  }
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw invalidFilter(`The number at position ${token.position} of the filter is too large.`);
  }
  return value;
}

/** Comparison values are JSON (RFC 7644 §3.4.2.2), so JSON's own parser says what is one; -0 becomes 0. */
function jsonValue(text: string): FilterValue | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'number') return value === 0 ? 0 : value;
    return value === null || typeof value === 'boolean' || typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

/** U+0000 and lone surrogates have no UTF-8 form that every database keeps. */
function isPlainText(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}

function counted(reader: Reader, filter: Filter): Filter {
  reader.nodes += 1;
  if (reader.nodes > reader.limits.nodes) {
    throw invalidFilter(`The filter has more than ${reader.limits.nodes} expressions and operators.`);
  }
  return filter;
}

function advance(reader: Reader): Token {
  reader.token = readToken(reader.text, reader.token.end);
  return reader.token;
}

function unexpected(token: Token, expected: string) {
  if (token.kind === 'end')
    return invalidFilter(`The filter ends at position ${token.position}, where ${expected} was expected.`);
  return invalidFilter(
    `The filter has ${shown(token.text)} at position ${token.position}, where ${expected} was expected.`,
  );
}

import { Refusal } from './refusal.ts';
import { type Complex, isComplex, read, type Value } from './value.ts';

const OPERATORS = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'] as const;
type Operator = (typeof OPERATORS)[number];
type Test = { readonly op: 'pr' } | { readonly op: Operator; readonly value: Value };

interface AttributePath {
  readonly schema: string | undefined;
  readonly names: readonly string[];
}

/** A filter as RFC 7644 §3.4.2.2 writes it. */
export type Filter =
  | { readonly kind: 'and' | 'or'; readonly left: Filter; readonly right: Filter }
  | { readonly kind: 'not'; readonly of: Filter }
  | { readonly kind: 'test'; readonly path: AttributePath; readonly test: Test }
  | {
      readonly kind: 'element';
      readonly path: AttributePath;
      readonly of: Filter;
      /** What follows the brackets: `emails[type eq "work"].value eq "a@b.example"`. */
      readonly further: { readonly sub: string; readonly test: Test } | undefined;
    };

const TOKEN = /\s*([()[\]]|"(?:\\.|[^"\\])*"|[^\s()[\]"]+)/y;
const CORE = /^urn:ietf:params:scim:schemas:core:2\.0:(user|group)$/i;

/** Reads a filter. Throws Refusal `invalidFilter`. */
export function parseFilter(text: string): Filter {
  const tokens = tokenise(text);
  let at = 0;
  const isNext = (word: string): boolean => tokens[at]?.toLowerCase() === word;
  const take = (): string => {
    const token = tokens[at++];
    if (token === undefined) throw invalid(text);
    return token;
  };
  const expect = (word: string): void => {
    if (take().toLowerCase() !== word) throw invalid(text);
  };

  function any(): Filter {
    let left = all();
    while (isNext('or')) {
      at++;
      left = { kind: 'or', left, right: all() };
    }
    return left;
  }

  function all(): Filter {
    let left = one();
    while (isNext('and')) {
      at++;
      left = { kind: 'and', left, right: one() };
    }
    return left;
  }

  function one(): Filter {
    if (isNext('not')) {
      at++;
      expect('(');
      const of = any();
      expect(')');
      return { kind: 'not', of };
    }
    if (isNext('(')) {
      at++;
      const inner = any();
      expect(')');
      return inner;
    }
    const path = attributePath(take());
    if (!isNext('[')) return { kind: 'test', path, test: test() };
    at++;
    const of = any();
    expect(']');
    if (tokens[at]?.startsWith('.') !== true) return { kind: 'element', path, of, further: undefined };
    return { kind: 'element', path, of, further: { sub: take().slice(1), test: test() } };
  }

  function test(): Test {
    const word = take().toLowerCase();
    if (word === 'pr') return { op: 'pr' };
    const op = OPERATORS.find((known) => known === word);
    if (op === undefined) throw invalid(text);
    return { op, value: literal(take(), text) };
  }

  const filter = any();
  if (at !== tokens.length) throw invalid(text);
  return filter;
}

/** Whether a resource, or an element of a list, satisfies a filter; `isExact` says which names tell case apart. */
export function matches(filter: Filter, object: Complex, isExact: (name: string) => boolean): boolean {
  switch (filter.kind) {
    case 'and':
      return matches(filter.left, object, isExact) && matches(filter.right, object, isExact);
    case 'or':
      return matches(filter.left, object, isExact) || matches(filter.right, object, isExact);
    case 'not':
      return !matches(filter.of, object, isExact);
    case 'test':
      return passes(filter.test, valuesAt(object, filter.path), filter.path.names.some(isExact));
    case 'element': {
      const { of, path, further } = filter;
      const exact = path.names.some(isExact) ? () => true : isExact;
      const elements = listAt(object, path).filter((element) => matches(of, wrap(element), exact));
      if (further === undefined) return elements.length > 0;
      const values = elements.flatMap((element) => read(wrap(element), further.sub) ?? []);
      return passes(further.test, values, exact(further.sub));
    }
  }
}

/** The attributes that an element must have to match; undefined when equality alone does not say it. */
export function impliedElement(filter: Filter): Complex | undefined {
  if (filter.kind === 'test' && filter.test.op === 'eq') {
    const [name] = filter.path.names;
    return name === undefined ? undefined : { [name]: filter.test.value };
  }
  if (filter.kind !== 'and') return undefined;
  const [left, right] = [impliedElement(filter.left), impliedElement(filter.right)];
  return left === undefined || right === undefined ? undefined : { ...left, ...right };
}

const invalid = (text: string): Refusal => new Refusal(400, `Not a filter: ${text}`, 'invalidFilter');

function tokenise(text: string): string[] {
  const tokens: string[] = [];
  for (let at = 0; text.slice(at).trim() !== ''; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(text)?.[1];
    if (token === undefined) throw invalid(text);
    tokens.push(token);
  }
  return tokens;
}

function literal(token: string, text: string): Value {
  try {
    return JSON.parse(/^(true|false|null)$/i.test(token) ? token.toLowerCase() : token);
  } catch {
    throw invalid(text);
  }
}

function attributePath(text: string): AttributePath {
  const end = text.startsWith('urn:') ? text.lastIndexOf(':') : -1;
  const schema = end === -1 ? undefined : text.slice(0, end);
  const names = text.slice(end + 1).split('.');
  if (!names.every((name) => /^[a-z$][\w$-]*$/i.test(name))) throw invalid(text);
  return { schema: schema !== undefined && CORE.test(schema) ? undefined : schema, names };
}

const wrap = (element: Value): Complex => (isComplex(element) ? element : { value: element });

function listAt(object: Complex, { schema, names }: AttributePath): Value[] {
  const [first = '', ...others] = names;
  const container = schema === undefined ? object : read(object, schema);
  const value = isComplex(container) ? (read(container, first) ?? []) : [];
  let values = Array.isArray(value) ? value : [value];
  for (const name of others) values = values.flatMap((value) => (isComplex(value) ? (read(value, name) ?? []) : []));
  return values;
}

/** Of a complex value without a sub-attribute, `value` is compared. */
const valuesAt = (object: Complex, path: AttributePath): Value[] =>
  listAt(object, path).map((value) => (isComplex(value) ? (read(value, 'value') ?? value) : value));

function passes(test: Test, values: readonly Value[], isExact: boolean): boolean {
  if (test.op === 'pr') return values.some((value) => value !== '');
  const { op, value: wanted } = test;
  if (wanted === null) return (op === 'eq') === (values.length === 0);
  if (op === 'ne') return !values.some((value) => holds('eq', value, wanted, isExact));
  return values.some((value) => holds(op, value, wanted, isExact));
}

function holds(op: Operator, value: Value, wanted: Value, isExact: boolean): boolean {
  if (typeof value === 'number' && typeof wanted === 'number') return ordered(op, value, wanted);
  const fold = (one: Value): string => (isExact ? String(one) : String(one).toLowerCase());
  const [left, right] = [fold(value), fold(wanted)];
  if (op === 'co') return left.includes(right);
  if (op === 'sw') return left.startsWith(right);
  if (op === 'ew') return left.endsWith(right);
  return ordered(op, left, right);
}

function ordered<T extends string | number>(op: Operator, left: T, right: T): boolean {
  if (op === 'eq') return left === right;
  if (op === 'gt') return left > right;
  if (op === 'ge') return left >= right;
  return op === 'lt' ? left < right : left <= right;
}

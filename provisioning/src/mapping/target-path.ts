import {
  type Filter,
  type FilterValue,
  fold,
  GROUP_SCHEMA,
  isArray,
  isObject,
  type Json,
  type JsonObject,
  parseFilter,
  USER_SCHEMA,
} from '@rollcall/scim';

/** A target attribute path, taken apart. */
export interface TargetPath {
  /** The URN of the extension's container; undefined for core attributes. */
  readonly extension: string | undefined;
  readonly attribute: string;
  /** `type eq "work"` of a value path: what the element has, and gets when it is made. Undefined without brackets. */
  readonly terms: readonly ElementTerm[] | undefined;
  readonly sub: string | undefined;
  /** As it was written. */
  readonly text: string;
  /** Equal paths have equal keys, however their letters are written. */
  readonly key: string;
}

export interface ElementTerm {
  readonly name: string;
  readonly value: FilterValue;
}

/** Thrown by `parseTargetPath`; the message says what a path looks like. */
export class TargetPathInvalid extends Error {
  override readonly name = 'TargetPathInvalid';
}

const NAME = /^[A-Za-z$][\w$-]*$/;
const CORE_URNS = [USER_SCHEMA, GROUP_SCHEMA].map((urn) => urn.toLowerCase());

// The same few dozen paths come with every object; they are an administrator's, and not many.
const parsed = new Map<string, TargetPath>();
const MAX_PARSED = 2_000;

/**
 * Takes a path apart: `userName`, `name.givenName`, `emails[type eq "work"].value`, each also behind a URN
 * (RFC 7644 §3.10). In brackets stand equalities joined by `and`, because an element is made of them when the target
 * has none. Throws TargetPathInvalid.
 */
export function parseTargetPath(text: string): TargetPath {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  const path = takeApart(text);
  if (parsed.size >= MAX_PARSED) parsed.clear();
  parsed.set(text, path);
  return path;
}

function takeApart(text: string): TargetPath {
  const open = text.indexOf('[');
  const close = text.lastIndexOf(']');
  if (open === -1 ? close !== -1 : close < open) throw invalid(text, 'its brackets do not match');
  const head = open === -1 ? text : text.slice(0, open);
  const { extension, name } = withoutUrn(head);
  const dots = name.split('.');
  const attribute = dots[0] ?? '';
  const sub = open === -1 ? dots[1] : subAfter(text, close);
  if (dots.length > (open === -1 ? 2 : 1)) throw invalid(text, 'it has more than two levels');
  for (const part of sub === undefined ? [attribute] : [attribute, sub]) {
    if (!NAME.test(part)) throw invalid(text, `"${part}" is not the name of an attribute`);
  }
  const terms = open === -1 ? undefined : termsOf(text, text.slice(open + 1, close));
  return { extension, attribute, terms, sub, text, key: keyOf(extension, attribute, terms, sub) };
}

/** The last colon ends a URN: the names of attributes have none, while versions in URNs have dots. */
function withoutUrn(head: string): { extension: string | undefined; name: string } {
  if (!head.toLowerCase().startsWith('urn:')) return { extension: undefined, name: head };
  const colon = head.lastIndexOf(':');
  const urn = head.slice(0, colon);
  const core = CORE_URNS.includes(urn.toLowerCase());
  return { extension: core ? undefined : urn, name: head.slice(colon + 1) };
}

function subAfter(text: string, close: number): string | undefined {
  const rest = text.slice(close + 1);
  if (rest === '') return undefined;
  if (!rest.startsWith('.')) throw invalid(text, 'after the bracket comes a dot and a name');
  return rest.slice(1);
}

function termsOf(text: string, filter: string): readonly ElementTerm[] {
  let read: Filter;
  try {
    read = parseFilter(filter);
  } catch (error) {
    throw invalid(text, error instanceof Error ? error.message : String(error));
  }
  const terms = read.kind === 'and' ? read.filters : [read];
  return terms.map((term) => {
    if (term.kind === 'compare' && term.operator === 'eq' && NAME.test(term.path))
      return { name: term.path, value: term.value };
    throw invalid(text, 'in brackets stands name eq "value", or several of them joined by and');
  });
}

const invalid = (text: string, what: string): TargetPathInvalid =>
  new TargetPathInvalid(
    `"${text.slice(0, 200)}" is not a path like userName, name.givenName, emails[type eq "work"].value: ${what}.`,
  );

function keyOf(
  extension: string | undefined,
  attribute: string,
  terms: readonly ElementTerm[] | undefined,
  sub: string | undefined,
): string {
  const filter = terms?.map(({ name, value }) => `${name} eq ${JSON.stringify(value)}`).toSorted();
  const parts = [extension ?? '', attribute, filter === undefined ? '' : `[${filter.join(' and ')}]`, sub ?? ''];
  return parts.join('|').toLowerCase();
}

/**
 * What a document of the target holds under a path; undefined when it has nothing there. Names and the values in
 * brackets are found in any case. A complex value without sub-attribute gives its `value` (of a manager: the id).
 */
export function readTargetPath(document: JsonObject, path: TargetPath | string): Json | undefined {
  const { extension, attribute, terms, sub } = typeof path === 'string' ? parseTargetPath(path) : path;
  const container = extension === undefined ? document : memberOf(document, extension);
  const value = isObject(container) ? memberOf(container, attribute) : undefined;
  if (terms !== undefined) {
    const element = listOf(value).find((candidate) => isElement(candidate, terms));
    return valueIn(element, sub);
  }
  if (!isArray(value)) return valueIn(value, sub);
  if (sub === undefined) return value;
  return value.flatMap((element) => valueIn(element, sub) ?? []);
}

/**
 * A document that holds `value` under a path and everything else as before; `undefined` takes away what is there.
 * Sub-attributes of the same brackets go into one element, which is made when it is missing and goes when nothing but
 * the brackets' own values is left of it.
 */
export function writeTargetPath(document: JsonObject, path: TargetPath | string, value: Json | undefined): JsonObject {
  const { extension, attribute, terms, sub } = typeof path === 'string' ? parseTargetPath(path) : path;
  const write = (container: JsonObject): JsonObject => {
    const before = memberOf(container, attribute);
    if (terms !== undefined) {
      const elements = withElement(listOf(before), terms, sub, value);
      return withMember(container, attribute, elements.length === 0 ? undefined : elements);
    }
    if (sub === undefined) return withMember(container, attribute, value);
    return withMember(container, attribute, withMember(isObject(before) ? before : {}, sub, value));
  };
  if (extension === undefined) return write(document);
  const container = memberOf(document, extension);
  return withMember(document, extension, write(isObject(container) ? container : {}));
}

function withElement(
  elements: readonly Json[],
  terms: readonly ElementTerm[],
  sub: string | undefined,
  value: Json | undefined,
): readonly Json[] {
  const at = elements.findIndex((element) => isElement(element, terms));
  const found = elements[at];
  const before = isObject(found) ? found : Object.fromEntries(terms.map(({ name, value: term }) => [name, term]));
  const after = sub === undefined ? withMembers(before, value) : withMember(before, sub, value);
  const names = new Set(terms.map(({ name }) => name.toLowerCase()));
  const isBare = value === undefined && Object.keys(after).every((name) => names.has(name.toLowerCase()));
  if (at === -1) return isBare ? elements : [...elements, after];
  return isBare ? elements.toSpliced(at, 1) : elements.with(at, after);
}

function withMembers(element: JsonObject, value: Json | undefined): JsonObject {
  if (value === undefined) return {};
  return isObject(value) ? { ...element, ...value } : withMember(element, 'value', value);
}

/** Without a value, or with none left in it, the member goes. */
function withMember(object: JsonObject, name: string, value: Json | undefined): JsonObject {
  const key = nameIn(object, name) ?? name;
  const isGone = value === undefined || (isObject(value) && Object.keys(value).length === 0);
  if (!isGone) return { ...object, [key]: value };
  return Object.fromEntries(Object.entries(object).filter(([other]) => other !== key));
}

function valueIn(value: Json | undefined, sub: string | undefined): Json | undefined {
  if (!isObject(value)) return sub === undefined || sub.toLowerCase() === 'value' ? value : undefined;
  if (sub !== undefined) return memberOf(value, sub);
  return memberOf(value, 'value') ?? value;
}

function isElement(element: Json, terms: readonly ElementTerm[]): boolean {
  return isObject(element) && terms.every(({ name, value }) => isTerm(memberOf(element, name), value));
}

/** `primary eq "True"` means the boolean; an element without `primary` is not the primary one. */
function isTerm(value: Json | undefined, wanted: FilterValue): boolean {
  if (value === undefined || value === null) return wanted === null;
  return fold(String(value)) === fold(String(wanted));
}

const listOf = (value: Json | undefined): readonly Json[] => (isArray(value) ? value : isObject(value) ? [value] : []);

function memberOf(object: JsonObject, name: string): Json | undefined {
  const key = nameIn(object, name);
  return key === undefined ? undefined : object[key];
}

function nameIn(object: JsonObject, name: string): string | undefined {
  if (Object.hasOwn(object, name)) return name;
  const lower = name.toLowerCase();
  return Object.keys(object).find((key) => key.toLowerCase() === lower);
}

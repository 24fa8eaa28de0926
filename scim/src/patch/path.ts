import { invalidPath } from '../error.ts';
import { bindElementFilter } from '../filter/bind.ts';
import { DEFAULT_FILTER_LIMITS, type FilterLimits, parseFilter } from '../filter/parse.ts';
import { resolveUnqualified } from '../quirks/unqualified-extension-attribute.ts';
import type { Rules } from '../rules.ts';
import type { AttributeDefinition } from '../schema/definition.ts';
import { resolveSubAttribute } from '../schema/resolve.ts';
import type { AttributeReference, ResourceType } from '../schema/resource-type.ts';
import type { PatchTarget } from './operation.ts';
import { seedOf } from './seed.ts';

// ConnId removes members by one long `value eq "a" or value eq "b" …`: 1,000 ids, the `or` and the brackets.
const MEMBER_FILTER_LIMITS: FilterLimits = { length: 100_000, depth: DEFAULT_FILTER_LIMITS.depth, nodes: 1_002 };

const MAX_SHOWN = 200;

/**
 * Resolves a PATCH path (RFC 7644 §3.5.2, Figure 7): `attr`, `attr.sub`, `attr[filter]`, `attr[filter].sub`, each also
 * behind a URN, and the bare URN of an extension. Undefined when it names no attribute of the type.
 *
 * @throws invalidPath for a malformed path, invalidFilter for a malformed filter in it.
 */
export function resolvePath(type: ResourceType, path: string, rules: Rules): PatchTarget | undefined {
  const open = path.indexOf('[');
  if (open !== -1) return resolveValuePath(type, path, open, rules);
  const extension = type.extensionsByUrn.get(path.toLowerCase());
  if (extension !== undefined) return { kind: 'extension', urn: extension.urn, text: extension.urn };
  const reference = resolveUnqualified(type, path, rules);
  if (reference === undefined) return undefined;
  return { kind: 'attribute', reference, filter: undefined, seed: undefined, text: reference.text };
}

/**
 * `tags eq "x"` as the value path it means, `tags[value eq "x"]`: erratum 7122 lets `remove` select values of a simple
 * multi-valued attribute so. Any other path is returned as it is.
 */
export function asValuePath(path: string): string {
  const space = path.indexOf(' ');
  if (space === -1 || path.includes('[')) return path;
  return `${path.slice(0, space)}[value${path.slice(space)}]`;
}

/** Whether a target is the membership of a group, which is rows of the store and not part of the document. */
export function isMembership(type: ResourceType, reference: AttributeReference): boolean {
  return type.hasMembers && isCore(reference, 'members');
}

/** Whether a target is the core or common attribute of that name. */
export function isCore(reference: AttributeReference, name: string): boolean {
  return reference.extension === undefined && reference.attribute.name === name;
}

/** A client's text as an error shows it. */
export function shown(text: string): string {
  return text.length <= MAX_SHOWN ? text : `${text.slice(0, MAX_SHOWN).toWellFormed()}…`;
}

function resolveValuePath(type: ResourceType, path: string, open: number, rules: Rules): PatchTarget | undefined {
  const close = closingBracket(path, open);
  if (close === -1) throw invalidPath(`path '${shown(path)}' has no ']' for its '['.`);
  const parent = resolveUnqualified(type, path.slice(0, open), rules);
  if (parent === undefined) return undefined;
  if (parent.sub !== undefined || !parent.attribute.multiValued) {
    throw invalidPath(`'${parent.text}' has a single value, so that no filter can follow it; use the plain path.`);
  }
  const limits = isMembership(type, parent) ? MEMBER_FILTER_LIMITS : DEFAULT_FILTER_LIMITS;
  const parsed = parseFilter(path.slice(0, close + 1), limits, rules);
  if (parsed.kind !== 'element') throw malformed(path);
  const filter = bindElementFilter(parsed.filter, parent, rules);
  // Binding the filter has left the notes already.
  const seed = seedOf(parsed.filter, parent.attribute, { ...rules, notes: [] });
  const sub = trailingSubAttribute(parent.attribute, path, close);
  const reference = sub === undefined ? parent : { ...parent, sub, text: `${parent.text}.${sub.name}` };
  return { kind: 'attribute', reference, filter, seed, text: shown(path) };
}

function trailingSubAttribute(
  attribute: AttributeDefinition,
  path: string,
  close: number,
): AttributeDefinition | undefined {
  const rest = path.slice(close + 1);
  if (rest === '') return undefined;
  if (!rest.startsWith('.')) throw malformed(path);
  const sub = resolveSubAttribute(attribute, rest.slice(1));
  if (sub === undefined) throw invalidPath(`'${attribute.name}' has no sub-attribute '${shown(rest.slice(1))}'.`);
  return sub;
}

/** The `]` that ends the filter: one inside a quoted string does not. */
function closingBracket(path: string, open: number): number {
  let quoted = false;
  for (let at = open + 1; at < path.length; at += 1) {
    const character = path.charAt(at);
    if (quoted && character === '\\') at += 1;
    else if (character === '"') quoted = !quoted;
    else if (character === ']' && !quoted) return at;
  }
  return -1;
}

function malformed(path: string) {
  return invalidPath(
    `path '${shown(path)}' must be an attribute, attribute[filter] or attribute[filter].sub-attribute.`,
  );
}

import {
  type AttributeReference,
  type AttributeType,
  type BoundFilter,
  bindElementFilter,
  isArray,
  isObject,
  type Json,
  type JsonObject,
  matchesElement,
  parseFilter,
  type ResourceType,
  type Rules,
  resolveAttribute,
  resolveSubAttribute,
  ScimError,
} from '@rollcall/scim';
import type { ObjectType, SourceObject } from '../source.ts';
import { ALIASES, type Alias, aliasOf } from './aliases.ts';
import type { ExpressionValue } from './expression/index.ts';
import { nearestName } from './expression/nearest-name.ts';

/** An attribute of the directory that a mapping or a scoping filter names. */
export interface SourceAttribute {
  /** As it was named. */
  readonly name: string;
  readonly type: AttributeType;
  /** Whether it may have several values. */
  readonly multiValued: boolean;
  /** Whether it is computed from the scope (IsSoftDeleted). */
  readonly ofScope: boolean;
  /** Whether its value is the id of an object of the directory (manager). */
  readonly ofObject: boolean;
  /** Null when the object has no value. Several values come as a list of texts. */
  read(object: SourceObject, softDeleted: boolean): ExpressionValue;
}

/** Thrown by `compileSourceAttribute`; the message says why, and what was probably meant. */
export class SourceAttributeUnknown extends Error {
  override readonly name = 'SourceAttributeUnknown';
}

// What the directory's documents do not have, or what must not leave it.
const HIDDEN = new Set(['meta', 'groups', 'members', 'password', 'schemas']);

/**
 * Finds the attribute that a mapping names: one of Entra's names, or a SCIM path of the directory (`title`,
 * `name.familyName`, `emails[type eq "work"].value`, an extension's attribute with or without its URN). A path with
 * brackets gives a single value as such and several as a list; one without gives a list. Throws SourceAttributeUnknown.
 */
export function compileSourceAttribute(name: string, type: ObjectType, resourceType: ResourceType): SourceAttribute {
  const alias = aliasOf(type, name);
  return alias === undefined ? compilePath(name, name, type, resourceType) : compileAlias(name, alias, resourceType);
}

function compileAlias(name: string, { meaning, type }: Alias, resourceType: ResourceType): SourceAttribute {
  const plain = { name, type: 'string' as const, multiValued: false, ofScope: false, ofObject: false };
  switch (meaning.kind) {
    case 'path':
      return compilePath(name, meaning.path, type, resourceType);
    case 'element':
      return { ...plain, read: elementReader(meaning, resourceType) };
    case 'userPrincipalName':
      return { ...plain, read: ({ document }) => unguested(textOf(document.userName)) };
    case 'mailNickname':
      return { ...plain, read: ({ document }) => textOf(document.userName)?.replace(/@.*$/s, '') ?? null };
    case 'appRoleAssignments':
      return { ...plain, type: 'complex', multiValued: true, read: ({ document }) => rolesOf(document.roles) };
    case 'isSoftDeleted':
      return { ...plain, type: 'boolean', ofScope: true, read: (_object, softDeleted) => softDeleted };
  }
}

/** Entra shows a guest's name as the address that it was made of; the last underscore stands for the @. */
function unguested(userName: string | null): string | null {
  const guest = /^(.*)_([^_]*)#EXT#@.*$/is.exec(userName ?? '');
  return guest === null ? userName : `${guest[1]}@${guest[2]}`;
}

function rolesOf(roles: Json | undefined): ExpressionValue {
  if (!isArray(roles) || roles.length === 0) return null;
  return roles.filter(isObject).map((role) => {
    const record: Record<string, string | number | boolean> = {};
    for (const name of ['value', 'display', 'type', 'primary']) {
      const value = scalar(memberOf(role, name));
      if (value !== null) record[name] = value;
    }
    return record;
  });
}

const textOf = (value: Json | undefined): string | null => (typeof value === 'string' && value !== '' ? value : null);

function elementReader(
  { attribute, filters, sub }: { attribute: string; filters: readonly string[]; sub: string },
  resourceType: ResourceType,
): SourceAttribute['read'] {
  const parent = resolveAttribute(resourceType, attribute, { guessExtension: false });
  if (parent === undefined) return () => null;
  const bound = filters.map((filter) => bindElementFilter(parseFilter(filter), parent, strict()));
  return ({ document }) => {
    const elements = document[attribute];
    if (!isArray(elements)) return null;
    for (const filter of bound) {
      const found = elements.find((element) => matchesElement(filter, element));
      if (found !== undefined) return scalar(memberOf(found, sub));
    }
    return null;
  };
}

function compilePath(name: string, path: string, type: ObjectType, resourceType: ResourceType): SourceAttribute {
  const open = path.indexOf('[');
  const { reference, filter } =
    open === -1
      ? { reference: resolve(path, type, resourceType), filter: undefined }
      : resolveValuePath(path, open, type, resourceType);
  const sub = reference.sub ?? ownValue(reference, path);
  const { attribute } = reference;
  const definition = sub ?? attribute;
  return {
    name,
    type: definition.type,
    multiValued: attribute.multiValued && filter === undefined,
    ofScope: false,
    ofObject: isManager(reference),
    read: ({ document }) => valueAt(document, { ...reference, sub }, filter),
  };
}

/** The one reference to another object that SCIM defines for a user (RFC 7643 §4.3). */
function isManager({ attribute, sub }: AttributeReference): boolean {
  return attribute.name === 'manager' && attribute.type === 'complex' && (sub === undefined || sub.name === 'value');
}

/** A complex attribute without sub-attribute means its `value`. */
function ownValue({ attribute }: AttributeReference, path: string): AttributeReference['sub'] {
  if (attribute.type !== 'complex') return undefined;
  const value = resolveSubAttribute(attribute, 'value');
  if (value !== undefined) return value;
  const parts = (attribute.subAttributes ?? []).map((sub) => `${attribute.name}.${sub.name}`).join(', ');
  throw new SourceAttributeUnknown(`"${path}" has parts: write one of ${parts}.`);
}

function resolve(path: string, type: ObjectType, resourceType: ResourceType): AttributeReference {
  const reference = resolveAttribute(resourceType, path, { guessExtension: true });
  if (reference !== undefined && !HIDDEN.has(reference.attribute.name)) return reference;
  if (reference !== undefined) {
    throw new SourceAttributeUnknown(`"${path}" is not available to mappings.`);
  }
  const meant = nearestName(path, namesOf(type, resourceType));
  const hint = meant === undefined ? '' : ` Did you mean ${meant}?`;
  throw new SourceAttributeUnknown(`The directory has no attribute "${path}" of a ${type}.${hint}`);
}

/** Every name that a mapping can be written with, but for paths with brackets: Entra's and the directory's. */
export function namesOf(type: ObjectType, { attributes, extensions }: ResourceType): readonly string[] {
  const names = ALIASES.filter((alias) => alias.type === type).map(({ name }) => name);
  for (const attribute of attributes.values()) {
    if (HIDDEN.has(attribute.name)) continue;
    if (attribute.type !== 'complex' || attribute.multiValued) names.push(attribute.name);
    for (const sub of attribute.subAttributes ?? []) names.push(`${attribute.name}.${sub.name}`);
  }
  for (const { schema } of extensions) names.push(...schema.attributes.map((attribute) => attribute.name));
  return names;
}

function resolveValuePath(
  path: string,
  open: number,
  type: ObjectType,
  resourceType: ResourceType,
): { reference: AttributeReference; filter: BoundFilter } {
  const close = path.lastIndexOf(']');
  const parent = resolve(path.slice(0, open), type, resourceType);
  if (close < open || parent.sub !== undefined || !parent.attribute.multiValued) {
    throw new SourceAttributeUnknown(`"${path}" is not a path like emails[type eq "work"].value.`);
  }
  const filter = boundFilter(path.slice(open + 1, close), parent);
  const rest = path.slice(close + 1);
  if (rest === '') return { reference: parent, filter };
  const sub = rest.startsWith('.') ? resolveSubAttribute(parent.attribute, rest.slice(1)) : undefined;
  if (sub === undefined) {
    throw new SourceAttributeUnknown(`${parent.attribute.name} has no sub-attribute "${rest.replace(/^\./, '')}".`);
  }
  return { reference: { ...parent, sub }, filter };
}

function boundFilter(text: string, parent: AttributeReference): BoundFilter {
  try {
    return bindElementFilter(parseFilter(text), parent, strict());
  } catch (error) {
    if (error instanceof ScimError) throw new SourceAttributeUnknown(error.message);
    throw error;
  }
}

const strict = (): Rules => ({ compatibility: 'strict', notes: [] });

function valueAt(
  document: JsonObject,
  { extension, attribute, sub }: AttributeReference,
  filter: BoundFilter | undefined,
): ExpressionValue {
  const value = memberOf(extension === undefined ? document : memberOf(document, extension), attribute.name);
  const inside = (element: Json): Json | undefined => (sub === undefined ? element : memberOf(element, sub.name));
  if (!attribute.multiValued) return value === undefined ? null : scalar(inside(value));
  if (!isArray(value)) return null;
  const elements = filter === undefined ? value : value.filter((element) => matchesElement(filter, element));
  const texts = elements.flatMap((element) => listed(scalar(inside(element))));
  if (filter !== undefined && texts.length === 1) return texts[0] ?? null;
  return texts.length === 0 ? null : texts;
}

const listed = (value: string | number | boolean | null): readonly string[] => {
  if (typeof value === 'boolean') return [value ? 'True' : 'False'];
  return value === null ? [] : [String(value)];
};

function scalar(value: Json | undefined): string | number | boolean | null {
  if (value === undefined || value === null || value === '') return null;
  return typeof value === 'object' ? null : value;
}

function memberOf(value: Json | undefined, name: string): Json | undefined {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

import {
  type AttributeReference,
  type BoundFilter,
  bindElementFilter,
  isArray,
  type Json,
  type JsonObject,
  matchesElement,
  parseFilter,
  type ResourceType,
  resolveAttribute,
  resolveSubAttribute,
  ScimError,
} from '@rollcall/scim';
import type { ObjectType } from '../source.ts';
import { HIDDEN, namesOf } from './attribute-names.ts';
import type { ExpressionValue } from './expression/index.ts';
import { nearestName } from './expression/nearest-name.ts';
import { memberOf, scalar } from './scalar.ts';
import { type SourceAttribute, SourceAttributeUnknown } from './source-attribute.ts';

/** Finds the attribute that a SCIM path names; `name` is what the mapping calls it. Throws SourceAttributeUnknown. */
export function compileSourcePath(
  name: string,
  path: string,
  type: ObjectType,
  resourceType: ResourceType,
): SourceAttribute {
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
    return bindElementFilter(parseFilter(text), parent, { compatibility: 'strict', notes: [] });
  } catch (error) {
    if (error instanceof ScimError) throw new SourceAttributeUnknown(error.message);
    throw error;
  }
}

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

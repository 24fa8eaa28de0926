import { isArray, isObject, type Json, type JsonObject } from '../json.ts';
import type { AttributeDefinition } from '../schema/definition.ts';
import { subAttributesOf } from '../schema/resolve.ts';
import type { ExtensionAttributes, ResourceType } from '../schema/resource-type.ts';
import { returnedOf } from '../schema/visibility.ts';
import type { Projection } from './projection.ts';

/** What a request selects, and what of a write's attributes its client specified. */
interface Selection {
  readonly projection: Projection;
  readonly requested: ReadonlySet<string>;
  /** The extension that the attribute in hand lives in. */
  readonly extension: string | undefined;
}

const NOTHING: ReadonlySet<string> = new Set();
const namesByType = new WeakMap<ResourceType, ReadonlySet<string>>();

/**
 * The part of a resource that an answer shows (RFC 7644 §3.9, RFC 7643 §7 `returned`). `requested` are the canonical
 * names that the client specified in the write being answered; there `returned: request` attributes are shown. What no
 * schema knows is never shown: it can be the rest of an extension that was removed.
 */
export function project(
  type: ResourceType,
  resource: JsonObject,
  projection: Projection,
  requested: ReadonlySet<string> = NOTHING,
): JsonObject {
  if (projection.kind === 'all' && !type.hasHiddenAttributes && isKnown(type, resource)) return resource;
  const result: Record<string, Json> = {};
  for (const [name, value] of Object.entries(resource)) {
    const extension = type.extensionsByUrn.get(name.toLowerCase());
    const selection = { projection, requested, extension: extension?.urn };
    const shown =
      extension === undefined
        ? projectAttribute(type.attributes.get(name.toLowerCase()), name, value, selection)
        : projectContainer(extension, value, selection);
    if (shown !== undefined) result[name] = shown;
  }
  return result;
}

/** Whether an answer can show a group's members or a user's groups, so that others need not be loaded. */
export function needs(type: ResourceType, projection: Projection): { members: boolean; groups: boolean } {
  const shows = (name: string): boolean => {
    const definition = type.attributes.get(name);
    const selection = { projection, requested: NOTHING, extension: undefined };
    return definition !== undefined && isShown(definition, name, selection);
  };
  return { members: type.hasMembers && shows('members'), groups: type.hasGroups && shows('groups') };
}

function projectContainer(extension: ExtensionAttributes, value: Json, selection: Selection): JsonObject | undefined {
  if (!isObject(value)) return undefined;
  const result: Record<string, Json> = {};
  for (const [name, given] of Object.entries(value)) {
    const definition = extension.attributes.get(name.toLowerCase());
    const shown = projectAttribute(definition, `${extension.urn}:${name}`, given, selection);
    if (shown !== undefined) result[name] = shown;
  }
  return Object.keys(result).length === 0 ? undefined : result;
}

function projectAttribute(
  definition: AttributeDefinition | undefined,
  text: string,
  value: Json,
  selection: Selection,
): Json | undefined {
  if (definition === undefined || !isShown(definition, text, selection)) return undefined;
  if (!isNarrowed(definition, text, selection)) return value;
  if (!isArray(value)) return projectElement(definition, text, value, selection);
  const elements = value
    .map((element) => projectElement(definition, text, element, selection))
    .filter((element) => element !== undefined);
  return elements.length === 0 && value.length > 0 ? undefined : elements;
}

function projectElement(
  definition: AttributeDefinition,
  text: string,
  element: Json,
  selection: Selection,
): Json | undefined {
  if (!isObject(element)) return element;
  const result: Record<string, Json> = {};
  const subAttributes = subAttributesOf(definition);
  for (const [name, value] of Object.entries(element)) {
    const sub = subAttributes.get(name.toLowerCase());
    if (sub !== undefined && isSubShown(sub, text, selection)) result[name] = value;
  }
  return Object.keys(result).length === 0 ? undefined : result;
}

function isShown(definition: AttributeDefinition, text: string, selection: Selection): boolean {
  const { projection, requested, extension } = selection;
  const returned = returnedOf(definition);
  if (returned === 'always' || returned === 'never') return returned === 'always';
  if (projection.kind === 'only') {
    if (projection.attributes.has(text) || projection.subAttributes.has(text)) return true;
    return returned === 'default' && extension !== undefined && projection.attributes.has(extension);
  }
  if (returned === 'request' && !requested.has(text)) return false;
  if (projection.kind === 'all') return true;
  return !projection.attributes.has(text) && !(extension !== undefined && projection.attributes.has(extension));
}

function isSubShown(sub: AttributeDefinition, parent: string, selection: Selection): boolean {
  const { projection, requested } = selection;
  const returned = returnedOf(sub);
  if (returned === 'always' || returned === 'never') return returned === 'always';
  const listed = projection.kind === 'all' ? undefined : projection.subAttributes.get(parent);
  if (projection.kind === 'only') {
    return listed?.has(sub.name) || (returned === 'default' && !isListOfParts(projection, parent, selection));
  }
  if (returned === 'request' && !requested.has(`${parent}.${sub.name}`)) return false;
  return !listed?.has(sub.name);
}

/** Whether `attributes` names sub-attributes of the attribute and not, besides, the whole of it. */
function isListOfParts(
  projection: Exclude<Projection, { kind: 'all' }>,
  parent: string,
  { extension }: Selection,
): boolean {
  if (projection.attributes.has(parent)) return false;
  if (extension !== undefined && projection.attributes.has(extension)) return false;
  return projection.subAttributes.has(parent);
}

/** Whether some sub-attributes of a shown attribute may be left out. */
function isNarrowed(definition: AttributeDefinition, text: string, { projection }: Selection): boolean {
  if (projection.kind !== 'all' && projection.subAttributes.has(text)) return true;
  return definition.subAttributes?.some((sub) => returnedOf(sub) === 'never' || returnedOf(sub) === 'request') ?? false;
}

function isKnown(type: ResourceType, resource: JsonObject): boolean {
  const names = knownNames(type);
  for (const name of Object.keys(resource)) {
    if (!names.has(name)) return false;
    if (!name.includes(':')) continue;
    const container = resource[name];
    if (!isObject(container) || !Object.keys(container).every((inner) => names.has(`${name}:${inner}`))) return false;
  }
  return true;
}

function knownNames(type: ResourceType): ReadonlySet<string> {
  const known = namesByType.get(type);
  if (known !== undefined) return known;
  const made = new Set([...type.attributes.values()].map(({ name }) => name));
  for (const { urn, attributes } of type.extensionsByUrn.values()) {
    made.add(urn);
    for (const { name } of attributes.values()) made.add(`${urn}:${name}`);
  }
  namesByType.set(type, made);
  return made;
}

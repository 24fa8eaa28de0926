import type { AttributeDefinition } from './definition.ts';
import type { AttributeReference, ExtensionAttributes, ResourceType } from './resource-type.ts';

interface Names {
  /** Every way to write an attribute that leaves no doubt, in lower case. */
  readonly certain: ReadonlyMap<string, AttributeReference>;
  /** Unqualified names of extension attributes that only one extension has, in lower case. */
  readonly guessed: ReadonlyMap<string, AttributeReference>;
}

// All names of a type are written down once (about 350 for User), so that a lookup is one lower-casing and one Map
// access, and no text of a client is ever kept.
const namesByType = new WeakMap<ResourceType, Names>();
const subAttributesByParent = new WeakMap<AttributeDefinition, ReadonlyMap<string, AttributeDefinition>>();
const noSubAttributes: ReadonlyMap<string, AttributeDefinition> = new Map();

/**
 * Finds the attribute that `text` names in a resource type (RFC 7644 §3.10): `userName`, `name.familyName`, the same
 * behind the URN of the core schema or of an extension, in any case. A dot is accepted instead of the colon after a
 * URN, as Entra's retired jobs send it. `guessExtension` also finds `department` when only one extension has it.
 * Undefined when there is no such attribute.
 */
export function resolveAttribute(
  type: ResourceType,
  text: string,
  options: { readonly guessExtension: boolean },
): AttributeReference | undefined {
  const names = namesOf(type);
  const name = text.toLowerCase();
  return names.certain.get(name) ?? (options.guessExtension ? names.guessed.get(name) : undefined);
}

/** The sub-attribute of that name in any case; undefined when there is none or the parent is not complex. */
export function resolveSubAttribute(parent: AttributeDefinition, name: string): AttributeDefinition | undefined {
  return subAttributesOf(parent).get(name.toLowerCase());
}

/** The sub-attributes of a complex attribute by lower-case name. */
export function subAttributesOf(parent: AttributeDefinition): ReadonlyMap<string, AttributeDefinition> {
  if (parent.subAttributes === undefined) return noSubAttributes;
  const known = subAttributesByParent.get(parent);
  if (known !== undefined) return known;
  const made = new Map(parent.subAttributes.map((sub) => [sub.name.toLowerCase(), sub]));
  subAttributesByParent.set(parent, made);
  return made;
}

function namesOf(type: ResourceType): Names {
  const known = namesByType.get(type);
  if (known !== undefined) return known;
  const made = { certain: certainNames(type), guessed: guessedNames(type) };
  namesByType.set(type, made);
  return made;
}

function certainNames(type: ResourceType): Map<string, AttributeReference> {
  const names = new Map<string, AttributeReference>();
  // A URN can be the beginning of another: the longest is read first, and the first reading of a text stands.
  const byLength = [...type.extensionsByUrn.values()].toSorted((a, b) => b.urn.length - a.urn.length);
  for (const extension of byLength) {
    for (const reference of extensionReferences(extension)) addNames(names, extension.urn, reference);
  }
  for (const reference of references(type.attributes.values(), undefined)) {
    addNames(names, type.schema.id, reference);
    names.set(reference.text.toLowerCase(), reference);
  }
  return names;
}

function addNames(names: Map<string, AttributeReference>, urn: string, reference: AttributeReference): void {
  const path = pathOf(reference).toLowerCase();
  for (const separator of [':', '.']) {
    const name = `${urn.toLowerCase()}${separator}${path}`;
    if (!names.has(name)) names.set(name, reference);
  }
}

function guessedNames(type: ResourceType): Map<string, AttributeReference> {
  const names = new Map<string, AttributeReference>();
  const ambiguous = new Set<string>();
  for (const extension of type.extensionsByUrn.values()) {
    for (const reference of extensionReferences(extension)) {
      const name = pathOf(reference).toLowerCase();
      if (names.has(name)) ambiguous.add(name);
      names.set(name, reference);
    }
  }
  for (const name of ambiguous) names.delete(name);
  return names;
}

function pathOf(reference: AttributeReference): string {
  return reference.sub === undefined ? reference.attribute.name : `${reference.attribute.name}.${reference.sub.name}`;
}

function extensionReferences(extension: ExtensionAttributes): AttributeReference[] {
  return references(extension.attributes.values(), extension.urn);
}

/** References to attributes and to each of their sub-attributes, in canonical spelling. */
export function references(
  attributes: Iterable<AttributeDefinition>,
  extension: string | undefined,
): AttributeReference[] {
  const prefix = extension === undefined ? '' : `${extension}:`;
  const found: AttributeReference[] = [];
  for (const attribute of attributes) {
    const text = `${prefix}${attribute.name}`;
    found.push({ extension, attribute, sub: undefined, text });
    for (const sub of attribute.subAttributes ?? []) {
      found.push({ extension, attribute, sub, text: `${text}.${sub.name}` });
    }
  }
  return found;
}

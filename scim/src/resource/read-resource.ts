import { invalidSyntax, invalidValue } from '../error.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import type { Member } from '../patch/operation.ts';
import { bodyMembers } from '../quirks/core-under-urn.ts';
import { checkSchemas } from '../quirks/legacy-schemas.ts';
import { attributeOfKey } from '../quirks/qualified-key.ts';
import { ignoreUnknown } from '../quirks/unknown-attribute.ts';
import type { Rules } from '../rules.ts';
import type { AttributeDefinition } from '../schema/definition.ts';
import { isPassword } from '../schema/password.ts';
import type { AttributeReference, ExtensionAttributes, ResourceType } from '../schema/resource-type.ts';
import { readValue } from '../value/read-value.ts';
import { readMembers } from './read-members.ts';

/** What a body says of a resource, checked and in canonical spelling. */
export interface ReadResource {
  /** `schemas`, core attributes in the order sent, extension containers; nothing that the server or the store owns. */
  readonly document: JsonObject;
  /** The members of a group; undefined when the body does not mention them. */
  readonly members: readonly Member[] | undefined;
}

/**
 * Reads the body of a POST or PUT (RFC 7644 §3.3, §3.5.1). Names match in any case; readOnly attributes and unknown ones
 * are ignored; null and `[]` are no value; passwords are checked and dropped. Throws `invalidSyntax` for what is no
 * resource at all and `invalidValue` for a value that its attribute cannot have. Whether required attributes are there
 * is for `validateDocument`.
 */
export function readResource(type: ResourceType, body: Json, rules: Rules): ReadResource {
  if (!isObject(body)) throw invalidSyntax('The body must be a JSON object.');
  const document: Record<string, Json> = { schemas: [] };
  const containers = new Map<string, JsonObject>();
  const qualified: { reference: AttributeReference; value: Json }[] = [];
  const seen = new Set<string>();
  let members: readonly Member[] | undefined;
  let schemas: Json | undefined;
  for (const [name, value] of bodyMembers(type, body, rules)) {
    const lower = name.toLowerCase();
    if (seen.has(lower)) throw invalidSyntax(`'${name.slice(0, 200)}' is given twice, in different case or place.`);
    seen.add(lower);
    const definition = type.attributes.get(lower);
    if (definition !== undefined) {
      if (definition.name === 'schemas') schemas = value;
      else if (type.hasMembers && lower === 'members') members = readMembers(definition, value, rules, 'members');
      else assign(document, definition, value, rules, definition.name);
      continue;
    }
    const extension = type.extensionsByUrn.get(lower);
    if (extension !== undefined) {
      const container = readContainer(extension, value, rules);
      if (container !== undefined) containers.set(extension.urn, container);
      continue;
    }
    const reference = attributeOfKey(type, name, rules);
    if (reference === undefined) ignoreUnknown(rules, name);
    else qualified.push({ reference, value });
  }
  checkSchemas(type, schemas, rules);
  for (const { reference, value } of qualified) placeQualified(document, containers, reference, value, rules);
  for (const [urn, container] of containers) document[urn] = container;
  document.schemas = [type.schema.id, ...containers.keys()];
  return { document, members };
}

function assign(
  target: Record<string, Json>,
  definition: AttributeDefinition,
  value: Json,
  rules: Rules,
  where: string,
): void {
  if (definition.mutability === 'readOnly') return;
  const read = readValue(definition, value, rules, where);
  if (read === undefined || isPassword(definition)) return;
  target[definition.name] = read;
}

function readContainer(extension: ExtensionAttributes, value: Json, rules: Rules): JsonObject | undefined {
  if (value === null) return undefined;
  if (!isObject(value))
    throw invalidValue(`'${extension.urn}' must be an object with the attributes of the extension.`);
  const container: Record<string, Json> = {};
  const seen = new Set<string>();
  for (const [name, given] of Object.entries(value)) {
    const lower = name.toLowerCase();
    if (seen.has(lower))
      throw invalidSyntax(`'${extension.urn}:${name.slice(0, 200)}' is given twice, in different case.`);
    seen.add(lower);
    const definition = extension.attributes.get(lower);
    if (definition === undefined) ignoreUnknown(rules, `${extension.urn}:${name}`);
    else assign(container, definition, given, rules, `${extension.urn}:${definition.name}`);
  }
  return Object.keys(container).length === 0 ? undefined : container;
}

function placeQualified(
  document: Record<string, Json>,
  containers: Map<string, JsonObject>,
  { extension, attribute, sub, text }: AttributeReference,
  value: Json,
  rules: Rules,
): void {
  const target: Record<string, Json> = extension === undefined ? document : { ...containers.get(extension) };
  const known = target[attribute.name];
  if (sub === undefined ? known !== undefined : isObject(known) && known[sub.name] !== undefined) {
    throw invalidSyntax(`${text} is given twice: in its place and under its full name.`);
  }
  assign(
    target,
    attribute,
    sub === undefined ? value : { ...(isObject(known) ? known : {}), [sub.name]: value },
    rules,
    text,
  );
  if (extension !== undefined && target[attribute.name] !== undefined) containers.set(extension, target);
}

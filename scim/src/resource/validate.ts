import { invalidValue } from '../error.ts';
import { isArray, isObject, type Json, type JsonObject } from '../json.ts';
import type { AttributeDefinition } from '../schema/definition.ts';
import { isPassword } from '../schema/password.ts';
import type { ResourceType } from '../schema/resource-type.ts';
import { checkOnePrimary } from '../value/one-primary.ts';
import { MAX_VALUES } from '../value/read-value.ts';

/** What a client was doing when the document came about; it decides what an error advises. */
export type WriteMode = 'create' | 'replace' | 'patch';

const ADVICE: Readonly<Record<WriteMode, string>> = {
  create: 'send it with a value',
  replace: 'a PUT must send every required attribute',
  patch: 'it must keep a value',
};

interface Checks {
  readonly required: readonly AttributeDefinition[];
  readonly multiValued: readonly AttributeDefinition[];
  /** Complex attributes with required sub-attributes. */
  readonly demanding: readonly AttributeDefinition[];
}

const checksByAttributes = new WeakMap<ReadonlyMap<string, AttributeDefinition>, Checks>();

/**
 * Checks a whole document before it is stored: required attributes and sub-attributes have a value that is not blank,
 * required extensions are there, at most one element is primary (RFC 7643 §2.2, §2.4, §6). Values are taken to have
 * their types already. Throws `invalidValue` naming the attribute.
 */
export function validateDocument(type: ResourceType, document: JsonObject, mode: WriteMode): void {
  checkAttributes(type.attributes, document, '', mode);
  for (const { urn, required, attributes } of type.extensionsByUrn.values()) {
    const container = document[urn];
    if (isObject(container)) checkAttributes(attributes, container, `${urn}:`, mode);
    else if (required) refuseMissing(attributes, urn, mode);
  }
}

function checkAttributes(
  attributes: ReadonlyMap<string, AttributeDefinition>,
  holder: JsonObject,
  prefix: string,
  mode: WriteMode,
): void {
  const checks = checksOf(attributes);
  for (const { name } of checks.required) {
    if (isBlank(holder[name])) throw invalidValue(`${prefix}${name} is required; ${ADVICE[mode]}.`);
  }
  for (const { name } of checks.multiValued) {
    const values = holder[name];
    if (!isArray(values)) continue;
    if (values.length > MAX_VALUES) throw invalidValue(`${prefix}${name} has more than ${MAX_VALUES} values.`);
    checkOnePrimary(values, `${prefix}${name}`);
  }
  for (const definition of checks.demanding) checkSubAttributes(definition, holder[definition.name], prefix, mode);
}

function checkSubAttributes(
  definition: AttributeDefinition,
  value: Json | undefined,
  prefix: string,
  mode: WriteMode,
): void {
  for (const element of isArray(value) ? value : [value]) {
    if (!isObject(element)) continue;
    const missing = definition.subAttributes?.find((sub) => isDemanded(sub) && isBlank(element[sub.name]));
    if (missing === undefined) continue;
    throw invalidValue(`${prefix}${definition.name}.${missing.name} is required; ${ADVICE[mode]}.`);
  }
}

function refuseMissing(attributes: ReadonlyMap<string, AttributeDefinition>, urn: string, mode: WriteMode): void {
  checkAttributes(attributes, {}, `${urn}:`, mode);
  throw invalidValue(`Extension '${urn}' is required; give at least one of its attributes a value.`);
}

function checksOf(attributes: ReadonlyMap<string, AttributeDefinition>): Checks {
  const known = checksByAttributes.get(attributes);
  if (known !== undefined) return known;
  const definitions = [...attributes.values()].filter(({ name }) => name !== 'schemas');
  const made = {
    required: definitions.filter(isDemanded),
    multiValued: definitions.filter(({ multiValued }) => multiValued),
    demanding: definitions.filter(({ subAttributes }) => subAttributes?.some(isDemanded) ?? false),
  };
  checksByAttributes.set(attributes, made);
  return made;
}

/** Whether clients must give a value: not where only the server can, nor where it is dropped at once. */
function isDemanded(definition: AttributeDefinition): boolean {
  return definition.required && definition.mutability !== 'readOnly' && !isPassword(definition);
}

function isBlank(value: Json | undefined): boolean {
  return value === undefined || (typeof value === 'string' && value.trim() === '');
}

import { invalidSyntax, invalidValue } from '../error.ts';
import { isArray, isObject, type Json, type JsonObject } from '../json.ts';
import { onlyValue } from '../quirks/array-of-one.ts';
import { arrayOfLoneValue } from '../quirks/lone-value.ts';
import { clearsReference, objectOfString } from '../quirks/manager-as-string.ts';
import { liftStringifiedRole } from '../quirks/stringified-role.ts';
import { ignoreUnknown } from '../quirks/unknown-attribute.ts';
import { elementOfString } from '../quirks/value-as-string.ts';
import type { Rules } from '../rules.ts';
import type { AttributeDefinition } from '../schema/definition.ts';
import { subAttributesOf } from '../schema/resolve.ts';
import { checkOnePrimary } from './one-primary.ts';
import { readSimpleValue } from './read-simple-value.ts';
import { withoutRepeated } from './repeated.ts';

/** How many values an attribute of a document may have; a group's members are no part of it. */
export const MAX_VALUES = 1_000;

/**
 * Checks a value against its attribute and returns it in canonical form: names in the schema's spelling, values as
 * sent, nothing unassigned in it. Undefined means unassigned: null, `[]`, an object of nulls (RFC 7643 §2.5). Unknown
 * and readOnly sub-attributes are dropped. Throws `invalidValue`, or `invalidSyntax` for a name given twice; `where`
 * begins every detail.
 *
 * A multi-valued attribute takes an array; a lone value only with tolerant rules. Callers that may take one by the
 * standard (PATCH, RFC 7644 §3.5.2) wrap it first.
 */
export function readValue(definition: AttributeDefinition, value: Json, rules: Rules, where: string): Json | undefined {
  if (value === null) return undefined;
  return definition.multiValued
    ? readValues(definition, value, rules, where)
    : readSingleValue(definition, value, rules, where);
}

function readValues(
  definition: AttributeDefinition,
  value: Json,
  rules: Rules,
  where: string,
): readonly Json[] | undefined {
  const given = isArray(value) ? value : arrayOfLoneValue(value, rules, where);
  if (given === undefined) throw invalidValue(`${where} must be an array of values.`);
  if (given.length > MAX_VALUES) throw invalidValue(`${where} has more than ${MAX_VALUES} values.`);
  const elements: Json[] = [];
  for (const [index, element] of given.entries()) {
    const read = readElement(definition, element, rules, `${where}[${index}]`);
    if (read !== undefined) elements.push(read);
  }
  if (elements.length === 0) return undefined;
  const kept = withoutRepeated(definition, elements);
  checkOnePrimary(kept, where);
  return kept;
}

/** The same as `readValue` for one value of a multi-valued attribute. */
export function readElement(
  definition: AttributeDefinition,
  value: Json,
  rules: Rules,
  where: string,
): Json | undefined {
  if (value === null) return undefined;
  if (definition.type !== 'complex') return readSimpleValue(definition, value, rules, where);
  if (value === '' && rules.compatibility === 'tolerant') return undefined;
  const given = typeof value === 'string' ? elementOfString(definition, value, rules, where) : value;
  if (!isObject(given)) throw invalidValue(`${where} must be an object.`);
  return liftStringifiedRole(definition, readComplex(definition, given, rules, where), rules, where);
}

function readSingleValue(definition: AttributeDefinition, value: Json, rules: Rules, where: string): Json | undefined {
  const given = isArray(value) ? onlyValue(value, rules, where) : value;
  if (given === undefined || isArray(given)) throw invalidValue(`${where} takes one value, not an array.`);
  if (given === null) return undefined;
  if (definition.type !== 'complex') return readSimpleValue(definition, given, rules, where);
  const object = typeof given === 'string' ? objectOfString(definition, given, rules, where) : given;
  if (!isObject(object)) throw invalidValue(`${where} must be an object.`);
  const read = readComplex(definition, object, rules, where);
  return read !== undefined && clearsReference(read, rules, where) ? undefined : read;
}

function readComplex(
  definition: AttributeDefinition,
  value: JsonObject,
  rules: Rules,
  where: string,
): JsonObject | undefined {
  const subAttributes = subAttributesOf(definition);
  const seen = new Set<AttributeDefinition>();
  const result: Record<string, Json> = {};
  let assigned = false;
  for (const [name, given] of Object.entries(value)) {
    const sub = subAttributes.get(name.toLowerCase());
    if (sub === undefined) {
      ignoreUnknown(rules, `${where}.${name}`);
      continue;
    }
    if (seen.has(sub)) throw invalidSyntax(`${where}.${sub.name} is given twice, in different case.`);
    seen.add(sub);
    if (sub.mutability === 'readOnly' && definition.mutability !== 'readOnly') continue;
    const read = readValue(sub, given, rules, `${where}.${sub.name}`);
    if (read === undefined) continue;
    result[sub.name] = read;
    assigned = true;
  }
  return assigned ? result : undefined;
}

import { invalidValue } from '../error.ts';
import type { Json } from '../json.ts';
import { booleanOfString } from '../quirks/boolean-as-string.ts';
import { numberOfString } from '../quirks/number-as-string.ts';
import type { Rules } from '../rules.ts';
import type { AttributeDefinition, AttributeType } from '../schema/definition.ts';
import { comparisonKey } from './comparison-key.ts';
import { checkText } from './text.ts';

// What can stand in no URI, nor in an IRI that people write for one (RFC 3986 §2, RFC 3987 §2.2).
const NOT_IN_URI = /[\s<>"{}|\\^`]/;

const EXPECTED: Readonly<Record<AttributeType, string>> = {
  string: 'a string',
  reference: 'a URI',
  boolean: 'true or false',
  integer: 'a whole number',
  decimal: 'a number',
  dateTime: 'a date and time such as "2026-03-01T08:30:00Z"',
  binary: 'a string in base64',
  complex: 'an object',
};

/**
 * Checks a value of a simple attribute against its data type (RFC 7643 §2.3.1-2.3.7) and returns it as sent, or as the
 * boolean or number that tolerant rules see in a string. Throws `invalidValue` beginning with `where`; details never
 * repeat the value, which can be a password.
 */
export function readSimpleValue(
  definition: AttributeDefinition,
  value: Json,
  rules: Rules,
  where: string,
): string | number | boolean {
  const read = typeof value === 'string' ? readText(definition, value, rules, where) : value;
  if (typeof read === 'object' || !hasType(definition, read, rules)) {
    throw invalidValue(`${where} must be ${EXPECTED[definition.type]}.`);
  }
  return read;
}

function readText(
  definition: AttributeDefinition,
  text: string,
  rules: Rules,
  where: string,
): string | number | boolean {
  switch (definition.type) {
    case 'boolean':
      return booleanOfString(text, rules, where) ?? text;
    case 'integer':
    case 'decimal':
      return numberOfString(text, rules, where) ?? text;
    default:
      checkText(text, where);
      return text;
  }
}

function hasType(definition: AttributeDefinition, value: string | number | boolean, rules: Rules): boolean {
  switch (definition.type) {
    case 'string':
      return typeof value === 'string';
    case 'reference':
      // People type profile addresses with blanks into directories; only strict rules stop their provisioning for it.
      return typeof value === 'string' && (rules.compatibility === 'tolerant' || !NOT_IN_URI.test(value));
    case 'integer':
      // JSON has no integers: 1.0 arrives as 1. Beyond 2^53 digits would be lost without a word.
      return Number.isSafeInteger(value);
    default:
      return comparisonKey(definition, value) !== undefined;
  }
}

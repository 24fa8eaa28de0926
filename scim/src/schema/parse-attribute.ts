import { invalidValue } from '../error.ts';
import { isArray, isObject, type Json } from '../json.ts';
import { attribute } from './attribute.ts';
import type { AttributeDefinition, AttributeType, Mutability, Returned, Uniqueness } from './definition.ts';
import {
  type Members,
  membersOf,
  optionalBoolean,
  optionalKeyword,
  optionalText,
  optionalTexts,
  requiredText,
} from './definition-members.ts';
import { defaultSubAttributes } from './multi-valued.ts';

// RFC 7643 §2.1 with the leading `$` of erratum 8924.
const NAME = /^\$?[a-z][a-z0-9$_-]{0,99}$/i;

const TYPES: readonly AttributeType[] = [
  'string',
  'boolean',
  'decimal',
  'integer',
  'dateTime',
  'binary',
  'reference',
  'complex',
];
const MUTABILITIES: readonly Mutability[] = ['readWrite', 'readOnly', 'immutable', 'writeOnly'];
const RETURNED: readonly Returned[] = ['default', 'always', 'never', 'request'];
const UNIQUENESS: readonly Uniqueness[] = ['none', 'server', 'global'];
const UNIQUE_TYPES: readonly AttributeType[] = ['string', 'integer', 'reference'];

const REFERENCE = attribute('$ref', 'reference', 'The URI of what the value refers to.');

const MAX_ATTRIBUTES = 500;

/** Reads the attributes of a schema, or the sub-attributes of `parent`. Throws `invalidValue` naming the attribute. */
export function parseAttributes(json: readonly Json[], parent: string | undefined): readonly AttributeDefinition[] {
  const where = parent === undefined ? 'attributes' : `${parent}.subAttributes`;
  if (json.length > MAX_ATTRIBUTES) throw invalidValue(`${where} has more than ${MAX_ATTRIBUTES} attributes.`);
  const names = new Set<string>();
  return json.map((element, index) => {
    const definition = parseAttribute(element, parent, `${where}[${index}]`);
    const lower = definition.name.toLowerCase();
    if (names.has(lower)) throw invalidValue(`${where} has two attributes named '${definition.name}'.`);
    names.add(lower);
    return definition;
  });
}

function parseAttribute(json: Json, parent: string | undefined, position: string): AttributeDefinition {
  if (!isObject(json)) throw invalidValue(`${position} must be an object.`);
  const members = membersOf(json, position);
  const name = requiredText(members, 'name', `${position}.name`);
  // Names such as `constructor` are legal, but would be found in every JavaScript object.
  if (!NAME.test(name) || name in Object.prototype) {
    throw invalidValue(`${position}.name '${name.slice(0, 100)}' cannot be the name of an attribute; choose another.`);
  }
  const where = parent === undefined ? name : `${parent}.${name}`;
  const type = optionalKeyword(members, 'type', TYPES, `${where}.type`) ?? 'string';
  if (type === 'complex' && parent !== undefined) {
    throw invalidValue(`${where} is complex within a complex attribute, which RFC 7643 §2.3.8 forbids.`);
  }
  const multiValued = optionalBoolean(members, 'multivalued', `${where}.multiValued`) ?? false;
  const description = optionalText(members, 'description', `${where}.description`) ?? '';
  const subAttributes = parseSubAttributes(members, type, multiValued, where);
  const canonicalValues = optionalTexts(members, 'canonicalvalues', `${where}.canonicalValues`);
  const referenceTypes = parseReferenceTypes(members, type, where);
  const defaults = attribute(name, type, description, { multiValued });
  return {
    ...defaults,
    required: optionalBoolean(members, 'required', `${where}.required`) ?? defaults.required,
    caseExact: optionalBoolean(members, 'caseexact', `${where}.caseExact`) ?? defaults.caseExact,
    mutability: optionalKeyword(members, 'mutability', MUTABILITIES, `${where}.mutability`) ?? defaults.mutability,
    returned: optionalKeyword(members, 'returned', RETURNED, `${where}.returned`) ?? defaults.returned,
    uniqueness: parseUniqueness(members, type, where),
    ...(canonicalValues === undefined ? {} : { canonicalValues }),
    ...(referenceTypes === undefined ? {} : { referenceTypes }),
    ...(subAttributes === undefined ? {} : { subAttributes }),
  };
}

function parseSubAttributes(
  members: Members,
  type: AttributeType,
  multiValued: boolean,
  where: string,
): readonly AttributeDefinition[] | undefined {
  const given = members.get('subattributes') ?? [];
  if (!isArray(given)) throw invalidValue(`${where}.subAttributes must be an array.`);
  if (type !== 'complex') {
    if (given.length === 0) return undefined;
    throw invalidValue(`${where} has sub-attributes and so must have the type complex.`);
  }
  if (given.length > 0) return parseAttributes(given, where);
  if (multiValued) return [...defaultSubAttributes(attribute('value', 'string', 'The value.'), []), REFERENCE];
  throw invalidValue(`${where} is complex and so needs subAttributes.`);
}

function parseReferenceTypes(members: Members, type: AttributeType, where: string): readonly string[] | undefined {
  const given = optionalTexts(members, 'referencetypes', `${where}.referenceTypes`);
  if (given === undefined || type === 'reference') return given;
  throw invalidValue(`${where} has referenceTypes and so must have the type reference.`);
}

// Only what the store can enforce may be promised.
function parseUniqueness(members: Members, type: AttributeType, where: string): Uniqueness {
  const uniqueness = optionalKeyword(members, 'uniqueness', UNIQUENESS, `${where}.uniqueness`) ?? 'none';
  if (uniqueness === 'none' || UNIQUE_TYPES.includes(type)) return uniqueness;
  throw invalidValue(`${where} has the type ${type}, of which Rollcall cannot keep values unique.`);
}

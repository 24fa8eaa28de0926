import type { Json, JsonObject } from '@rollcall/scim';

/** Where the schemas of a document are. */
export const PLACE = '#/components/schemas/';

/** The name of any JSON value: the only schema that holds itself. */
export const ANY_JSON = 'Json';

/** The bound that zod gives every whole number. */
const SAFE = Number.MAX_SAFE_INTEGER;

/** Of an answer, or of a request. */
export type Direction = 'output' | 'input';

export function objectOf(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A JSON schema that zod has made, without what people need not read. Answers are open: they may get new members. */
export function tidySchema(schema: unknown, direction: Direction): JsonObject {
  const copy: Json = JSON.parse(JSON.stringify(schema));
  return objectOf(tidy(copy, direction));
}

function tidy(value: Json, direction: Direction): Json {
  if (Array.isArray(value)) return value.map((one) => tidy(one, direction));
  if (!isObject(value)) return value;
  if (typeof value.$ref === 'string' && value.$ref.includes('/$defs/')) return { $ref: PLACE + ANY_JSON };
  const kept = Object.entries(value).filter(([key, member]) => !isNoise(key, member, value, direction));
  return Object.fromEntries(kept.map(([key, member]) => [key, tidy(member, direction)]));
}

function isNoise(key: string, member: Json, schema: JsonObject, direction: Direction): boolean {
  switch (key) {
    case '$schema':
    case '$id':
      return typeof member === 'string';
    case '$defs':
      return isObject(member) && isObject(member.schema0);
    case 'minimum':
      return member === -SAFE;
    case 'maximum':
      return member === SAFE;
    case 'pattern':
      // The format says the same in a word.
      return typeof schema.format === 'string';
    case 'additionalProperties':
      return direction === 'output' && member === false;
    case 'propertyNames':
      return isObject(member) && member.type === 'string' && member.pattern === undefined;
    default:
      return false;
  }
}

import { invalidSyntax } from '../error.ts';
import { isArray, type Json, type JsonObject } from '../json.ts';

/** The members of a protocol message by lower-case name. */
export type Fields = ReadonlyMap<string, Json>;

/**
 * Reads the members of a message in any case (RFC 7643 §2.1), into a map, so that no name a client chose becomes a
 * property. Throws `invalidSyntax` when two names differ only in case.
 */
export function readFields(message: JsonObject): Fields {
  const fields = new Map<string, Json>();
  for (const name of Object.keys(message)) {
    const key = name.toLowerCase();
    const value = message[name];
    if (fields.has(key)) throw invalidSyntax(`'${name}' is given twice, in different case; send it once.`);
    if (value !== undefined) fields.set(key, value);
  }
  return fields;
}

/** Whether `schemas` of a message names its URN (RFC 7644 §3.1), compared without case. */
export function namesSchema(fields: Fields, urn: string): boolean {
  const schemas = fields.get('schemas');
  const wanted = urn.toLowerCase();
  return isArray(schemas) && schemas.some((schema) => typeof schema === 'string' && schema.toLowerCase() === wanted);
}

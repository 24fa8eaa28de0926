import { invalidSyntax } from '../error.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import type { Rules } from '../rules.ts';
import type { ResourceType } from '../schema/resource-type.ts';
import { note } from './note.ts';

const NAME = 'core-under-urn';

/**
 * The members of a body, with those that stand under the URN of the core schema brought to the top, where RFC 7643 §3
 * has them: scimverify posts `"urn:...:core:2.0:User": {"userName": ...}`, and clients that qualify every name
 * `"urn:...:core:2.0:User:userName": ...`. Strict rules refuse the object and do not know the name.
 */
export function bodyMembers(type: ResourceType, body: JsonObject, rules: Rules): readonly (readonly [string, Json])[] {
  const members = Object.entries(body);
  if (!members.some(([name]) => isUnderCore(type, name))) return members;
  return members.flatMap(([name, value]) => {
    if (!isUnderCore(type, name)) return [[name, value]];
    const rest = name.slice(type.schema.id.length + 1);
    if (rules.compatibility === 'strict') {
      if (rest !== '') return [[name, value]];
      throw invalidSyntax(`Core attributes belong at the top of the body, not under '${type.schema.id}'.`);
    }
    note(rules, NAME, name);
    if (rest !== '') return [[rest, value]];
    if (!isObject(value)) throw invalidSyntax(`'${type.schema.id}' must be an object with core attributes.`);
    return Object.entries(value);
  });
}

function isUnderCore(type: ResourceType, name: string): boolean {
  const urn = type.schema.id;
  if (name.length < urn.length || name.slice(0, urn.length).toLowerCase() !== urn.toLowerCase()) return false;
  const separator = name[urn.length];
  return separator === undefined || ((separator === ':' || separator === '.') && name.length > urn.length + 1);
}

import {
  ENTERPRISE_USER_SCHEMA,
  GROUP_SCHEMA,
  isArray,
  isObject,
  type Json,
  type JsonObject,
  USER_SCHEMA,
} from '@rollcall/scim';
import { parseTargetPath, writeTargetPath } from '../mapping/target-path.ts';
import type { ObjectType } from '../source.ts';
import type { Attributes } from '../target.ts';
import { isManager, readPath, withValue } from './scim-path.ts';

/** Microsoft Entra ID lists it in every group that it creates. */
const ENTRA_GROUP_SCHEMA = 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group';
const WITH_PRIMARY = /^(emails|phoneNumbers|addresses)$/i;

/**
 * The body that creates an object (RFC 7644 §3.3), a group without members. `entra` has the enterprise schema in every
 * user, never the schema of another extension, `meta.resourceType`, and a manager as text. Errors: TargetError
 * `BadRequest` for a path that cannot be read.
 */
export function createBody(type: ObjectType, attributes: Attributes, dialect: 'rfc' | 'entra'): JsonObject {
  const sent = [...attributes].filter(([text]) => readPath(text).attribute.toLowerCase() !== 'members');
  const body = sent.reduce<JsonObject>((made, [text, value]) => {
    const path = readPath(text);
    const asText = dialect === 'entra' && isManager(path);
    return asText ? writeTargetPath(made, parseTargetPath(text), value) : withValue(made, path, value);
  }, {});
  return {
    schemas: schemasOf(type, body, dialect),
    ...withPrimary(body),
    ...(dialect === 'entra' ? { meta: { resourceType: type } } : {}),
  };
}

function schemasOf(type: ObjectType, body: JsonObject, dialect: 'rfc' | 'entra'): readonly string[] {
  const core = type === 'User' ? USER_SCHEMA : GROUP_SCHEMA;
  if (dialect === 'entra') return [core, type === 'User' ? ENTERPRISE_USER_SCHEMA : ENTRA_GROUP_SCHEMA];
  // Attributes have no colon in their names, and the members of extensions are URNs.
  return [core, ...Object.keys(body).filter((name) => name.includes(':'))];
}

/** The work element is the primary one where no other is. */
function withPrimary(body: JsonObject): JsonObject {
  const entries = Object.entries(body).map(([name, value]): [string, Json] => {
    if (!WITH_PRIMARY.test(name) || !isArray(value) || value.some(isPrimary)) return [name, value];
    const at = value.findIndex((element) => isObject(element) && element.type === 'work');
    return [
      name,
      value.map((element, index) => (index === at && isObject(element) ? { primary: true, ...element } : element)),
    ];
  });
  return Object.fromEntries(entries);
}

const isPrimary = (element: Json): boolean => isObject(element) && element.primary === true;

import { invalidSyntax, invalidValue } from '../error.ts';
import { isArray, isObject, type Json } from '../json.ts';
import { CORE_RESOURCE_TYPES, CORE_SCHEMAS } from './core.ts';
import type { ResourceTypeDefinition, SchemaDefinition } from './definition.ts';
import { type Members, membersOf, optionalBoolean, optionalText, requiredText } from './definition-members.ts';
import { parseAttributes } from './parse-attribute.ts';

const URN = /^urn:[a-z0-9][a-z0-9-]{1,31}:[a-z0-9()+,\-.:=@;$_!*'%/]{1,400}$/i;
const TYPE_NAME = /^[a-z][a-z0-9]{0,99}$/i;
const ENDPOINT = /^\/?([a-z][a-z0-9_-]{0,99})$/i;

// Protocol messages and events are no schemas of resources (RFC 7644 §3.1).
const RESERVED_URNS = ['urn:ietf:params:scim:api:', 'urn:ietf:params:scim:event:'];
const RESERVED_TYPES = new Set(['serviceproviderconfig', 'resourcetype', 'schema']);
const RESERVED_ENDPOINTS = new Set([
  'serviceproviderconfig',
  'serviceproviderconfigs',
  'resourcetypes',
  'schemas',
  'bulk',
  'me',
]);

/**
 * Reads a schema that an administrator wrote (RFC 7643 §7). What is left out has the defaults of §2.2. Throws
 * `invalidSyntax` when it is no schema at all and `invalidValue`, naming the attribute, when it cannot be served: a URN
 * or name that is malformed, reserved or given twice, an unknown characteristic, a complex attribute in another.
 */
export function parseSchemaDefinition(json: Json): SchemaDefinition {
  if (!isObject(json)) throw invalidSyntax('A schema must be a JSON object.');
  const members = membersOf(json, 'The schema');
  const id = requiredText(members, 'id', 'id');
  checkUrn(id);
  const attributes = members.get('attributes');
  if (!isArray(attributes) || attributes.length === 0) {
    throw invalidValue('attributes must be an array with at least one attribute.');
  }
  return {
    id,
    name: optionalText(members, 'name', 'name') ?? id.slice(id.lastIndexOf(':') + 1),
    description: optionalText(members, 'description', 'description') ?? '',
    attributes: parseAttributes(attributes, undefined),
  };
}

/**
 * Reads a resource type that an administrator wrote (RFC 7643 §6); the endpoint may be given with or without its slash.
 * Throws `invalidSyntax` and `invalidValue` as `parseSchemaDefinition` does. Whether the schemas exist is for
 * `createCatalogue`.
 */
export function parseResourceTypeDefinition(json: Json): ResourceTypeDefinition {
  if (!isObject(json)) throw invalidSyntax('A resource type must be a JSON object.');
  const members = membersOf(json, 'The resource type');
  const name = requiredText(members, 'name', 'name');
  if (!TYPE_NAME.test(name)) throw invalidValue('name must be a letter followed by letters and digits.');
  if (RESERVED_TYPES.has(name.toLowerCase()) || isCoreType((type) => type.name, name)) {
    throw invalidValue(`name '${name}' is taken by the standard; choose another.`);
  }
  return {
    name,
    endpoint: parseEndpoint(requiredText(members, 'endpoint', 'endpoint')),
    description: optionalText(members, 'description', 'description') ?? '',
    schema: requiredText(members, 'schema', 'schema'),
    schemaExtensions: parseExtensions(members),
  };
}

function checkUrn(id: string): void {
  if (!URN.test(id)) {
    throw invalidValue(
      "id must be a URN of your own, such as 'urn:example:params:scim:schemas:extension:acme:1.0:User'.",
    );
  }
  const urn = id.toLowerCase();
  const taken = CORE_SCHEMAS.some((schema) => schema.id.toLowerCase() === urn);
  if (taken || RESERVED_URNS.some((prefix) => urn.startsWith(prefix))) {
    throw invalidValue(`id '${id}' is reserved by the standard; choose a URN of your own.`);
  }
}

function parseEndpoint(text: string): string {
  const endpoint = ENDPOINT.exec(text)?.[1];
  if (endpoint === undefined) {
    throw invalidValue("endpoint must be one path segment of letters, digits, '-' and '_', such as '/Devices'.");
  }
  if (RESERVED_ENDPOINTS.has(endpoint.toLowerCase()) || isCoreType((type) => type.endpoint, `/${endpoint}`)) {
    throw invalidValue(`endpoint '/${endpoint}' is taken by the standard; choose another.`);
  }
  return `/${endpoint}`;
}

function isCoreType(key: (type: ResourceTypeDefinition) => string, value: string): boolean {
  return CORE_RESOURCE_TYPES.some((type) => key(type).toLowerCase() === value.toLowerCase());
}

function parseExtensions(members: Members): ResourceTypeDefinition['schemaExtensions'] {
  const given = members.get('schemaextensions') ?? [];
  if (!isArray(given)) throw invalidValue('schemaExtensions must be an array.');
  return given.map((json, index) => {
    const where = `schemaExtensions[${index}]`;
    if (!isObject(json)) throw invalidValue(`${where} must be an object.`);
    const extension = membersOf(json, where);
    return {
      schema: requiredText(extension, 'schema', `${where}.schema`),
      required: optionalBoolean(extension, 'required', `${where}.required`) ?? false,
    };
  });
}

import type { Json, JsonObject } from '@rollcall/scim';
import { objectOf, PLACE } from './tidy-schema.ts';

type Schemas = Readonly<Record<string, JsonObject>>;

/** What members of these names hold in an example, where their schema does not say it. */
const KNOWN: Readonly<Record<string, Json>> = {
  id: '01a20b6b-e490-770a-8b20-25bcdb46fbb3',
  slug: 'crm',
  name: 'CRM',
  application: 'crm',
  identityServer: 'entra',
  directory: 'entra',
  userName: 'anna@example.com',
  label: 'anna@example.com',
  baseUrl: 'https://crm.example.com/scim/v2',
  scimUrl: 'https://scim.example.com/scim/entra/v2',
  publicUrl: 'https://scim.example.com',
  object: 'user:anna@example.com',
  user: 'anna@example.com',
  group: 'Sales',
  objects: ['user:anna@example.com', 'group:Sales'],
  expression: 'Join(".", [givenName], [surname])',
  attribute: 'userName',
  target: 'userName',
  path: 'userName',
  token: 'eyJhbGciOi...',
  secret: '...',
  password: '...',
  networks: ['192.0.2.0/24'],
  expiresIn: '365d',
  scope: { '*': 'write' },
  overlap: '7d',
  file: '/var/backups/rollcall.db',
  version: '0.1.0',
  email: 'admin@example.com',
};

const FORMATS: Readonly<Record<string, string>> = {
  'date-time': '2026-03-01T08:00:00.000Z',
  email: 'admin@example.com',
  uri: 'https://scim.example.com',
};

/** Deeper than this, an example says no more. */
const DEEPEST = 6;

/** An example of what a schema describes. The members that may be left out are in it as well. */
export function exampleOf(schema: JsonObject, schemas: Schemas, name = '', depth = 0): Json {
  const { $ref, enum: values, type, format, minimum } = schema;
  if (typeof $ref === 'string') return exampleOf(schemas[$ref.slice(PLACE.length)] ?? {}, schemas, name, depth);
  if (schema.const !== undefined) return schema.const;
  if (Array.isArray(values)) return values[0] ?? null;
  const choice = firstOf(schema);
  if (choice !== undefined) return exampleOf(choice, schemas, name, depth);
  const known = KNOWN[name];
  const kind = Array.isArray(type) ? type[0] : type;
  if (known !== undefined && (kind === undefined || kind === jsonType(known))) return known;
  if (schema.default !== undefined) return schema.default;
  switch (kind) {
    case 'object':
      return depth > DEEPEST ? {} : objectExample(schema, schemas, depth);
    case 'array':
      return depth > DEEPEST ? [] : [exampleOf(objectOf(schema.items), schemas, '', depth + 1)];
    case 'integer':
    case 'number':
      return typeof minimum === 'number' && minimum > 0 ? minimum : 0;
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return typeof format === 'string' ? (FORMATS[format] ?? '...') : '...';
  }
}

function firstOf({ anyOf, oneOf, allOf }: JsonObject): JsonObject | undefined {
  const choices = [anyOf, oneOf, allOf].find(Array.isArray);
  return Array.isArray(choices) ? objectOf(choices[0]) : undefined;
}

function objectExample(schema: JsonObject, schemas: Schemas, depth: number): JsonObject {
  const members = Object.entries(objectOf(schema.properties));
  if (members.length === 0 && typeof schema.additionalProperties === 'object') {
    return { name: exampleOf(objectOf(schema.additionalProperties), schemas, '', depth + 1) };
  }
  return Object.fromEntries(members.map(([key, one]) => [key, exampleOf(objectOf(one), schemas, key, depth + 1)]));
}

const jsonType = (value: Json): string => (Array.isArray(value) ? 'array' : typeof value);

import { invalidValue } from '../error.ts';
import { COMMON_ATTRIBUTES } from './common-attributes.ts';
import { ENTERPRISE_USER_SCHEMA } from './core/enterprise-user.ts';
import { GROUP_SCHEMA } from './core/group.ts';
import { USER_SCHEMA } from './core/user.ts';
import type { AttributeDefinition, ResourceTypeDefinition, SchemaDefinition } from './definition.ts';
import { isPassword } from './password.ts';
import { references } from './resolve.ts';
import type { AttributeReference, ExtensionAttributes, ResourceType } from './resource-type.ts';
import { isHidden } from './visibility.ts';

// What clients look resources up by (Entra's matching attributes, and those of other identity providers): equality on these must not scan.
const INDEXED = new Set([
  'externalId',
  'userName',
  'displayName',
  'emails.value',
  `${ENTERPRISE_USER_SCHEMA}:manager.value`,
]);

const UNIQUE_TYPES = new Set(['string', 'integer', 'reference']);

/** Resolves a resource type's schemas; throws `invalidValue` when one is unknown or named twice. */
export function createResourceType(
  definition: ResourceTypeDefinition,
  schemas: ReadonlyMap<string, SchemaDefinition>,
): ResourceType {
  const schema = schemaOf(definition.name, definition.schema, schemas);
  const extensions = definition.schemaExtensions.map((extension) => ({
    schema: schemaOf(definition.name, extension.schema, schemas),
    required: extension.required,
  }));
  const extensionsByUrn = new Map<string, ExtensionAttributes>();
  for (const { schema: extension, required } of extensions) {
    const urn = extension.id.toLowerCase();
    if (extensionsByUrn.has(urn) || urn === schema.id.toLowerCase()) {
      throw invalidValue(`Resource type '${definition.name}' names schema '${extension.id}' twice.`);
    }
    extensionsByUrn.set(urn, { urn: extension.id, required, attributes: byName(extension.attributes) });
  }
  // The characteristics of common attributes win over those of a schema that lists them too (RFC 7643 §3.1).
  const attributes = byName([...schema.attributes, ...COMMON_ATTRIBUTES]);
  const stored = [
    ...references(attributes.values(), undefined).filter(({ attribute }) => isStored(attribute, schema)),
    ...[...extensionsByUrn.values()].flatMap((extension) => references(extension.attributes.values(), extension.urn)),
  ];
  const unique = stored.filter(isUnique);
  return {
    definition,
    name: definition.name,
    endpoint: definition.endpoint,
    schema,
    extensions,
    attributes,
    extensionsByUrn,
    hasMembers: schema.id === GROUP_SCHEMA,
    hasGroups: schema.id === USER_SCHEMA,
    hasHiddenAttributes: stored.some(({ attribute, sub }) => isHidden(sub ?? attribute) && !isPassword(attribute)),
    indexed: stored.filter((reference) => INDEXED.has(reference.text) || unique.includes(reference)),
    unique,
  };
}

function schemaOf(typeName: string, urn: string, schemas: ReadonlyMap<string, SchemaDefinition>): SchemaDefinition {
  const schema = schemas.get(urn.toLowerCase());
  if (schema === undefined) throw invalidValue(`Schema '${urn}' of resource type '${typeName}' does not exist.`);
  return schema;
}

function byName(definitions: readonly AttributeDefinition[]): Map<string, AttributeDefinition> {
  return new Map(definitions.map((definition) => [definition.name.toLowerCase(), definition]));
}

/** Whether documents hold the attribute; ids and meta are the store's, members and groups are rows. */
function isStored(definition: AttributeDefinition, schema: SchemaDefinition): boolean {
  if (definition.name === 'members') return schema.id !== GROUP_SCHEMA;
  return definition.mutability !== 'readOnly';
}

function isUnique({ attribute, sub }: AttributeReference): boolean {
  const definition = sub ?? attribute;
  return definition.uniqueness !== 'none' && UNIQUE_TYPES.has(definition.type);
}

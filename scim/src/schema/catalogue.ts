import { invalidValue } from '../error.ts';
import { CORE_RESOURCE_TYPES, CORE_SCHEMAS } from './core.ts';
import { createResourceType } from './create-resource-type.ts';
import type { ResourceTypeDefinition, SchemaDefinition } from './definition.ts';
import type { Catalogue } from './resource-type.ts';

/** What an administrator added to an identity server. */
export interface AddedSchemas {
  readonly schemas?: readonly SchemaDefinition[];
  readonly resourceTypes?: readonly ResourceTypeDefinition[];
  readonly extensions?: readonly {
    readonly resourceType: string;
    readonly schema: string;
    readonly required: boolean;
  }[];
}

/**
 * The schemas and resource types of one identity server: those of RFC 7643 and what was added. Throws `invalidValue`
 * when the additions contradict each other or the core (a name, an endpoint or a URN twice, an unknown schema or type).
 */
export function createCatalogue(added: AddedSchemas = {}): Catalogue {
  const schemas = new Map<string, SchemaDefinition>();
  for (const schema of [...CORE_SCHEMAS, ...(added.schemas ?? [])]) {
    const urn = schema.id.toLowerCase();
    if (schemas.has(urn)) throw invalidValue(`Schema '${schema.id}' exists already; give yours a URN of its own.`);
    schemas.set(urn, schema);
  }
  const definitions = extended([...CORE_RESOURCE_TYPES, ...(added.resourceTypes ?? [])], added.extensions ?? []);
  refuseTwice(definitions, (definition) => definition.name);
  refuseTwice(definitions, (definition) => definition.endpoint);
  const types = definitions.map((definition) => createResourceType(definition, schemas));
  return {
    schemas,
    resourceTypes: new Map(types.map((type) => [type.name, type])),
    endpoints: new Map(types.map((type) => [type.endpoint, type])),
  };
}

function extended(
  definitions: readonly ResourceTypeDefinition[],
  extensions: NonNullable<AddedSchemas['extensions']>,
): ResourceTypeDefinition[] {
  for (const { resourceType, schema } of extensions) {
    if (definitions.some((definition) => definition.name === resourceType)) continue;
    throw invalidValue(`Resource type '${resourceType}', which '${schema}' extends, does not exist.`);
  }
  return definitions.map((definition) => {
    const own = extensions.filter((extension) => extension.resourceType === definition.name);
    const added = own.map(({ schema, required }) => ({ schema, required }));
    return { ...definition, schemaExtensions: [...definition.schemaExtensions, ...added] };
  });
}

function refuseTwice(
  definitions: readonly ResourceTypeDefinition[],
  key: (definition: ResourceTypeDefinition) => string,
): void {
  const seen = new Set<string>();
  for (const definition of definitions) {
    const value = key(definition).toLowerCase();
    if (seen.has(value)) throw invalidValue(`'${key(definition)}' is the name or endpoint of two resource types.`);
    seen.add(value);
  }
}

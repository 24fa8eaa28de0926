import type { JsonObject } from '../json.ts';
import { RESOURCE_TYPE_SCHEMA } from '../schema/core/resource-type.ts';
import type { ResourceType } from '../schema/resource-type.ts';
import { locationOf } from './location.ts';

/** The ResourceType resource of a resource type (RFC 7643 §6); its id is its name. */
export function resourceTypeResource(type: ResourceType, baseUrl: string): JsonObject {
  const { name, endpoint, description, schema, schemaExtensions } = type.definition;
  const extensions = schemaExtensions.map((extension) => ({ ...extension }));
  return {
    schemas: [RESOURCE_TYPE_SCHEMA],
    id: name,
    name,
    description,
    endpoint,
    schema,
    ...(extensions.length === 0 ? {} : { schemaExtensions: extensions }),
    meta: { resourceType: 'ResourceType', location: locationOf(baseUrl, `ResourceTypes/${name}`) },
  };
}

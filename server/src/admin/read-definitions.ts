import { type Json, parseResourceTypeDefinition, parseSchemaDefinition } from '@rollcall/scim';
import { definitionDocumentSchema, definitionJsonSchema, extensionSchema } from '../contract/definition.ts';
import type { AddedDefinition } from '../store/contract.ts';
import { Problem } from './problem.ts';

/**
 * Reads what an administrator adds: a Schema resource, which then extends User; the same with the resource type that
 * it extends; or a document of resource types, schemas and extensions. Throws ZodError or ScimError naming what is wrong.
 */
export function readDefinitions(server: number, body: unknown): AddedDefinition[] {
  const json = definitionJsonSchema.parse(body);
  if (Object.hasOwn(json, 'schema')) {
    const { schema, resourceType, required } = extensionSchema.parse(json);
    return extensionOf(server, schema, resourceType, required ?? false);
  }
  if (Object.hasOwn(json, 'attributes')) return extensionOf(server, json, 'User', false);
  return readDocument(server, json);
}

function extensionOf(server: number, json: Json, resourceType: string, required: boolean): AddedDefinition[] {
  const schema = schemaOf(server, json);
  return [schema, attachment(server, { resourceType, schema: schema.name, required })];
}

function readDocument(server: number, json: unknown): AddedDefinition[] {
  const document = definitionDocumentSchema.parse(json);
  const schemas = (document.schemas ?? []).map((schema) => schemaOf(server, schema));
  const types = (document.resourceTypes ?? []).map((type) => parseResourceTypeDefinition(type));
  const extensions = (document.extensions ?? []).map((extension) => ({ required: false, ...extension }));
  const used = new Set(
    [
      ...types.flatMap((type) => [type.schema, ...type.schemaExtensions.map((extension) => extension.schema)]),
      ...extensions.map((extension) => extension.schema),
    ].map((urn) => urn.toLowerCase()),
  );
  const unused = schemas.find((schema) => !used.has(schema.name.toLowerCase()));
  if (unused !== undefined) {
    const detail = `No resource type uses ${unused.name}; name it in a resource type or in extensions.`;
    throw new Problem('invalid-request', detail, { field: 'schemas' });
  }
  if (schemas.length + types.length + extensions.length === 0) {
    throw new Problem(
      'invalid-request',
      'There is nothing in it: give a Schema resource, or resourceTypes and schemas.',
    );
  }
  return [
    ...schemas,
    ...types.map(
      (type): AddedDefinition => ({ server, kind: 'resourceType', name: type.name, definition: JSON.stringify(type) }),
    ),
    ...extensions.map((extension) => attachment(server, extension)),
  ];
}

function schemaOf(server: number, json: Json): AddedDefinition {
  const schema = parseSchemaDefinition(json);
  return { server, kind: 'schema', name: schema.id, definition: JSON.stringify(schema) };
}

function attachment(
  server: number,
  extension: { resourceType: string; schema: string; required?: boolean | undefined },
): AddedDefinition {
  const { resourceType, schema, required = false } = extension;
  const definition = JSON.stringify({ resourceType, schema, required });
  return { server, kind: 'extension', name: `${resourceType} ${schema}`, definition };
}

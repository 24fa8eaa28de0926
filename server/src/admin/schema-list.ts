import type { AttributeDefinition, ResourceType } from '@rollcall/scim';
import type { FastifyInstance } from 'fastify';
import type { SchemaListView } from '../contract/schema-list.ts';
import type { AdminContext } from './context.ts';
import { findIdentityServer } from './find-identity-server.ts';

interface ByServer {
  readonly Params: { readonly server: string };
}

type TypeView = SchemaListView['resourceTypes'][number];

/** `GET /api/identity-servers/{server}/schemas`: what resources may hold, for forms and for completing filters. */
export async function schemaList(api: FastifyInstance, context: AdminContext): Promise<void> {
  const options = { config: { role: 'auditor' } } as const;
  api.get<ByServer>('/identity-servers/:server/schemas', options, async ({ params }): Promise<SchemaListView> => {
    const { resourceTypes } = context.registry.catalogue(findIdentityServer(context.registry, params.server));
    return { resourceTypes: [...resourceTypes.values()].map(typeView) };
  });
}

const typeView = (type: ResourceType): TypeView => ({
  name: type.name,
  endpoint: type.endpoint,
  schema: type.schema.id,
  extensions: type.extensions.map(({ schema }) => schema.id),
  attributes: [
    ...attributesOf(type.attributes.values(), ''),
    ...type.extensions.flatMap(({ schema }) => attributesOf(schema.attributes, `${schema.id}:`)),
  ],
});

/** Each attribute, followed by its sub-attributes (RFC 7644 §3.5.2 Figure 7). */
const attributesOf = (attributes: Iterable<AttributeDefinition>, prefix: string): TypeView['attributes'] =>
  [...attributes].flatMap((attribute) => [
    attributeView(attribute, prefix + attribute.name),
    ...(attribute.subAttributes ?? []).map((sub) => attributeView(sub, `${prefix}${attribute.name}.${sub.name}`)),
  ]);

const attributeView = (definition: AttributeDefinition, path: string): TypeView['attributes'][number] => ({
  path,
  type: definition.type,
  multiValued: definition.multiValued,
  required: definition.required,
  mutability: definition.mutability,
  caseExact: definition.caseExact,
  canonicalValues: [...(definition.canonicalValues ?? [])],
  description: definition.description,
});

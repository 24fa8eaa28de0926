import { z } from 'zod';
import {
  definitionDocumentSchema,
  definitionJsonSchema,
  definitionListSchema,
  definitionRemovalSchema,
  extensionSchema,
} from '../../../contract/definition.ts';
import {
  credentialsSchema,
  identityServerChangesSchema,
  identityServerListSchema,
  identityServerSchema,
  newCredentialsSchema,
  newIdentityServerSchema,
} from '../../../contract/identity-server.ts';
import { schemaListSchema } from '../../../contract/schema-list.ts';
import { identityServerStatisticsSchema } from '../../../contract/statistics.ts';
import type { RouteGroup } from '../described-route.ts';

export const identityServerRoutes: RouteGroup = {
  name: 'Identity servers',
  about: 'SCIM service providers that identity providers push users and groups into. `{server}` is a slug or an id.',
  routes: [
    {
      method: 'GET',
      path: '/identity-servers',
      summary: 'List identity servers',
      answer: identityServerListSchema,
    },
    {
      method: 'POST',
      path: '/identity-servers',
      summary: 'Add an identity server',
      body: newIdentityServerSchema,
      answer: identityServerSchema,
      status: 201,
      problems: ['already-exists'],
    },
    {
      method: 'GET',
      path: '/identity-servers/:server',
      summary: 'Show an identity server',
      answer: identityServerSchema,
    },
    {
      method: 'PATCH',
      path: '/identity-servers/:server',
      summary: 'Change an identity server',
      description: 'What is left out stays as it is.',
      body: identityServerChangesSchema,
      answer: identityServerSchema,
      problems: ['already-exists'],
    },
    {
      method: 'DELETE',
      path: '/identity-servers/:server',
      summary: 'Remove an identity server',
      description: 'It answers no longer at once; its users, groups and request log go in the background.',
      answer: identityServerSchema,
      status: 202,
      problems: ['in-use'],
    },
    {
      method: 'POST',
      path: '/identity-servers/:server/credentials',
      summary: 'Make new Basic credentials',
      description: 'The password is in this one answer and nowhere else. The one before stops working at once.',
      body: newCredentialsSchema,
      bodyOptional: true,
      answer: credentialsSchema,
      status: 201,
    },
    {
      method: 'GET',
      path: '/identity-servers/:server/statistics',
      summary: 'Count what an identity server has',
      answer: identityServerStatisticsSchema,
    },
    {
      method: 'GET',
      path: '/identity-servers/:server/schemas',
      summary: 'List resource types and their attributes',
      description: 'The paths are those that filters and PATCH take.',
      answer: schemaListSchema,
    },
    {
      method: 'GET',
      path: '/identity-servers/:server/definitions',
      summary: 'List added schemas and resource types',
      answer: definitionListSchema,
    },
    {
      method: 'POST',
      path: '/identity-servers/:server/definitions',
      summary: 'Add or replace schemas and resource types',
      description: 'A Schema or ResourceType resource (RFC 7643 §6, §7), an extension, or a document of several.',
      body: z.union([definitionDocumentSchema, extensionSchema, definitionJsonSchema]),
      answer: definitionListSchema,
      status: 201,
      problems: ['already-exists', 'in-use'],
    },
    {
      method: 'DELETE',
      path: '/identity-servers/:server/definitions/:name',
      summary: 'Remove a schema or resource type',
      query: definitionRemovalSchema,
      answer: definitionListSchema,
      problems: ['in-use'],
    },
  ],
};

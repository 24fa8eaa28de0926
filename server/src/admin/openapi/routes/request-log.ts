import { logClearedSchema, logQuerySchema, logSchema } from '../../../contract/log.ts';
import type { RouteGroup } from '../described-route.ts';

export const requestLogRoutes: RouteGroup = {
  name: 'Request log',
  about: 'What came in over SCIM and what was answered, without secrets.',
  routes: [
    {
      method: 'GET',
      path: '/identity-servers/:server/log',
      summary: 'Search the request log',
      description: 'Newest first; with `after`, oldest first.',
      query: logQuerySchema,
      answer: logSchema,
    },
    {
      method: 'GET',
      path: '/identity-servers/:server/log/export',
      summary: 'Export the request log',
      description: 'All entries that fit, oldest first, one JSON object a line.',
      query: logQuerySchema.omit({ limit: true, before: true }),
      answer: logSchema.shape.entries.element,
      media: ['application/x-ndjson'],
    },
    {
      method: 'DELETE',
      path: '/identity-servers/:server/log',
      summary: 'Clear the request log',
      answer: logClearedSchema,
    },
  ],
};

import {
  curlSchema,
  logClearedSchema,
  logCountSchema,
  logEntrySchema,
  logQuerySchema,
  logSchema,
} from '../../../contract/log.ts';
import { replayRequestSchema, replaySchema } from '../../../contract/replay.ts';
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
      query: logQuerySchema.omit({ limit: true, before: true, bodies: true }),
      answer: logEntrySchema,
      media: ['application/x-ndjson'],
    },
    {
      method: 'GET',
      path: '/identity-servers/:server/log/count',
      summary: 'Count what the request log has',
      answer: logCountSchema,
    },
    {
      method: 'GET',
      path: '/identity-servers/:server/log/:n',
      summary: 'Show an entry of the request log',
      answer: logEntrySchema,
    },
    {
      method: 'GET',
      path: '/identity-servers/:server/log/:n/curl',
      summary: 'Give an entry of the request log as a curl command',
      description: 'Credentials are the placeholder `$TOKEN`.',
      answer: curlSchema,
    },
    {
      method: 'POST',
      path: '/identity-servers/:server/log/:n/replay',
      summary: 'Replay an entry of the request log',
      description: 'A dry run says what it would change now. The real one is marked as a replay in the request log.',
      body: replayRequestSchema,
      answer: replaySchema,
      problems: ['not-usable'],
    },
    {
      method: 'DELETE',
      path: '/identity-servers/:server/log',
      summary: 'Clear the request log',
      answer: logClearedSchema,
    },
  ],
};

import { hintSchema } from '../../../contract/event.ts';
import { overviewSchema } from '../../../contract/overview.ts';
import { requestStatisticsQuerySchema, requestStatisticsSchema } from '../../../contract/statistics.ts';
import type { RouteGroup } from '../described-route.ts';

export const overviewRoutes: RouteGroup = {
  name: 'Overview',
  about: 'Both ends at a glance, and what happens as it happens.',
  routes: [
    {
      method: 'GET',
      path: '/overview',
      summary: 'Both ends, and what needs attention',
      description: 'What is most urgent comes first. Each entry says what to do next.',
      answer: overviewSchema,
    },
    {
      method: 'GET',
      path: '/statistics/requests',
      summary: 'SCIM requests over time',
      query: requestStatisticsQuerySchema,
      answer: requestStatisticsSchema,
    },
    {
      method: 'GET',
      path: '/events',
      summary: 'Hints that something has changed',
      description:
        'Server-sent events: `event` names the kind, `data` the subject, as JSON. They hold nothing else: ask the ' +
        'routes again. At most two a second about each subject, and a comment every 15 seconds. The stream ends when ' +
        'its reader is too slow, or may not read any more.',
      answer: hintSchema,
      media: ['text/event-stream'],
      problems: ['too-many-requests'],
    },
  ],
};

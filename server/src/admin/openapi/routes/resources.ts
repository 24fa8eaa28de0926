import { changeListSchema, changeQuerySchema } from '../../../contract/change.ts';
import { importReportSchema, importRequestSchema } from '../../../contract/import.ts';
import { resourceListSchema, resourceQuerySchema, resourceSchema } from '../../../contract/resource.ts';
import type { RouteGroup } from '../described-route.ts';

export const resourceRoutes: RouteGroup = {
  name: 'Users, groups and other resources',
  about: 'What an identity server holds. `{type}` is a resource type (`User`) or its endpoint (`Users`).',
  routes: [
    {
      method: 'GET',
      path: '/identity-servers/:server/resources/:type',
      summary: 'Search resources',
      query: resourceQuerySchema,
      answer: resourceListSchema,
      problems: ['scim-error'],
    },
    {
      method: 'GET',
      path: '/identity-servers/:server/resources/:type/:id',
      summary: 'Show a resource',
      answer: resourceSchema,
      problems: ['scim-error'],
    },
    {
      method: 'POST',
      path: '/identity-servers/:server/import',
      summary: 'Import people and groups from files',
      description: 'With `dryRun` it only says what it would do.',
      body: importRequestSchema,
      answer: importReportSchema,
      problems: ['in-use'],
    },
    {
      method: 'GET',
      path: '/identity-servers/:server/changes',
      summary: 'Follow what changes',
      description:
        'The change feed, oldest first. Give `next` as `after` the next time. A position that is no longer kept is ' +
        '410: read all resources, and go on from the newest.',
      query: changeQuerySchema,
      answer: changeListSchema,
      problems: ['feed-expired'],
    },
  ],
};

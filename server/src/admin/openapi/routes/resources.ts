import { changeListSchema, changeQuerySchema, historyQuerySchema, historySchema } from '../../../contract/change.ts';
import { importReportSchema, importRequestSchema } from '../../../contract/import.ts';
import { logSchema } from '../../../contract/log.ts';
import { memberListSchema, memberQuerySchema } from '../../../contract/member.ts';
import {
  resourceListSchema,
  resourceQuerySchema,
  resourceRequestQuerySchema,
  resourceSchema,
  resourceShapeSchema,
  scimBodySchema,
} from '../../../contract/resource.ts';
import { resourceLinkListSchema } from '../../../contract/resource-link.ts';
import type { RouteGroup } from '../described-route.ts';

const RESOURCES = '/identity-servers/:server/resources/:type';
const RESOURCE = `${RESOURCES}/:id`;
const PRECONDITIONS = 'If-Match and If-None-Match are passed on.';

export const resourceRoutes: RouteGroup = {
  name: 'Users, groups and other resources',
  about: 'What an identity server holds. `{type}` is a resource type (`User`) or its endpoint (`Users`).',
  routes: [
    {
      method: 'GET',
      path: RESOURCES,
      summary: 'Search resources',
      query: resourceQuerySchema,
      answer: resourceListSchema,
      problems: ['scim-error'],
    },
    {
      method: 'GET',
      path: RESOURCE,
      summary: 'Show a resource',
      query: resourceShapeSchema,
      answer: resourceSchema,
      problems: ['scim-error'],
    },
    {
      method: 'POST',
      path: RESOURCES,
      summary: 'Create a resource',
      description: 'With the rules of SCIM: the body is that of a POST (RFC 7644 §3.3).',
      body: scimBodySchema,
      answer: resourceSchema,
      status: 201,
      problems: ['scim-error'],
    },
    {
      method: 'PUT',
      path: RESOURCE,
      summary: 'Replace a resource',
      description: `As RFC 7644 §3.5.1. ${PRECONDITIONS}`,
      body: scimBodySchema,
      answer: resourceSchema,
      problems: ['scim-error'],
    },
    {
      method: 'PATCH',
      path: RESOURCE,
      summary: 'Change a resource',
      description: `The body is that of a PATCH (RFC 7644 §3.5.2). ${PRECONDITIONS}`,
      body: scimBodySchema,
      answer: resourceSchema,
      problems: ['scim-error'],
    },
    {
      method: 'DELETE',
      path: RESOURCE,
      summary: 'Delete a resource',
      description: PRECONDITIONS,
      problems: ['scim-error'],
    },
    {
      method: 'GET',
      path: `${RESOURCE}/members`,
      summary: 'List the members of a group',
      query: memberQuerySchema,
      answer: memberListSchema,
    },
    {
      method: 'GET',
      path: `${RESOURCE}/history`,
      summary: 'Show how a resource came to be what it is',
      query: historyQuerySchema,
      answer: historySchema,
    },
    {
      method: 'GET',
      path: `${RESOURCE}/requests`,
      summary: 'List the SCIM requests that touched a resource',
      query: resourceRequestQuerySchema,
      answer: logSchema,
    },
    {
      method: 'GET',
      path: `${RESOURCE}/links`,
      summary: 'Show where a resource is in applications',
      answer: resourceLinkListSchema,
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

import { z } from 'zod';
import { auditLogSchema, auditQuerySchema } from '../../../contract/audit.ts';
import { backupSchema, newBackupSchema } from '../../../contract/backup.ts';
import { installationSettingsSchema, mailTestedSchema, mailTestSchema } from '../../../contract/settings.ts';
import { statusSchema } from '../../../contract/status.ts';
import type { RouteGroup } from '../described-route.ts';

export const installationRoutes: RouteGroup = {
  name: 'Installation',
  about: 'Rollcall itself.',
  routes: [
    { method: 'GET', path: '/status', summary: 'Show what runs and how busy it is', answer: statusSchema },
    {
      method: 'GET',
      path: '/settings',
      summary: 'Show how the installation is set up',
      answer: installationSettingsSchema,
    },
    {
      method: 'POST',
      path: '/settings/mail-test',
      summary: 'Send a test mail',
      body: mailTestSchema,
      answer: mailTestedSchema,
      problems: ['not-usable', 'mail-failed'],
    },
    {
      method: 'GET',
      path: '/audit',
      summary: 'Show who changed which setting',
      description: 'Newest first.',
      query: auditQuerySchema,
      answer: auditLogSchema,
    },
    {
      method: 'POST',
      path: '/backup',
      summary: 'Write a backup',
      body: newBackupSchema,
      answer: backupSchema,
      status: 201,
    },
    {
      method: 'GET',
      path: '/openapi.json',
      summary: 'This API as an OpenAPI document',
      answer: z.looseObject({ openapi: z.literal('3.1.1') }),
    },
    { method: 'GET', path: '/docs', summary: 'This API as pages to read', media: ['text/html'] },
    {
      method: 'GET',
      path: '/docs/:group',
      summary: 'A group of routes as a page to read',
      media: ['text/html'],
    },
  ],
};

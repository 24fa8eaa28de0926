import type { Compatibility } from '@rollcall/scim';
import { z } from 'zod';
import type { IdentityServerSettings } from '../store/contract.ts';
import { slugSchema } from './slug.ts';

const MAX_PAGE = 10_000;

/** Settings of an identity server, under the names that the API and the command line use. */
export const settingsSchema = z
  .strictObject({
    security: z.enum(['bearer', 'basic', 'none']).describe('How clients prove who they are'),
    compatibility: z.enum(['tolerant', 'strict']).describe('Whether deviations of clients are straightened or refused'),
    saveRequests: z.boolean().describe('Keep requests and answers in the request log'),
    defaultPageSize: z.int().min(1).max(MAX_PAGE).describe('Resources on a page when the client names no count'),
    maxPageSize: z.int().min(1).max(MAX_PAGE).describe('Resources on a page at most'),
    rateLimit: z.int().min(0).max(100_000).describe('Requests per second; 0 is no limit'),
    groupPatchAnswer: z
      .enum(['auto', '200', '204'])
      .describe('Answer to a PATCH of a group: 200 with the group, 204, or 200 for groups of up to 100 members'),
    uniqueGroupNames: z.boolean().describe('Refuse two groups of the same displayName'),
    uniqueExternalIds: z.boolean().describe('Refuse two resources of the same externalId'),
    restoreInactive: z
      .boolean()
      .describe('Creating a user whom an inactive one equals in userName and externalId brings that one back'),
  })
  .meta({ title: 'Settings' });

/** What a new identity server is set to. RFC 7643 lets groups share a name, and strict means to the letter. */
export const defaultSettings = (compatibility: Compatibility = 'tolerant'): IdentityServerSettings => ({
  security: 'bearer',
  compatibility,
  saveRequests: true,
  defaultPageSize: 100,
  maxPageSize: 1000,
  rateLimit: 0,
  groupPatchAnswer: 'auto',
  uniqueGroupNames: compatibility === 'tolerant',
  uniqueExternalIds: false,
  restoreInactive: false,
});

const name = z.string().trim().min(1).max(200);

/** What makes an identity server; what is left out is the default. */
export const newIdentityServerSchema = settingsSchema.partial().extend({
  name: name.describe('What people call it'),
  slug: slugSchema.optional().describe('Its part of the URL; made of the name when left out'),
  default: z.boolean().optional().describe('Also answers at /scim/v2'),
  active: z.boolean().optional().describe('An inactive one answers 403'),
});

/** What may be changed of an identity server. */
export const identityServerChangesSchema = settingsSchema.partial().extend({
  name: name.optional(),
  slug: slugSchema.optional(),
  default: z.boolean().optional(),
  active: z.boolean().optional(),
});

/** An identity server as it is shown. Answers are open to new members; requests are not. */
export const identityServerSchema = z.object({
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  scimUrl: z.string().describe('What the identity provider asks for as tenant or base URL'),
  defaultScimUrl: z.string().optional().describe('The address without a slug, when it is the default one'),
  active: z.boolean(),
  default: z.boolean(),
  ...settingsSchema.shape,
  userName: z.string().nullable().describe('User name of Basic credentials, when there are any'),
  removing: z.boolean().describe('It answers no longer, and its data is being removed'),
  createdAt: z.iso.datetime(),
  modifiedAt: z.iso.datetime(),
  warnings: z.array(z.string()),
});

export const identityServerListSchema = z.object({ identityServers: z.array(identityServerSchema) });

/** Basic credentials: the password is in this one answer and nowhere else. */
export const newCredentialsSchema = z.strictObject({
  userName: z
    .string()
    .min(1)
    .max(100)
    .regex(/^[^:\p{Cc}]+$/u, 'must have no colon and no control characters')
    .optional(),
});

export const credentialsSchema = z.object({ userName: z.string(), password: z.string() });

export type IdentityServerView = z.infer<typeof identityServerSchema>;
export type NewIdentityServer = z.infer<typeof newIdentityServerSchema>;
export type IdentityServerChanges = z.infer<typeof identityServerChangesSchema>;
export type CredentialsView = z.infer<typeof credentialsSchema>;

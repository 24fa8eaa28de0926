import { z } from 'zod';
import { driftRuleOfPathSchema, driftSettingsSchema } from './drift.ts';
import { jsonSchema } from './json.ts';
import { slugSchema } from './slug.ts';

const DAY_SECONDS = 86_400;
const MAX_SECRET = 16_384;
const MAX_MAILS = 50;
const MAX_DRIFT_RULES = 500;

const plainUrl = z
  .url({ protocol: /^https?$/, error: 'must be an address such as https://crm.example.org/scim/v2' })
  .refine((text) => {
    const { username, password, hash } = new URL(text);
    return username === '' && password === '' && hash === '';
  }, 'must have no user name, password or fragment; credentials have fields of their own');

const text = z.string().min(1).max(1000);

/** How Rollcall signs in at a target; the secret itself is apart from it. */
export const targetCredentialsSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('token') }),
  z.strictObject({ kind: z.literal('basic'), userName: text }),
  z.strictObject({
    kind: z.literal('clientCredentials'),
    tokenUrl: plainUrl,
    clientId: text,
    scope: text.nullable().default(null),
  }),
  z.strictObject({ kind: z.literal('none') }),
]);

const secret = z
  .string()
  .min(1)
  .max(MAX_SECRET)
  .regex(/^[^\r\n\0]+$/, 'must be one line');
const expiresAt = z.iso.datetime({ offset: true, error: 'must be a date such as 2027-03-01T00:00:00Z' }).nullable();

/** A way to a target. `secret` (token, password or client secret) is taken and never shown. */
export const newConnectionSchema = z.strictObject({
  baseUrl: plainUrl.describe('SCIM base URL, without /Users; a query string is kept on every request'),
  credentials: targetCredentialsSchema.default({ kind: 'token' }),
  dialect: z.enum(['rfc', 'entra']).default('rfc').describe('How a PATCH is written: as RFC 7644, or as Entra ID does'),
  expiresAt: expiresAt.default(null).describe('When the credentials expire: mails warn before'),
  secret: secret.optional(),
});

/** What is left out stays; the secret too, unless the connection leads to another host. Null removes it. */
export const connectionChangesSchema = z.strictObject({
  baseUrl: plainUrl.optional(),
  credentials: targetCredentialsSchema.optional(),
  dialect: z.enum(['rfc', 'entra']).optional(),
  expiresAt: expiresAt.optional(),
  secret: secret.nullable().optional(),
});

export const connectionSchema = z.object({
  baseUrl: z.string(),
  credentials: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('token') }),
    z.object({ kind: z.literal('basic'), userName: z.string() }),
    z.object({
      kind: z.literal('clientCredentials'),
      tokenUrl: z.string(),
      clientId: z.string(),
      scope: z.string().nullable(),
    }),
    z.object({ kind: z.literal('none') }),
  ]),
  dialect: z.enum(['rfc', 'entra']),
  expiresAt: z.iso.datetime().nullable(),
});

const guardSchema = z.strictObject({
  enabled: z.boolean().describe('Hold removals that look like an accident until a person decides'),
  number: z.int().min(0).max(1_000_000_000).describe('Removals in an interval that may pass'),
  percent: z.number().min(0).max(100).nullable().describe('Of the linked objects; null: only the number counts'),
});

/** Settings of an application, under the names that the API and the command line use. */
export const applicationSettingsSchema = z.strictObject({
  scope: z.enum(['all', 'assigned']).describe('Whether everybody is provisioned, or who is assigned'),
  notify: z
    .array(z.email('must be an e-mail address'))
    .max(MAX_MAILS)
    .describe('Who gets mail when a person is needed'),
  leaving: z.enum(['disable', 'delete', 'ignore']).describe('What happens to a user that leaves the scope'),
  groupLeaving: z.enum(['delete', 'ignore']).describe('What happens to a group that leaves the scope'),
  deleteAfterDays: z
    .number()
    .min(0)
    .max(3650)
    .nullable()
    .describe('Days after which a disabled user is deleted; null is never'),
  guard: guardSchema,
  exclusiveGroups: z.boolean().describe('Remove members of a target group that the directory does not have in it'),
  clearEmpty: z.boolean().describe('Clear an attribute in the target when it has no value any more'),
  interval: z
    .int()
    .min(1)
    .max(7 * DAY_SECONDS)
    .describe('Seconds between two cycles when nothing changes; failures and removals are counted over it'),
  drift: driftSettingsSchema,
  driftRules: z
    .array(driftRuleOfPathSchema)
    .max(MAX_DRIFT_RULES)
    .describe('What becomes of a target attribute that somebody else changed; what is not listed is reported'),
});

export const applicationSettingsChangesSchema = applicationSettingsSchema
  .partial()
  .extend({ guard: guardSchema.partial().optional(), drift: driftSettingsSchema.partial().optional() });

const name = z.string().trim().min(1).max(200);

export const newApplicationSchema = z.strictObject({
  name: name.describe('What people call it'),
  slug: slugSchema.optional().describe('Its part of URLs; made of the name when left out'),
  directory: z
    .string()
    .optional()
    .describe('Slug or id of the identity server whose users and groups it gets; the default or only one if left out'),
  settings: applicationSettingsChangesSchema.optional(),
  connection: newConnectionSchema.optional(),
});

export const applicationChangesSchema = z.strictObject({
  name: name.optional(),
  slug: slugSchema.optional(),
  settings: applicationSettingsChangesSchema.optional(),
  connection: connectionChangesSchema.optional(),
});

/** State of an application: `notConfigured` without a connection, `quarantine` while it is held back. */
export const applicationStateSchema = z.enum([
  'notConfigured',
  'notRun',
  'active',
  'paused',
  'quarantine',
  'disabled',
  'removing',
]);

/** An application as it is shown. Answers are open to new members; requests are not. */
export const applicationSchema = z.object({
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  directory: z.string().describe('Slug of the identity server'),
  state: applicationStateSchema,
  connection: connectionSchema.nullable(),
  hasSecret: z.boolean(),
  settings: z.object(applicationSettingsSchema.shape),
  profile: jsonSchema.describe('What the target can do, and how that is known; null before a test'),
  removing: z.boolean(),
  createdAt: z.iso.datetime(),
  modifiedAt: z.iso.datetime(),
  warnings: z.array(z.string()),
});

export const applicationListSchema = z.object({ applications: z.array(applicationSchema) });

export type ApplicationView = z.infer<typeof applicationSchema>;
export type ApplicationState = z.infer<typeof applicationStateSchema>;
export type NewApplication = z.infer<typeof newApplicationSchema>;
export type ApplicationChanges = z.infer<typeof applicationChangesSchema>;
export type ApplicationSettingsChanges = z.infer<typeof applicationSettingsChangesSchema>;
export type NewConnection = z.infer<typeof newConnectionSchema>;
export type ConnectionChanges = z.infer<typeof connectionChangesSchema>;
export type ConnectionView = z.infer<typeof connectionSchema>;

import { z } from 'zod';
import { applicationStateSchema } from './application.ts';
import { settingsSchema } from './identity-server.ts';
import { cycleSchema } from './provisioning.ts';

/** What may need a person: one word for each kind, which stays the same. */
export const ATTENTION_KINDS = [
  'quarantine',
  'switchedOff',
  'removalsHeld',
  'objectsFail',
  'drift',
  'credentialsMissing',
  'credentialsExpired',
  'credentialsExpire',
  'tokenExpired',
  'tokenExpires',
  'replacedTokenUsed',
  'inactiveAsked',
  'unprotected',
  'requestLogDropped',
  'diskNearlyFull',
  'noMail',
  'notEncrypted',
] as const;

export const attentionSchema = z.object({
  id: z.string().describe('The same as long as it is the same thing'),
  kind: z.enum(ATTENTION_KINDS),
  severity: z.enum(['error', 'warning', 'info']),
  subject: z.object({
    kind: z.enum(['application', 'identityServer', 'token', 'system']),
    slug: z.string().nullable().describe("A token's is its id"),
    name: z.string(),
  }),
  message: z.string(),
  advice: z.string().describe('What to do next'),
  values: z.record(z.string(), z.union([z.string(), z.number()])).describe('What of the message changes'),
  since: z.iso.datetime().nullable(),
  link: z.string().describe("Path of the console's page for it"),
});

/** Both ends in one answer, and what needs somebody: the most urgent first. */
export const overviewSchema = z.object({
  attention: z.array(attentionSchema),
  identityServers: z.array(
    z.object({
      slug: z.string(),
      name: z.string(),
      active: z.boolean(),
      default: z.boolean(),
      security: settingsSchema.shape.security,
      users: z.int(),
      groups: z.int(),
      requests24h: z.int().describe('In the last 24 hours'),
      errors24h: z.int().describe('Of those: answered with 4xx or 5xx'),
      lastRequestAt: z.iso.datetime().nullable(),
    }),
  ),
  applications: z.array(
    z.object({
      slug: z.string(),
      name: z.string(),
      directory: z.string().describe('Slug of the identity server'),
      state: applicationStateSchema,
      links: z.object({ users: z.int(), groups: z.int() }),
      failing: z.int().describe('Objects that wait for their next try'),
      staged: z.int().describe('Removals that wait for a decision'),
      drift: z.int().describe('Objects that somebody else changed in the target'),
      lastCycle: cycleSchema.nullable(),
      progress: z.number().min(0).max(1).nullable().describe('Of the cycle that runs, where it is known'),
    }),
  ),
});

export type OverviewView = z.infer<typeof overviewSchema>;
export type AttentionView = z.infer<typeof attentionSchema>;

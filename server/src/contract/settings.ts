import { z } from 'zod';

/** How this installation is set up: what was said at its start, without a secret. */
export const installationSettingsSchema = z.object({
  version: z.string(),
  node: z.string().describe('Version of Node.js'),
  publicUrl: z.string(),
  listen: z.string(),
  data: z.string().describe('Directory of the database, the request log and the keys'),
  mail: z.object({
    configured: z.boolean(),
    from: z.string().nullable(),
    server: z.string().nullable().describe('Host and port'),
  }),
  retention: z.object({
    logDays: z.int(),
    logRows: z.int(),
    logBytes: z.int(),
    logBody: z.int().describe('Bytes kept of each body'),
    changeDays: z.int(),
  }),
  oidc: z.object({ issuer: z.string(), name: z.string() }).nullable(),
  targets: z.enum(['any', 'public']).describe('Which addresses applications may be at'),
});

export const mailTestSchema = z.strictObject({ to: z.email('must be an e-mail address') });
export const mailTestedSchema = z.object({ sent: z.literal(true) });

export type InstallationSettingsView = z.infer<typeof installationSettingsSchema>;

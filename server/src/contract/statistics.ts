import { z } from 'zod';

/** How much there is in an identity server, and how much has come in. */
export const identityServerStatisticsSchema = z.object({
  users: z.int(),
  groups: z.int(),
  others: z.int().describe('Resources of types that were added'),
  requests24h: z.int().describe('Requests of the last 24 hours'),
  errors24h: z.int().describe('Those of them that were answered with 4xx or 5xx'),
  lastRequestAt: z.iso.datetime().nullable(),
  logEntries: z.int().describe('Requests that the log still has'),
});

export type IdentityServerStatistics = z.infer<typeof identityServerStatisticsSchema>;

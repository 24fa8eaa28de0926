import { z } from 'zod';

const MOST_HOURS = 31 * 24;

export const requestStatisticsQuerySchema = z.strictObject({
  hours: z.coerce.number().int().min(1).max(MOST_HOURS).default(24).describe('How far back'),
  identityServer: z.string().optional().describe('Slug or id; all of them together when left out'),
});

/** Requests over time. Every bucket of the span is there, the oldest first; one without requests holds zeros. */
export const requestStatisticsSchema = z.object({
  bucketSeconds: z.int(),
  buckets: z.array(
    z.object({
      at: z.iso.datetime().describe('Its beginning'),
      total: z.int(),
      clientErrors: z.int().describe('Answered with 4xx'),
      serverErrors: z.int().describe('Answered with 5xx'),
      meanMs: z.number().nullable().describe('Mean duration; null without requests'),
    }),
  ),
});

export type RequestStatisticsView = z.infer<typeof requestStatisticsSchema>;

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

import { z } from 'zod';

export const statusSchema = z.object({
  version: z.string(),
  installation: z.string(),
  publicUrl: z.string(),
  startedAt: z.iso.datetime(),
  identityServers: z.int(),
  store: z.object({ waitingWrites: z.int(), waitingSearches: z.int(), commits: z.int(), walBytes: z.int() }),
  requestLog: z.object({
    waiting: z.int(),
    dropped: z.int().describe('Entries lost because the log was too slow or its disk was full'),
    stored: z.int(),
  }),
});

export type StatusView = z.infer<typeof statusSchema>;

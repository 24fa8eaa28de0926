import { z } from 'zod';

/**
 * What `GET /api/events` says: that something may have changed, never what. Whoever reads it asks the ordinary routes
 * again, which know what he may see.
 */
export const hintSchema = z.discriminatedUnion('event', [
  z.object({ event: z.literal('log'), identityServer: z.string().describe('Slug: its request log has grown') }),
  z.object({ event: z.literal('changes'), identityServer: z.string().describe('Slug: its resources have changed') }),
  z.object({ event: z.literal('application'), application: z.string().describe('Slug: a cycle goes on, or settings') }),
  z.object({ event: z.literal('overview') }),
]);

export type Hint = z.infer<typeof hintSchema>;

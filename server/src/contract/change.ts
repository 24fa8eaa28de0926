import { z } from 'zod';

export const changeQuerySchema = z.strictObject({
  after: z.coerce.number().int().min(0).default(0).describe('The last position already seen; 0 to begin'),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  wait: z.coerce.number().int().min(0).max(60).default(0).describe('Seconds to wait for a change when there is none'),
});

export const changeSchema = z.object({
  n: z.int().describe('Position in the feed: increasing, gaps allowed'),
  date: z.iso.datetime(),
  kind: z.enum(['created', 'changed', 'disabled', 'enabled', 'members', 'deleted']),
  type: z.string().describe('Resource type'),
  id: z.string(),
  externalId: z.string().nullable(),
  label: z.string().describe("A user's userName, a group's displayName"),
  attributes: z.array(z.string()).optional(),
  membersAdded: z.array(z.string()).optional(),
  membersRemoved: z.array(z.string()).optional(),
});

/** A change in the history of one resource. */
export const resourceChangeSchema = changeSchema.extend({
  group: z
    .object({ id: z.string(), label: z.string() })
    .optional()
    .describe('The group that it joined or left; the change is that group’s'),
});

export const historyQuerySchema = z.strictObject({
  before: z.coerce.number().int().min(1).optional().describe('Older than this position'),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});

export const historySchema = z.object({
  changes: z.array(resourceChangeSchema).describe('Newest first'),
  next: z.int().nullable().describe('What to give as `before` for older ones; null when there are none'),
});

export const changeListSchema = z.object({
  changes: z.array(changeSchema),
  next: z.int().describe('What to give as `after` next time'),
});

export type HistoryView = z.infer<typeof historySchema>;
export type ChangeView = z.infer<typeof changeSchema>;
export type ChangeListView = z.infer<typeof changeListSchema>;

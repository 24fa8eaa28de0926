import { z } from 'zod';

export const memberQuerySchema = z.strictObject({
  after: z
    .string()
    .regex(/^\d{1,15}$/, 'must be the `next` of another page')
    .transform(Number)
    .default(0)
    .describe('Where the last page ended'),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  search: z.string().max(200).optional().describe('Part of the label in any case, or the id'),
});

/** A page of a group's members, in the order in which they came to be. */
export const memberListSchema = z.object({
  members: z.array(
    z.object({
      id: z.string(),
      type: z.string().describe('Resource type'),
      label: z.string().describe("A user's userName, a group's displayName"),
      exists: z.boolean(),
    }),
  ),
  next: z
    .string()
    .nullable()
    .describe('What to give as `after` for more; a search may end a page early. null when there are none'),
  total: z.int().nullable().describe('How many members there are; null beyond 100,000, and on later pages'),
});

export type MemberListView = z.infer<typeof memberListSchema>;

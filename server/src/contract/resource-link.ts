import { z } from 'zod';

/** Where a user or group of a directory is in the applications that are provisioned from it. */
export const resourceLinkListSchema = z.object({
  links: z.array(
    z.object({
      application: z.object({ slug: z.string(), name: z.string() }),
      type: z.string(),
      targetId: z.string().nullable(),
      state: z
        .enum(['active', 'disabled', 'left', 'none'])
        .describe('left: it left the scope and was left alone; none: it has not got there yet'),
      label: z.string(),
      failure: z
        .object({ code: z.string(), message: z.string(), nextTryAt: z.iso.datetime() })
        .nullable()
        .describe('What failed last, until it succeeds'),
      lastAt: z.iso.datetime().nullable().describe('When something was last done with it'),
    }),
  ),
});

export type ResourceLinkListView = z.infer<typeof resourceLinkListSchema>;

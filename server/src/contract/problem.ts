import { z } from 'zod';

/** An error of the admin API (RFC 9457). `type` is stable; `detail` says what to do next. */
export const problemSchema = z.object({
  type: z.string().describe('Relative reference that names the kind of problem'),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  field: z.string().optional().describe('The member of the request that is wrong'),
  problems: z
    .array(z.object({ field: z.string(), message: z.string(), position: z.int().optional() }))
    .optional()
    .describe('Everything that is wrong; position is an offset in an expression, from 0'),
  scimType: z.string().optional().describe('Detail error keyword of a SCIM operation that was refused'),
});

export type ProblemView = z.infer<typeof problemSchema>;

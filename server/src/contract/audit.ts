import { z } from 'zod';
import { jsonSchema } from './json.ts';

export const auditQuerySchema = z.strictObject({
  subject: z.string().max(1000).optional().describe('Slug or id of what was changed'),
  before: z.coerce.number().int().min(0).optional().describe('Older than this entry'),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});

/** Who changed what. Of a change of many settings only those that differ are in `before` and `after`. */
export const auditEntrySchema = z.object({
  n: z.int(),
  date: z.iso.datetime(),
  who: z
    .string()
    .describe("The person's user name, the API token's name, or `local` for the command line on the server itself"),
  from: z.string().nullable().describe('Address that it came from'),
  action: z.string(),
  subject: z.string(),
  before: jsonSchema,
  after: jsonSchema,
});

export const auditLogSchema = z.object({ entries: z.array(auditEntrySchema) });

export type AuditEntryView = z.infer<typeof auditEntrySchema>;

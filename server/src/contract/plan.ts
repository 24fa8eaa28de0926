import { z } from 'zod';
import { jsonSchema } from './json.ts';
import { objectTypeSchema } from './provisioning-log.ts';

/** A dry run that is kept to be read, approved and applied. */
export const planSchema = z.object({
  id: z.string(),
  application: z.string().describe('Slug'),
  state: z.enum(['open', 'applying', 'applied', 'discarded']),
  createdAt: z.iso.datetime(),
  by: z.string(),
  appliedAt: z.iso.datetime().nullable(),
  appliedBy: z.string().nullable(),
  counts: z.record(z.string(), z.int()).describe('Items by action'),
});

export const planItemSchema = z.object({
  n: z.int(),
  type: objectTypeSchema,
  id: z.string().describe('In the directory'),
  label: z.string(),
  action: z.enum(['create', 'adopt', 'update', 'disable', 'delete', 'members']),
  reason: z.string(),
  changes: jsonSchema,
  state: z.enum(['open', 'rejected', 'applied', 'refused', 'failed']),
  outcome: z.string().nullable(),
});

export const planListSchema = z.object({ plans: z.array(planSchema) });
export const planQuerySchema = z.strictObject({
  after: z.coerce.number().int().min(-1).default(-1).describe('Items after this one'),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});
export const planWithItemsSchema = planSchema.extend({
  items: z.array(planItemSchema),
  next: z.int().nullable().describe('What to give as `after` for the next page'),
});

export type PlanView = z.infer<typeof planSchema>;
export type PlanItemView = z.infer<typeof planItemSchema>;
export type PlanWithItemsView = z.infer<typeof planWithItemsSchema>;

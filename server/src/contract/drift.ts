import { z } from 'zod';
import { objectNameSchema } from './assignment.ts';
import { jsonSchema } from './json.ts';
import { objectTypeSchema } from './provisioning-log.ts';

const path = z.string().trim().min(1).max(1000);

export const driftRuleSchema = z.enum(['report', 'push', 'accept', 'ignore']);

/** What becomes of drift of one target attribute, whatever object it is of. */
export const driftRuleOfPathSchema = z.strictObject({ path, rule: driftRuleSchema });

export const driftSettingsSchema = z.strictObject({
  every: z
    .int()
    .min(60)
    .max(366 * 86_400)
    .nullable()
    .describe('Seconds between two comparisons of the target with what was sent; null: only when asked'),
  share: z
    .number()
    .min(0.1)
    .max(100)
    .describe('Percent of the linked objects that one comparison looks at; it goes on where the last one ended'),
});

/** A difference between what the target shows and what it is believed to hold. */
export const driftItemSchema = z.object({
  type: objectTypeSchema,
  id: z.string().describe('In the directory'),
  targetId: z.string(),
  label: z.string(),
  path: z.string().describe('Target attribute; `id` of an object that is missing, `members` of memberships'),
  kind: z.enum(['value', 'disabled', 'enabled', 'missing', 'members']),
  expected: jsonSchema,
  found: jsonSchema,
  sinceAt: z.iso.datetime().describe('When it was met first'),
  seenAt: z.iso.datetime(),
});

/** What a person decided about one attribute of one object. */
export const driftDecisionViewSchema = z.object({
  type: objectTypeSchema,
  id: z.string(),
  label: z.string(),
  path: z.string(),
  rule: z.enum(['accept', 'ignore']),
  at: z.iso.datetime(),
});

/** The comparison that runs, or the last one. */
export const driftPassSchema = z.object({
  running: z.boolean(),
  beganAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
  looked: z.int().describe('Objects compared'),
  failed: z.int().describe('Objects that could not be read'),
  error: z.string().nullable().describe('Why it ended early'),
});

export const driftListSchema = z.object({
  pass: driftPassSchema,
  objects: z.int().describe('Objects that differ'),
  total: z.int().describe('Attributes that differ'),
  drift: z.array(driftItemSchema),
  next: z.string().nullable().describe('What to give as `after` for the next page'),
  decisions: z.array(driftDecisionViewSchema),
  rules: z.array(driftRuleOfPathSchema),
});

export const driftQuerySchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  after: z.string().max(5000).optional(),
  attribute: path.optional(),
  object: objectNameSchema.optional().describe('user:NAME, group:NAME, or an id of the directory or of the target'),
});

export const driftCheckSchema = z.strictObject({
  wait: z.number().min(0).max(60).default(20).describe('Seconds to wait for its end; it goes on behind the answer'),
});

export const driftWishSchema = z.strictObject({
  decision: driftRuleSchema.describe('`report` forgets what was decided before'),
  objects: z.array(objectNameSchema).min(1).max(100),
  attribute: path.optional().describe('This attribute alone'),
});

export const driftOutcomeSchema = z.object({
  decided: z.int().describe('Attributes that it concerned'),
  failed: z.int().describe('Objects that could not be sent'),
  total: z.int().describe('Attributes that still differ'),
});

export type DriftListView = z.infer<typeof driftListSchema>;
export type DriftItemView = z.infer<typeof driftItemSchema>;
export type DriftPassView = z.infer<typeof driftPassSchema>;
export type DriftRuleOfPath = z.infer<typeof driftRuleOfPathSchema>;

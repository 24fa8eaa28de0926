import { z } from 'zod';
import { momentSchema } from './duration.ts';
import { jsonSchema } from './json.ts';

const position = z.coerce.number().int().min(0);

export const provisioningActionSchema = z.enum(['create', 'update', 'disable', 'delete', 'stagedDelete', 'other']);
export const provisioningOutcomeSchema = z.enum(['success', 'failure', 'skipped', 'warning']);
export const objectTypeSchema = z.enum(['User', 'Group']);

/** What of the provisioning log is wanted; the same for listing and export. */
export const provisioningLogQuerySchema = z.strictObject({
  status: provisioningOutcomeSchema.optional(),
  action: provisioningActionSchema.optional(),
  type: objectTypeSchema.optional(),
  object: z.string().min(1).max(1000).optional().describe('Id in the directory or the target, or part of the name'),
  cycle: z.string().max(100).optional(),
  code: z.string().max(100).optional().describe('Error code, such as EntryConflict'),
  since: momentSchema.optional(),
  until: momentSchema.optional(),
  before: position.optional().describe('Older than this entry'),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  format: z.enum(['json', 'jsonl', 'csv']).default('json').describe('jsonl and csv: all of it, without limit'),
});

/** One request to a target and its answer. */
export const exchangeSchema = z.object({
  date: z.iso.datetime(),
  durationMs: z.number(),
  method: z.string(),
  url: z.string(),
  requestBody: z.string().nullable(),
  status: z.int().nullable().describe('Null when no answer came'),
  responseBody: z.string().nullable(),
  failure: z.string().nullable().describe('What happened instead of an answer'),
});

/** One object in one cycle. */
export const provisioningRecordSchema = z.object({
  n: z.int().nullable().describe('Position in the log; null of what has just been done'),
  date: z.iso.datetime(),
  durationMs: z.number(),
  cycle: z.string(),
  type: objectTypeSchema,
  id: z.string().describe('In the directory'),
  label: z.string(),
  targetId: z.string().nullable(),
  action: provisioningActionSchema,
  status: provisioningOutcomeSchema,
  reason: z.string(),
  error: z.object({ code: z.string(), message: z.string(), advice: z.string() }).nullable(),
  attempts: z.int(),
  nextTryAt: z.iso.datetime().nullable(),
  modified: z.array(z.object({ path: z.string(), from: jsonSchema, to: jsonSchema })),
  steps: z.array(
    z.object({
      name: z.string(),
      status: provisioningOutcomeSchema,
      description: z.string(),
      details: z.record(z.string(), jsonSchema),
    }),
  ),
  exchanges: z.array(exchangeSchema),
});

export const provisioningLogSchema = z.object({ entries: z.array(provisioningRecordSchema) });

export type ProvisioningLogQueryInput = z.infer<typeof provisioningLogQuerySchema>;
export type ProvisioningRecordView = z.infer<typeof provisioningRecordSchema>;
export type ExchangeView = z.infer<typeof exchangeSchema>;

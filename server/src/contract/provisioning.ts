import { z } from 'zod';
import { applicationStateSchema } from './application.ts';
import { objectNameSchema } from './assignment.ts';
import { objectTypeSchema, provisioningRecordSchema } from './provisioning-log.ts';

/** What a restart forgets. `full` is everything, the links too; `forceDeletes` lets held removals go. */
export const RESET_SCOPES = ['watermark', 'escrows', 'quarantine', 'links', 'full', 'forceDeletes'] as const;

export const restartSchema = z.strictObject({ reset: z.array(z.enum(RESET_SCOPES)).max(10).default([]) });

/** A user, or a group with some of its members. */
export const onDemandSchema = z
  .strictObject({
    user: objectNameSchema.optional(),
    group: objectNameSchema.optional(),
    members: z.array(objectNameSchema).max(50).default([]).describe('Of the group: users to provision with it'),
  })
  .refine(({ user, group }) => (user === undefined) !== (group === undefined), 'must name a user or a group')
  .refine(({ group, members }) => group !== undefined || members.length === 0, 'has members, but no group');

export const onDemandOutcomeSchema = z.object({ records: z.array(provisioningRecordSchema) });

const kind = z.enum(['initial', 'incremental', 'onDemand']);
const count = z.int();

export const cycleCountsSchema = z.object({
  seen: count,
  expected: count,
  created: count,
  updated: count,
  disabled: count,
  deleted: count,
  adopted: count,
  skipped: count,
  failed: count,
  staged: count,
  membersAdded: count,
  membersRemoved: count,
});

export const cycleSchema = z.object({
  id: z.string(),
  kind,
  state: z.enum(['running', 'succeeded', 'entryLevelErrors', 'failed', 'interrupted']),
  phase: z.string(),
  beganAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  durationMs: z.number().nullable(),
  counts: cycleCountsSchema,
  error: z.string().nullable(),
});

export const cycleListSchema = z.object({ cycles: z.array(cycleSchema) });
export const cycleQuerySchema = z.strictObject({ limit: z.coerce.number().int().min(1).max(500).default(50) });

/** What an application's provisioning does now, did last and does next. */
export const provisioningStatusSchema = z.object({
  application: z.string().describe('Slug'),
  name: z.string(),
  at: z.iso.datetime(),
  state: applicationStateSchema,
  running: z
    .object({
      cycle: z.string(),
      kind,
      phase: z.string(),
      beganAt: z.iso.datetime(),
      counts: cycleCountsSchema,
      progress: z.number().min(0).max(1).nullable().describe('Null while nobody knows how much there is'),
      perSecond: z.number().describe('Objects a second since it began'),
      secondsLeft: z.number().nullable(),
    })
    .nullable(),
  rate: z
    .object({
      concurrency: z.number().describe('Calls that may be under way at once, as learnt'),
      waiting: z.int(),
      throttled: z.int(),
    })
    .nullable(),
  lastCycles: z.array(cycleSchema),
  links: z.object({ users: count, groups: count, active: count }),
  escrows: z.object({ objects: count, references: count, nextTryAt: z.iso.datetime().nullable() }),
  staged: count.describe('Removals that wait for a decision'),
  drift: z.object({
    objects: count.describe('Objects that somebody else changed in the target'),
    checkedAt: z.iso.datetime().nullable().describe('End of the last comparison'),
  }),
  quarantine: z
    .object({
      reason: z.string(),
      code: z.string().nullable(),
      message: z.string(),
      advice: z.string(),
      holds: z.enum(['everything', 'removals']),
      beganAt: z.iso.datetime(),
      nextAttemptAt: z.iso.datetime(),
      attempts: z.int(),
    })
    .nullable(),
  nextRunAt: z.iso.datetime().nullable(),
  steadySince: z.iso.datetime().nullable(),
  steadyFirstAt: z.iso.datetime().nullable(),
  watermark: z.int().nullable(),
  next: z.string().describe('What to do next, if anything'),
  warnings: z.array(z.string()),
});

export const stagedRemovalSchema = z.object({
  type: objectTypeSchema,
  id: z.string(),
  label: z.string(),
  action: z.enum(['disable', 'delete']),
  reason: z.string(),
  date: z.iso.datetime(),
  state: z.enum(['waiting', 'allowed', 'rejected']),
});

export const stagedListSchema = z.object({ total: z.int(), staged: z.array(stagedRemovalSchema) });
export const stagedQuerySchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(10_000).default(1000),
  state: z.enum(['waiting', 'allowed', 'rejected']).default('waiting'),
});

export const stagedDecisionSchema = z.strictObject({
  objects: z.array(objectNameSchema).min(1).max(10_000).optional().describe('All that wait when left out'),
});

export const stagedOutcomeSchema = z.object({ decided: z.int(), waiting: z.int() });

export type ProvisioningStatusView = z.infer<typeof provisioningStatusSchema>;
export type CycleView = z.infer<typeof cycleSchema>;
export type CycleCountsView = z.infer<typeof cycleCountsSchema>;
export type StagedRemovalView = z.infer<typeof stagedRemovalSchema>;

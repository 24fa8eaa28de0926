import { z } from 'zod';
import { jsonSchema } from './json.ts';

export const replayRequestSchema = z.strictObject({
  dryRun: z.boolean().describe('true: only says what it would do now'),
});

const resource = z.record(z.string(), jsonSchema).nullable();

/** What a request of the log does when it is sent again, or would do. */
export const replaySchema = z.object({
  dryRun: z.boolean(),
  status: z.int(),
  responseBody: z.string().nullable(),
  before: resource.describe('The resource before, without members; null when there is none'),
  after: resource,
  changes: z
    .array(z.object({ path: z.string(), from: jsonSchema, to: jsonSchema }))
    .describe('What differs; null is no value. Of members the first 100'),
  membersAdded: z.int(),
  membersRemoved: z.int(),
  others: z
    .array(z.object({ type: z.string(), id: z.string(), label: z.string(), kind: z.string() }))
    .describe('Other resources that change with it, the first 100'),
  entry: z.int().nullable().describe('Its number in the request log; null for a dry run, or when it is not kept'),
});

export type ReplayView = z.infer<typeof replaySchema>;

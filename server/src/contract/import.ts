import { z } from 'zod';

const fileSchema = z.strictObject({
  /** File name, for messages; one that ends in .jsonl, .ndjson or .json holds JSON lines. */
  name: z.string().min(1).max(255),
  text: z.string(),
});

/** Feeds an identity server from files of people and groups. */
export const importRequestSchema = z.strictObject({
  people: fileSchema,
  groups: fileSchema.optional(),
  dryRun: z.boolean().default(false),
  /** What becomes of people who are in the directory and not in the file. */
  missing: z.enum(['leave', 'disable', 'delete']).default('leave'),
  /** So many people and so many memberships may go, whatever the guard thinks of the file. */
  allowRemovals: z.int().min(0).optional(),
});

const importChangeSchema = z.strictObject({
  action: z.enum(['create', 'change', 'disable', 'delete']),
  type: z.enum(['User', 'Group']),
  /** userName of a user, displayName of a group. */
  name: z.string(),
  /** What changes of one that is there. */
  attributes: z.array(z.string()),
});

/** What an import did; of a dry run and of one that was blocked, what it would have done. */
export const importReportSchema = z.strictObject({
  dryRun: z.boolean(),
  /** Why nothing was written; empty when the import went through. */
  blocked: z.array(z.string()),
  users: z.strictObject({
    created: z.int(),
    changed: z.int(),
    disabled: z.int(),
    deleted: z.int(),
    unchanged: z.int(),
  }),
  groups: z.strictObject({ created: z.int(), changed: z.int(), unchanged: z.int() }),
  memberships: z.strictObject({ added: z.int(), removed: z.int() }),
  refusedCount: z.int(),
  /** Rows that were not imported, or not wholly: the first thousand. */
  refused: z.array(z.strictObject({ file: z.string(), line: z.int(), reason: z.string() })),
  warnings: z.array(z.string()),
  /** The first thousand. */
  changes: z.array(importChangeSchema),
});

export type ImportRequest = z.infer<typeof importRequestSchema>;
export type ImportChange = z.infer<typeof importChangeSchema>;
export type ImportReport = z.infer<typeof importReportSchema>;

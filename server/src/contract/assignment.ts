import { z } from 'zod';
import { objectTypeSchema } from './provisioning-log.ts';

/** `user:anna@example.com`, `group:Sales` or an id: userName, displayName, externalId and id are tried. */
export const objectNameSchema = z.string().trim().min(1).max(1000);

const objects = z.array(objectNameSchema).min(1).max(1000);

export const newAssignmentsSchema = z.strictObject({
  objects,
  nested: z.boolean().default(false).describe('Of a group: also the members of the groups in it'),
});

export const unassignmentSchema = z.strictObject({ objects });

export const assignmentSchema = z.object({
  type: objectTypeSchema,
  id: z.string().describe('In the directory'),
  label: z.string().nullable().describe('userName or displayName; null when it is gone from the directory'),
  exists: z.boolean(),
  nested: z.boolean(),
  createdAt: z.iso.datetime(),
});

export const assignmentListSchema = z.object({ assignments: z.array(assignmentSchema) });

export type AssignmentView = z.infer<typeof assignmentSchema>;
export type AssignmentListView = z.infer<typeof assignmentListSchema>;

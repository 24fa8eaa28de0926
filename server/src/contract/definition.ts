import { z } from 'zod';
import { jsonSchema } from './json.ts';

/** A schema or resource type as JSON; what it says is checked by scim/. */
export const definitionJsonSchema = z.record(z.string(), jsonSchema);

/** A Schema resource (RFC 7643 §7) with the resource type that it extends. */
export const extensionSchema = z.strictObject({
  resourceType: z.string().min(1),
  required: z.boolean().optional(),
  schema: definitionJsonSchema,
});

/** Resource types, schemas, and which schema extends which resource type. */
export const definitionDocumentSchema = z.strictObject({
  resourceTypes: z.array(definitionJsonSchema).optional(),
  schemas: z.array(definitionJsonSchema).optional(),
  extensions: z
    .array(
      z.strictObject({ resourceType: z.string().min(1), schema: z.string().min(1), required: z.boolean().optional() }),
    )
    .optional(),
});

export const definitionSchema = z.object({
  kind: z.enum(['schema', 'extension', 'resourceType']),
  name: z.string().describe('URN of a schema, `{type} {urn}` of an extension, name of a resource type'),
  definition: definitionJsonSchema,
});

export const definitionListSchema = z.object({
  definitions: z.array(definitionSchema),
  warnings: z
    .array(z.string())
    .optional()
    .describe('Values that two resources hold although they are now to be unique'),
});

export const definitionRemovalSchema = z.strictObject({
  force: z
    .enum(['true', 'false'])
    .optional()
    .describe('Remove it although resources hold such data, which is then left out of answers'),
});

export type DefinitionView = z.infer<typeof definitionSchema>;
export type DefinitionListView = z.infer<typeof definitionListSchema>;

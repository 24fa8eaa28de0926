import { SCOPING_OPERATORS } from '@rollcall/provisioning/scoping-operator';
import { z } from 'zod';
import { applicationSettingsChangesSchema } from './application.ts';
import { objectNameSchema } from './assignment.ts';
import { jsonSchema } from './json.ts';

const path = z.string().min(1).max(1000);
const value = z.string().max(10_000);
export const expressionTextSchema = z.string().min(1).max(10_000);

export const mappingSourceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('direct'), attribute: path }),
  z.strictObject({ kind: z.literal('constant'), value }),
  z.strictObject({ kind: z.literal('expression'), expression: expressionTextSchema }),
  z.strictObject({ kind: z.literal('none') }),
]);

/** One row of the mapping table. */
export const attributeMappingSchema = z.strictObject({
  target: path.describe('Attribute of the target, such as emails[type eq "work"].value'),
  source: mappingSourceSchema,
  defaultValue: value.optional().describe('Used on creation when the source has no value'),
  matching: z.int().min(0).max(100).default(0).describe('0: not for matching; otherwise the order it is tried in'),
  apply: z.enum(['always', 'create']).default('always'),
});

const targetAttributeSchema = z.strictObject({
  path,
  type: z.enum(['string', 'integer', 'boolean', 'dateTime', 'reference', 'binary']),
  required: z.boolean().default(false),
  multiValued: z.boolean().default(false),
  caseExact: z.boolean().default(false),
});

const scopingFilterSchema = z.strictObject({
  name: z.string().max(200),
  clauses: z
    .array(z.strictObject({ attribute: path, operator: z.enum(SCOPING_OPERATORS), value: value.optional() }))
    .max(100),
});

const objectMappingSchema = z.strictObject({
  enabled: z.boolean().default(true),
  create: z.boolean().default(true),
  update: z.boolean().default(true),
  delete: z.boolean().default(true),
  attributes: z.array(attributeMappingSchema).max(500),
  targetAttributes: z.array(targetAttributeSchema).max(500).default([]),
  filters: z.array(scopingFilterSchema).max(100).default([]),
});

/** All mappings of an application: what is exported is what can be imported. */
export const mappingsSchema = z.strictObject({ users: objectMappingSchema, groups: objectMappingSchema });

/** Everything that is wrong with mappings or an expression; `position` is an offset in the expression, from 0. */
export const mappingProblemSchema = z.object({
  field: z.string(),
  message: z.string(),
  position: z.int().optional(),
});

/** Mappings as they were saved. `warnings` is what works, and will probably not do what was meant. */
export const savedMappingsSchema = z.object({
  ...mappingsSchema.shape,
  warnings: z.array(mappingProblemSchema),
});

export const mappingPreviewRequestSchema = z.strictObject({
  mappings: mappingsSchema.optional().describe('The saved ones when left out'),
  settings: applicationSettingsChangesSchema.optional(),
});

export const mappingPreviewSchema = z.object({
  problems: z.array(mappingProblemSchema),
  objects: z.int(),
  attributes: z.array(
    z.object({
      path: z.string(),
      changed: z.int(),
      samples: z.array(z.object({ label: z.string(), from: jsonSchema, to: jsonSchema })),
    }),
  ),
  entering: z.int(),
  leaving: z.int(),
  samples: z.array(z.object({ label: z.string(), change: z.enum(['enters', 'leaves']), reason: z.string() })),
});

export const expressionTrialSchema = z.strictObject({
  expression: expressionTextSchema,
  object: objectNameSchema.describe('Whose values it is tried with: user:anna@example.com, group:Sales or an id'),
});

export const triedExpressionSchema = z.object({
  value: jsonSchema,
  error: z.object({ message: z.string(), position: z.int() }).nullable(),
});

export const expressionFunctionListSchema = z.object({
  functions: z.array(
    z.object({
      name: z.string(),
      group: z.string(),
      parameters: z.array(z.looseObject({ name: z.string() })),
      summary: z.string(),
      example: z.string(),
      result: z.string(),
      entra: z.boolean().describe('Whether Microsoft Entra has it too'),
    }),
  ),
});

export type MappingsView = z.infer<typeof mappingsSchema>;
export type SavedMappingsView = z.infer<typeof savedMappingsSchema>;
export type AttributeMappingView = z.infer<typeof attributeMappingSchema>;
export type MappingPreviewView = z.infer<typeof mappingPreviewSchema>;
export type TriedExpressionView = z.infer<typeof triedExpressionSchema>;

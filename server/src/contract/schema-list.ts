import { z } from 'zod';

/** The resource types of an identity server, their attributes as filters and PATCH paths name them. */
export const schemaListSchema = z.object({
  resourceTypes: z.array(
    z.object({
      name: z.string(),
      endpoint: z.string(),
      schema: z.string(),
      extensions: z.array(z.string()),
      attributes: z.array(
        z.object({
          path: z.string().describe('userName, name.familyName, urn:…:User:department'),
          type: z.string(),
          multiValued: z.boolean(),
          required: z.boolean(),
          mutability: z.string(),
          caseExact: z.boolean(),
          canonicalValues: z.array(z.string()),
          description: z.string(),
        }),
      ),
    }),
  ),
});

export type SchemaListView = z.infer<typeof schemaListSchema>;

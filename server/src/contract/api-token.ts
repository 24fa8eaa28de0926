import { z } from 'zod';
import { accessSchema, expiresInSchema, tokenNameSchema } from './token.ts';

export const newApiTokenSchema = z.strictObject({
  name: tokenNameSchema,
  access: accessSchema.optional().describe('`read` may only look; `write` when left out'),
  expiresIn: expiresInSchema.optional(),
});

export const apiTokenSchema = z.object({
  id: z.string(),
  name: z.string(),
  prefix: z.string().describe('How the token begins'),
  access: accessSchema,
  state: z.enum(['active', 'expired', 'revoked']),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  revokedAt: z.iso.datetime().nullable(),
  lastUsedAt: z.iso.datetime().nullable(),
  lastUsedFrom: z.string().nullable(),
});

export const apiTokenListSchema = z.object({ apiTokens: z.array(apiTokenSchema) });

/** The one answer that holds the token itself. */
export const issuedApiTokenSchema = apiTokenSchema.extend({ token: z.string() });

export type ApiTokenView = z.infer<typeof apiTokenSchema>;
export type IssuedApiTokenView = z.infer<typeof issuedApiTokenSchema>;

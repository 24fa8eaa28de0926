import { z } from 'zod';
import { durationSchema } from './duration.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
/** Ten years, leap days included. */
const LONGEST = 3653 * DAY;
export const DEFAULT_LIFETIME = 365 * DAY;
export const DEFAULT_OVERLAP = 7 * DAY;

export const tokenNameSchema = z.string().trim().min(1).max(200);
export const accessSchema = z.enum(['read', 'write']);
export const expiresInSchema = durationSchema
  .refine((lifetime) => lifetime >= MINUTE && lifetime <= LONGEST, 'must be from 1m to 10 years (3653d)')
  .describe('How long it works, such as 90m, 12h or 365d');

/** Resource types, or `*` for those not named; writing includes reading. */
export const scopeSchema = z.record(
  z.string().regex(/^(\*|[A-Za-z][\w$-]*)$/, 'must be a resource type or *'),
  accessSchema,
);

export const newTokenSchema = z.strictObject({
  name: tokenNameSchema,
  expiresIn: expiresInSchema.optional(),
  scope: scopeSchema.refine((scope) => Object.keys(scope).length > 0, 'must allow something').optional(),
  networks: z.array(z.string()).max(100).optional().describe('Networks (CIDR) that may use it; any when left out'),
});

export const rotationSchema = z.strictObject({
  name: tokenNameSchema.optional(),
  expiresIn: expiresInSchema.optional().describe('Life of the new token; that of the old one when left out'),
  overlap: durationSchema.optional().describe('How long the old one keeps working; 7d when left out'),
});

export const tokenSchema = z.object({
  id: z.string(),
  identityServer: z.string().describe('Slug'),
  name: z.string(),
  state: z.enum(['active', 'expired', 'revoked']),
  scope: scopeSchema,
  networks: z.array(z.string()),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  revokedAt: z.iso.datetime().nullable(),
  replacedBy: z.string().nullable(),
  lastUsedAt: z.iso.datetime().nullable(),
  lastUsedFrom: z.string().nullable(),
});

export const tokenListSchema = z.object({ tokens: z.array(tokenSchema) });

/** The one answer that holds the token itself. */
export const issuedTokenSchema = tokenSchema.extend({
  token: z.string(),
  replaces: z.object({ id: z.string(), expiresAt: z.iso.datetime() }).optional(),
});

export type TokenView = z.infer<typeof tokenSchema>;
export type IssuedTokenView = z.infer<typeof issuedTokenSchema>;

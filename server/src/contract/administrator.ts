import { z } from 'zod';

export const roleSchema = z
  .enum(['administrator', 'operator', 'auditor'])
  .describe('administrator: everything; operator: run what is configured; auditor: look');

/** What the audit log calls the command line on the server itself, and who has not signed in. */
const RESERVED = /^(local|nobody)$/i;

const isReservedName = (name: string): boolean => RESERVED.test(name);

export const userNameSchema = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^[^\p{Cc}\p{Cf}\p{Cs}]*$/u, 'must not hold control characters')
  .refine((name) => !isReservedName(name), 'must be another name: the audit log has this one for others');

/** Characters as people count them: an emoji is one. */
const lengthOf = (text: string): number => [...text].length;

/** 12 to 200 characters, of whatever kind. */
export const passwordSchema = z
  .string()
  .max(1000)
  .refine((password) => lengthOf(password) >= 12, 'must have at least 12 characters')
  .refine((password) => lengthOf(password) <= 200, 'must have at most 200 characters');

export const newAdministratorSchema = z.strictObject({
  userName: userNameSchema,
  role: roleSchema,
  password: passwordSchema.optional().describe('Without one, the answer holds a link where the person chooses one'),
});

export const administratorChangesSchema = z.strictObject({
  role: roleSchema.optional(),
  active: z.boolean().optional().describe('Whoever is not active is signed out at once'),
});

export const administratorSchema = z.object({
  id: z.string(),
  userName: z.string(),
  role: roleSchema,
  source: z.enum(['password', 'oidc']),
  active: z.boolean(),
  createdAt: z.iso.datetime(),
  lastSignInAt: z.iso.datetime().nullable(),
});

export const administratorListSchema = z.object({ administrators: z.array(administratorSchema) });

/** A link that works once. */
export const oneTimeLinkSchema = z.object({ link: z.string(), expiresAt: z.iso.datetime() });

export const addedAdministratorSchema = administratorSchema.extend({
  setupLink: z.string().optional().describe('Where the person chooses a password; works once'),
  setupLinkExpiresAt: z.iso.datetime().optional(),
});

export type AdministratorView = z.infer<typeof administratorSchema>;
export type AddedAdministratorView = z.infer<typeof addedAdministratorSchema>;
export type OneTimeLinkView = z.infer<typeof oneTimeLinkSchema>;

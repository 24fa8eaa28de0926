import { z } from 'zod';
import { passwordSchema, roleSchema, userNameSchema } from './administrator.ts';

/** Whether somebody is signed in, and how one can be. */
export const sessionSchema = z.object({
  state: z
    .enum(['setup', 'signedOut', 'signedIn'])
    .describe('setup: nobody is administrator, and the setup link works'),
  person: z
    .object({ id: z.string(), userName: z.string(), role: roleSchema, source: z.enum(['password', 'oidc']) })
    .nullable(),
  signIn: z.object({ password: z.boolean(), oidc: z.object({ name: z.string() }).nullable() }),
  version: z.string().nullable().describe('Null when nobody is signed in'),
  publicUrl: z.string().nullable().describe('Null when nobody is signed in'),
});

/** What is longer than any password is not even hashed. */
const presented = z.string().max(1000);

export const signInSchema = z.strictObject({ userName: z.string().max(1000), password: presented });

export const setupSchema = z.strictObject({
  token: presented.describe('What stands behind the # of the setup link'),
  userName: userNameSchema,
  password: passwordSchema,
});

export const resetSchema = z.strictObject({
  token: presented.describe('What stands behind the # of the link'),
  password: passwordSchema,
});

export const passwordChangeSchema = z.strictObject({ current: presented, password: passwordSchema });

/** Why a sign-in by OpenID Connect brought nobody in: the `refused` of the console's sign-in page. */
export const refusedSignInSchema = z.enum(['cancelled', 'no-role', 'not-active', 'expired', 'failed']);

export type SessionView = z.infer<typeof sessionSchema>;
export type RefusedSignIn = z.infer<typeof refusedSignInSchema>;

import { z } from 'zod';
import { connectionChangesSchema } from './application.ts';
import { exchangeSchema } from './provisioning-log.ts';

/** What is tested: the saved connection, with these changes. They are not saved. */
export const connectionTestSchema = z.strictObject({ connection: connectionChangesSchema.optional() });

/** What a test of a connection has shown. */
export const connectionVerdictSchema = z.object({
  ok: z.boolean(),
  fault: z.string().nullable().describe('url, dns, network, tls, credentials, rights, dialect or address'),
  message: z.string(),
  capabilities: z.array(
    z.object({
      name: z.string(),
      supported: z.boolean().nullable().describe('Null: it shows while working'),
      how: z.string().describe('default, announced, probed or learnt'),
      evidence: z.string(),
    }),
  ),
  exchanges: z.array(exchangeSchema),
});

export type ConnectionVerdictView = z.infer<typeof connectionVerdictSchema>;

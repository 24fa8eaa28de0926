import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Keys } from '../keys.ts';

/** Seconds that a sign-in at the OpenID provider may take. */
export const FLOW_SECONDS = 600;

const flowSchema = z.strictObject({
  state: z.string(),
  nonce: z.string(),
  /** PKCE (RFC 7636): only who began can exchange the code. */
  verifier: z.string(),
  /** Path of the console to go on to. */
  to: z.string(),
  expires: z.number(),
});

/** A sign-in that is under way. The browser keeps it in a cookie, so that only the browser that began can end it. */
export type Flow = z.infer<typeof flowSchema>;

/** A flow as a cookie's value: what it says, and what shows that Rollcall said it. */
export function sealFlow(keys: Pick<Keys, 'hmac'>, flow: Flow): string {
  const text = Buffer.from(JSON.stringify(flow)).toString('base64url');
  return `${text}.${mark(keys, text)}`;
}

/** The flow of a cookie's value; undefined when Rollcall did not make it, or too long ago. */
export function openFlow(keys: Pick<Keys, 'hmac'>, value: string, now: number): Flow | undefined {
  const [text = '', given = ''] = value.split('.');
  const [expected, presented] = [Buffer.from(mark(keys, text)), Buffer.from(given)];
  if (expected.length !== presented.length || !timingSafeEqual(expected, presented)) return undefined;
  const flow = flowSchema.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
  return now < flow.expires ? flow : undefined;
}

const mark = (keys: Pick<Keys, 'hmac'>, text: string): string => keys.hmac(`oidc flow ${text}`);

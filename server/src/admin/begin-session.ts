import type { FastifyReply, FastifyRequest } from 'fastify';
import { sha256Of } from '../auth/random-token.ts';
import { beginSession, findSession, type SignedIn } from '../auth/session.ts';
import { readCookie, sessionCookie } from '../auth/session-cookie.ts';
import type { Proof } from '../store/administrator-contract.ts';
import { cookiePlace } from './access.ts';
import type { AdminContext } from './context.ts';
import { noteCaller } from './who.ts';

/**
 * Signs a person in and sets the cookie. The session is always a new one, and the one that the browser came with ends:
 * nobody can have planted it. Undefined when the person is not active, or has another password, by now. Throws UniqueConflict on `userName`.
 */
export async function beginSessionOf(
  context: AdminContext,
  person: { readonly id: string },
  request: FastifyRequest,
  reply: FastifyReply,
  proof: Proof = {},
): Promise<SignedIn | undefined> {
  const { administrators } = context.store;
  const now = context.now();
  const place = cookiePlace(context, request);
  const token = await beginSession(administrators, person, now, proof);
  const signedIn = token === undefined ? undefined : await findSession(administrators, token, now);
  if (token === undefined || signedIn === undefined) return undefined;
  const previous = readCookie(request.headers.cookie, 'session', place);
  if (previous !== undefined) await administrators.endSession(sha256Of(previous));
  reply.header('set-cookie', sessionCookie(token, place));
  noteCaller(request, { kind: 'person', signedIn, from: request.ip });
  context.log.info({ userName: signedIn.administrator.userName, from: request.ip }, 'Signed in');
  return signedIn;
}

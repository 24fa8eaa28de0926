import type { FastifyInstance, FastifyRequest } from 'fastify';
import { tooManyFailures } from '../auth/authentication-failed.ts';
import { hashChosenPassword, isRightPassword } from '../auth/chosen-password.ts';
import { sha256Of } from '../auth/random-token.ts';
import { noSessionCookie, readCookie } from '../auth/session-cookie.ts';
import { passwordChangeSchema, signInSchema } from '../contract/session.ts';
import { cookiePlace, signedInOf } from './access.ts';
import { refuseUserName } from './administrators.ts';
import { beginSessionOf } from './begin-session.ts';
import type { AdminContext } from './context.ts';
import { Problem } from './problem.ts';
import { sessionView } from './session-view.ts';
import { unlessBusy } from './unless-busy.ts';
import { callerOf } from './who.ts';

/** `/api/session`: signing in with a password and out again, and one's own password. */
export async function session(api: FastifyInstance, context: AdminContext): Promise<void> {
  const { administrators } = context.store;

  api.get('/session', { config: { role: 'anyone' } }, async (request) => {
    const caller = callerOf(request);
    return sessionView(context, caller.kind === 'person' ? caller.signedIn : undefined);
  });

  api.post('/session', { config: { role: 'anyone' } }, async (request, reply) => {
    const { userName, password } = signInSchema.parse(request.body);
    refuseWhoFailsOften(context, request);
    const person = await administrators.byUserName(userName.trim());
    const isRight = await unlessBusy(isRightPassword(person, password));
    const signedIn =
      isRight && person !== undefined
        ? await beginSessionOf(context, person, request, reply, { passwordHash: person.passwordHash })
        : undefined;
    if (signedIn !== undefined) return sessionView(context, signedIn);
    countFailure(context, request, 'A sign-in failed');
    // The same words whatever was wrong: nobody learns from them who is here.
    throw new Problem('not-authenticated', 'User name or password is wrong, or the person is not active.', {
      headers: { 'www-authenticate': 'Bearer realm="rollcall"' },
    });
  });

  api.delete('/session', { config: { role: 'anyone' } }, async (request, reply) => {
    const place = cookiePlace(context, request);
    const token = readCookie(request.headers.cookie, 'session', place);
    if (token !== undefined) await administrators.endSession(sha256Of(token));
    return reply.code(204).header('set-cookie', noSessionCookie(place)).send();
  });

  api.post('/session/sign-out-everywhere', { config: { role: 'person' } }, async (request, reply) => {
    await administrators.endSessions(signedInOf(request).administrator.id);
    return reply
      .code(204)
      .header('set-cookie', noSessionCookie(cookiePlace(context, request)))
      .send();
  });

  api.put('/session/password', { config: { role: 'person' } }, async (request, reply) => {
    const signedIn = signedInOf(request);
    const { id, userName, source } = signedIn.administrator;
    if (source === 'oidc')
      throw new Problem('not-usable', 'Your password is kept by the OpenID provider; change it there.');
    const { current, password } = passwordChangeSchema.parse(request.body);
    refuseWhoFailsOften(context, request);
    refuseUserName(password, userName);
    if (!(await unlessBusy(isRightPassword(signedIn.administrator, current)))) {
      countFailure(context, request, 'A change of a password failed');
      throw new Problem('invalid-request', 'current: is not your password.', { field: 'current' });
    }
    const passwordHash = await unlessBusy(hashChosenPassword(password));
    await administrators.setPassword(id, passwordHash, signedIn.session.sha256);
    return reply.code(204).send();
  });
}

/** Errors: AuthenticationFailed (429) for an address that has sent too many wrong passwords or links. */
export function refuseWhoFailsOften({ authentication, now }: AdminContext, request: FastifyRequest): void {
  const wait = authentication.failures.waitSeconds(request.ip, now());
  if (wait > 0) throw tooManyFailures(wait);
}

/** Counts a wrong password or link. What was sent is not logged: people type passwords into the wrong field. */
export function countFailure({ authentication, log, now }: AdminContext, request: FastifyRequest, what: string): void {
  authentication.failures.failed(request.ip, now());
  log.warn({ from: request.ip }, what);
}

import type { FastifyRequest } from 'fastify';
import { authenticateApi } from '../auth/api-token.ts';
import { readCredentials } from '../auth/credentials.ts';
import { findSession, noteUse, type SignedIn, stillSignedIn } from '../auth/session.ts';
import { type CookiePlace, readCookie } from '../auth/session-cookie.ts';
import type { AdminContext } from './context.ts';
import { refuseCrossSite } from './cross-site.ts';
import { Problem } from './problem.ts';
import { includesRole, isReading, neededRole } from './role.ts';
import { type Caller, callerOf, noteCaller, roleOf } from './who.ts';

/**
 * Who may use the API: whoever reaches the data directory's socket everything; over TCP who has an API token or has
 * signed in, each route with the role that it asks for.
 */
export type Access = 'all' | 'credentials';

type AccessContext = Pick<AdminContext, 'store' | 'registry' | 'authentication' | 'now' | 'publicUrl'>;

/**
 * The one place that decides whether a request is let in, before its body is read. Errors: AuthenticationFailed,
 * `not-authenticated`, `cross-site`, `not-allowed`, `read-only`, `local-only`.
 */
export async function checkAccess(context: AccessContext, access: Access, request: FastifyRequest): Promise<void> {
  if (access === 'all') return noteCaller(request, { kind: 'local' });
  const needed = neededRole(request);
  const caller = await findCaller(context, request);
  noteCaller(request, caller);
  if (needed !== 'anyone') {
    refuseNobody(context, request, caller);
    refuseOthers(request, caller);
  }
  if (request.routeOptions.config.localOnly === true) {
    throw new Problem('local-only', 'Run the command on the machine of the server, with its data directory.');
  }
}

/** An API token counts before a session: programs send no cookie, and a browser sends no token by itself. */
async function findCaller(context: AccessContext, request: FastifyRequest): Promise<Caller> {
  const from = request.ip;
  if (readCredentials(request.headers.authorization).kind === 'bearer' && neededRole(request) !== 'anyone') {
    return { kind: 'apiToken', token: presentedToken(context, request), from };
  }
  const cookie = readCookie(request.headers.cookie, 'session', cookiePlace(context, request));
  refuseCrossSite(request, cookie !== undefined);
  const now = context.now();
  const { administrators } = context.store;
  const signedIn = cookie === undefined ? undefined : await findSession(administrators, cookie, now);
  if (signedIn === undefined) return { kind: 'nobody', from };
  noteUse(administrators, signedIn, now);
  return { kind: 'person', signedIn, from };
}

function presentedToken(context: AccessContext, request: FastifyRequest) {
  const url = request.raw.url ?? '';
  return authenticateApi(context.authentication, {
    authorization: request.headers.authorization,
    address: request.ip,
    query: url.includes('?') ? url.slice(url.indexOf('?') + 1) : '',
    now: context.now(),
  });
}

function refuseNobody(context: AccessContext, request: FastifyRequest, caller: Caller): void {
  if (caller.kind !== 'nobody') return;
  if (request.headers.authorization === undefined && request.headers.cookie !== undefined) {
    throw new Problem('not-authenticated', 'Nobody is signed in, or no longer. Sign in, and try again.', {
      headers: { 'www-authenticate': 'Bearer realm="rollcall"' },
    });
  }
  // It says which credentials are missing or wrong, and counts the wrong ones.
  presentedToken(context, request);
}

function refuseOthers(request: FastifyRequest, caller: Caller): void {
  const needed = neededRole(request);
  const role = roleOf(caller);
  if (needed === 'anyone' || role === undefined) throw new Error('Who may use this route was not decided before');
  if (needed === 'person') {
    if (caller.kind !== 'person') throw notAPerson();
    return;
  }
  if (includesRole(role, needed)) return;
  if (caller.kind === 'apiToken') {
    throw new Problem('read-only', `The API token "${caller.token.name}" may only read; use one with write access.`);
  }
  const may = isReading(request.method) ? 'see' : 'do';
  throw new Problem('not-allowed', `Only who has the role ${needed} may ${may} this; yours is ${role}.`);
}

const notAPerson = () => new Problem('not-allowed', 'This is for people who have signed in to the console themselves.');

/** Who has signed in and sends this request. Errors: `not-allowed` for the command line and API tokens. */
export function signedInOf(request: FastifyRequest): SignedIn {
  const caller = callerOf(request);
  if (caller.kind !== 'person') throw notAPerson();
  return caller.signedIn;
}

/**
 * Whether the sender of a request would still be let in: for answers that go on for long. Role and state count as they
 * are now.
 */
export async function isStillAllowed(context: AccessContext, request: FastifyRequest): Promise<boolean> {
  const caller = callerOf(request);
  const now = context.now();
  const needed = neededRole(request);
  switch (caller.kind) {
    case 'local':
      return true;
    case 'nobody':
      return needed === 'anyone';
    case 'apiToken': {
      const token = context.registry.apiToken(caller.token.id);
      return token !== undefined && token.revoked === null && token.expires > now;
    }
    case 'person': {
      const present = await stillSignedIn(context.store.administrators, caller.signedIn, now);
      if (present === undefined) return false;
      return needed === 'anyone' || needed === 'person' || includesRole(present.administrator.role, needed);
    }
  }
}

/** Whether the browser that sends a request reaches Rollcall by https. */
export const cookiePlace = (context: AccessContext, request: FastifyRequest): CookiePlace => ({
  secure: context.publicUrl().startsWith('https:') || request.protocol === 'https',
});

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { FLOW_SECONDS, openFlow, sealFlow } from '../auth/oidc/flow.ts';
import { type Identity, type OidcProvider, openOidcProvider } from '../auth/oidc/provider.ts';
import { roleOfGroups } from '../auth/oidc/role-of-groups.ts';
import { flowCookie, readCookie } from '../auth/session-cookie.ts';
import type { RefusedSignIn } from '../contract/session.ts';
import { UniqueConflict } from '../store/contract.ts';
import { cookiePlace } from './access.ts';
import { beginSessionOf } from './begin-session.ts';
import type { AdminContext } from './context.ts';
import { oidcPerson } from './oidc-person.ts';
import { Problem } from './problem.ts';

/** A path of the console: it leads to no other host, whatever stands in it. */
const PATH = /^\/(?![/\\])[^\\\p{Cc}]{0,1000}$/u;

/**
 * `/api/oidc`: signing in at the OpenID provider (authorization code flow with PKCE). Browsers come here, so that what
 * is refused leads to the console's sign-in page, with the reason as `refused`.
 */
export async function oidc(api: FastifyInstance, context: AdminContext): Promise<void> {
  const configured = openOidcProvider(context.config);
  const provider = (): OidcProvider => {
    if (configured !== undefined) return configured;
    throw new Problem('not-found', 'No OpenID provider is configured; rollcall serve takes it as --oidc-issuer.');
  };
  const redirectUri = () => `${context.publicUrl()}/api/oidc/callback`;

  api.get<{ Querystring: { readonly to?: unknown } }>(
    '/oidc/start',
    { config: { role: 'anyone' } },
    async (request, reply) => {
      const to = typeof request.query.to === 'string' && PATH.test(request.query.to) ? request.query.to : '/';
      try {
        const { url, checks } = await provider().begin(redirectUri());
        const flow = { ...checks, to, expires: context.now() + FLOW_SECONDS * 1000 };
        const cookie = flowCookie(sealFlow(context.keys, flow), FLOW_SECONDS, cookiePlace(context, request));
        return reply.header('set-cookie', cookie).redirect(url.href, 302);
      } catch (error) {
        if (error instanceof Problem) throw error;
        return refuse(context, request, reply, 'failed', error);
      }
    },
  );

  api.get('/oidc/callback', { config: { role: 'anyone' } }, async (request, reply) => {
    const place = cookiePlace(context, request);
    const cookie = readCookie(request.headers.cookie, 'oidc', place);
    const flow = cookie === undefined ? undefined : openFlow(context.keys, cookie, context.now());
    // It works once, however it ends.
    reply.header('set-cookie', flowCookie('', 0, place));
    if (flow === undefined) return refuse(context, request, reply, 'expired', 'no sign-in was begun in this browser');
    const url = new URL(redirectUri());
    url.search = new URL(request.url, url).search;
    let identity: Identity;
    try {
      identity = await provider().finish(url, flow);
    } catch (error) {
      const cancelled = url.searchParams.get('error') === 'access_denied';
      return refuse(context, request, reply, cancelled ? 'cancelled' : 'failed', error);
    }
    const role = roleOfGroups(context.config.oidcRoles, identity.groups);
    if (role === undefined) {
      const reason = `none of ${identity.groups.length} groups of ${identity.subject} has a role (ROLLCALL_OIDC_ROLES)`;
      return refuse(context, request, reply, 'no-role', reason);
    }
    const { person, userName } = await oidcPerson(context, identity, role, request.ip);
    const begin = (name?: string) =>
      beginSessionOf(context, person, request, reply, { role, ...(name === undefined ? {} : { userName: name }) });
    const signedIn = await begin(userName).catch((error: unknown) => {
      // Somebody has taken the name in this very moment: the old one stays.
      if (error instanceof UniqueConflict) return begin();
      throw error;
    });
    if (signedIn === undefined) {
      return refuse(context, request, reply, 'not-active', `${person.userName} is not active`);
    }
    return reply.redirect(new URL(context.publicUrl() + flow.to).href, 302);
  });
}

function refuse(
  context: AdminContext,
  request: FastifyRequest,
  reply: FastifyReply,
  refused: RefusedSignIn,
  reason: unknown,
): FastifyReply {
  // Its message alone: the rest of an error may hold the code or a token.
  const said = reason instanceof Error ? reason.message : String(reason);
  context.log.warn({ from: request.ip, refused, reason: said }, 'A sign-in by OpenID Connect was refused');
  return reply.redirect(`${context.publicUrl()}/sign-in?refused=${refused}`, 302);
}

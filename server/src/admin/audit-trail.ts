import type { Json } from '@rollcall/scim';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AUDITED, type AuditedRoute, type Found } from './audit-routes.ts';
import { type AuditSubject, differing, findAuditSubject, isObject } from './audit-subject.ts';
import type { AdminContext } from './context.ts';
import { fromOf, whoOf } from './who.ts';

interface Begun {
  readonly route: AuditedRoute;
  readonly subject: AuditSubject | undefined;
  readonly before: Json | null;
  readonly found: Found;
}

const parameters = z.record(z.string(), z.string());
// A plan names its application; what a route has made is named by its id.
const named = z.looseObject({ application: z.string().optional(), id: z.string().optional() });

/**
 * Records who changed what: every route of `AUDITED` that succeeds gets an entry before its answer leaves. One place
 * for all of them, so that no route can forget it.
 */
export function keepAuditTrail(api: FastifyInstance, context: AdminContext): void {
  const begun = new WeakMap<FastifyRequest, Begun>();

  api.addHook('preHandler', async (request) => {
    const route = AUDITED.get(`${request.method} ${request.routeOptions.url ?? ''}`);
    if (route === undefined) return;
    const inPath = parameters.parse(request.params);
    const name = route.parameter === undefined ? undefined : inPath[route.parameter];
    const subject = name === undefined ? undefined : await findAuditSubject(context, route.kind, name);
    const before = route.detail === undefined ? ((await subject?.read()) ?? null) : null;
    const found = { parameters: inPath, before: (await route.find?.(context, inPath)) ?? null };
    begun.set(request, { route, subject, before, found });
  });

  api.addHook('onSend', async (request, reply, payload) => {
    const started = begun.get(request);
    if (started === undefined || reply.statusCode >= 400) return;
    try {
      const answer: unknown = typeof payload === 'string' && payload !== '' ? JSON.parse(payload) : undefined;
      await record(context, request, started, answer);
    } catch (error) {
      // The change itself has been made; to say that it failed would be wrong.
      context.log.error({ error, action: started.route.action }, 'A change could not be recorded in the audit log');
    }
  });
}

async function record(context: AdminContext, request: FastifyRequest, begun: Begun, answer: unknown): Promise<void> {
  const { route } = begun;
  const subject = begun.subject ?? (await subjectOf(context, route, answer));
  if (subject === undefined) return;
  const change = await changeOf(begun, subject, request.body, answer);
  if (change === undefined) return;
  await context.store.applications.audit({
    at: context.now(),
    who: whoOf(request),
    from: fromOf(request),
    action: route.action,
    subject: subject.name,
    ...change,
  });
}

async function subjectOf(context: AdminContext, { kind }: AuditedRoute, answer: unknown) {
  const { application, id } = named.parse(answer);
  return findAuditSubject(context, kind, application ?? id ?? '');
}

async function changeOf(
  { route, before, found }: Begun,
  subject: AuditSubject,
  request: unknown,
  answer: unknown,
): Promise<{ before: Json | null; after: Json | null } | undefined> {
  if (route.detail !== undefined) {
    const after = route.detail(request, answer, found);
    return after === undefined ? undefined : { before: null, after };
  }
  const change = differing(before, await subject.read());
  const remark = route.remark?.(request) ?? {};
  if (Object.keys(remark).length === 0) return change;
  return { before: change.before, after: { ...(isObject(change.after) ? change.after : {}), ...remark } };
}

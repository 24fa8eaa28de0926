import type { Json } from '@rollcall/scim';
import { z } from 'zod';
import { applicationChangesSchema } from '../contract/application.ts';
import { assignmentListSchema } from '../contract/assignment.ts';
import { definitionListSchema } from '../contract/definition.ts';
import { driftOutcomeSchema, driftWishSchema } from '../contract/drift.ts';
import { importReportSchema } from '../contract/import.ts';
import { planSchema } from '../contract/plan.ts';
import { restartSchema, stagedDecisionSchema } from '../contract/provisioning.ts';
import { replaySchema } from '../contract/replay.ts';
import { findAuditedResource, writtenResource } from './audit-resource.ts';
import type { AuditSubjectKind } from './audit-subject.ts';
import type { AdminContext } from './context.ts';

/** What the request's path says, and what was there before. */
export interface Found {
  readonly parameters: Readonly<Record<string, string>>;
  readonly before: Json;
}

/** How a route's changes are recorded. */
export interface AuditedRoute {
  readonly action: string;
  readonly kind: AuditSubjectKind;
  /** Parameter of the path that names the subject; absent where the answer does, because the route has made it. */
  readonly parameter?: string;
  /** What is recorded instead of the states before and after; undefined: nothing is. */
  readonly detail?: (request: unknown, answer: unknown, found: Found) => Json | undefined;
  /** What `detail` must know of the state before. */
  readonly find?: (context: AdminContext, parameters: Readonly<Record<string, string>>) => Promise<Json>;
  /** What is recorded beside them. */
  readonly remark?: (request: unknown) => Record<string, Json>;
}

const userName = z.object({ userName: z.string() });
const onDemand = z.object({
  user: z.string().nullable().default(null),
  group: z.string().nullable().default(null),
  members: z.array(z.string()).default([]),
});

const server = { kind: 'identityServer', parameter: 'server' } as const;
const application = { kind: 'application', parameter: 'application' } as const;

const namesOfDefinitions = (_request: unknown, answer: unknown): Json =>
  definitionListSchema.parse(answer).definitions.map(({ kind, name }) => `${kind} ${name}`);
const assigned = (_request: unknown, answer: unknown): Json =>
  assignmentListSchema.parse(answer).assignments.map(({ type, label, id, nested }) => {
    return `${type.toLowerCase()}:${label ?? id}${nested ? ' (nested)' : ''}`;
  });
const decided = (request: unknown): Json => stagedDecisionSchema.parse(request ?? {}).objects ?? 'all';
const planned = (_request: unknown, answer: unknown): Json => {
  const { id, state, counts } = planSchema.parse(answer);
  return { plan: id, state, counts };
};
const driftDecided = (request: unknown, answer: unknown): Json => {
  const { decision, objects, attribute = null } = driftWishSchema.parse(request);
  return { decision, objects, attribute, attributes: driftOutcomeSchema.parse(answer).decided };
};
const secretRemark = (request: unknown): Record<string, Json> => {
  const { connection } = applicationChangesSchema.parse(request);
  return connection?.secret === undefined ? {} : { secret: connection.secret === null ? 'removed' : 'replaced' };
};

const RESOURCE_ACTIONS = {
  POST: 'resource.created',
  PUT: 'resource.replaced',
  PATCH: 'resource.changed',
  DELETE: 'resource.deleted',
} as const;

/** Every route of the admin API that changes settings, by method and path. */
export const AUDITED: ReadonlyMap<string, AuditedRoute> = new Map<string, AuditedRoute>([
  ['POST /api/identity-servers', { action: 'identityServer.added', kind: 'identityServer' }],
  ['PATCH /api/identity-servers/:server', { action: 'identityServer.changed', ...server }],
  ['DELETE /api/identity-servers/:server', { action: 'identityServer.removed', ...server }],
  [
    'POST /api/identity-servers/:server/credentials',
    {
      action: 'identityServer.credentials.renewed',
      ...server,
      detail: (_request, answer) => userName.parse(answer),
    },
  ],
  [
    'POST /api/identity-servers/:server/definitions',
    { action: 'identityServer.definitions.added', ...server, detail: namesOfDefinitions },
  ],
  [
    'DELETE /api/identity-servers/:server/definitions/:name',
    { action: 'identityServer.definitions.removed', ...server, detail: namesOfDefinitions },
  ],
  ['DELETE /api/identity-servers/:server/log', { action: 'identityServer.log.cleared', ...server, detail: () => null }],
  [
    'POST /api/identity-servers/:server/log/:n/replay',
    { action: 'identityServer.request.replayed', ...server, detail: replayed },
  ],
  ['POST /api/identity-servers/:server/import', { action: 'directory.imported', ...server, detail: imported }],

  ...(['POST', 'PUT', 'PATCH', 'DELETE'] as const).map((method): [string, AuditedRoute] => [
    `${method} /api/identity-servers/:server/resources/:type${method === 'POST' ? '' : '/:id'}`,
    { action: RESOURCE_ACTIONS[method], ...server, find: findAuditedResource, detail: writtenResource },
  ]),

  ['POST /api/identity-servers/:server/tokens', { action: 'token.issued', kind: 'token' }],
  ['POST /api/tokens/:token/rotate', { action: 'token.rotated', kind: 'token', parameter: 'token' }],
  ['POST /api/tokens/:token/revoke', { action: 'token.revoked', kind: 'token', parameter: 'token' }],
  ['POST /api/api-tokens', { action: 'apiToken.issued', kind: 'apiToken' }],
  ['POST /api/api-tokens/:token/revoke', { action: 'apiToken.revoked', kind: 'apiToken', parameter: 'token' }],

  ['POST /api/applications', { action: 'application.added', kind: 'application' }],
  ['PATCH /api/applications/:application', { action: 'application.changed', ...application, remark: secretRemark }],
  ['DELETE /api/applications/:application', { action: 'application.removed', ...application }],
  [
    'PUT /api/applications/:application/mappings',
    { action: 'application.mappings.changed', kind: 'mappings', parameter: 'application' },
  ],
  [
    'POST /api/applications/:application/mappings/reset',
    { action: 'application.mappings.reset', kind: 'mappings', parameter: 'application' },
  ],
  [
    'POST /api/applications/:application/assignments',
    { action: 'application.assigned', ...application, detail: assigned },
  ],
  [
    'DELETE /api/applications/:application/assignments',
    { action: 'application.unassigned', ...application, detail: assigned },
  ],
  ['POST /api/applications/:application/start', { action: 'application.started', ...application, detail: () => null }],
  ['POST /api/applications/:application/stop', { action: 'application.stopped', ...application, detail: () => null }],
  [
    'POST /api/applications/:application/restart',
    {
      action: 'application.restarted',
      ...application,
      detail: (request) => ({ reset: restartSchema.parse(request ?? {}).reset }),
    },
  ],
  [
    'POST /api/applications/:application/provision',
    { action: 'application.provisionedOnDemand', ...application, detail: (request) => onDemand.parse(request) },
  ],
  [
    'POST /api/applications/:application/staged/allow',
    { action: 'application.removals.allowed', ...application, detail: decided },
  ],
  [
    'POST /api/applications/:application/staged/reject',
    { action: 'application.removals.rejected', ...application, detail: decided },
  ],
  [
    'POST /api/applications/:application/drift/decide',
    { action: 'application.drift.decided', ...application, detail: driftDecided },
  ],
  ['PUT /api/applications/:application/drift/rules', { action: 'application.drift.ruled', ...application }],
  ['POST /api/applications/:application/plans', { action: 'application.planned', ...application, detail: planned }],
  ...['/api/plans/:plan', '/api/applications/:application/plans/:plan'].flatMap((base): [string, AuditedRoute][] => [
    [`POST ${base}/apply`, { action: 'plan.applied', kind: 'application', detail: planned }],
    [`POST ${base}/discard`, { action: 'plan.discarded', kind: 'application', detail: planned }],
  ]),
]);

function imported(_request: unknown, answer: unknown): Json | undefined {
  const report = importReportSchema.safeParse(answer);
  if (!report.success || report.data.dryRun || report.data.blocked.length > 0) return undefined;
  return { users: report.data.users };
}

function replayed(_request: unknown, answer: unknown, { parameters }: Found): Json | undefined {
  const { dryRun, status, entry } = replaySchema.parse(answer);
  return dryRun ? undefined : { request: Number(parameters.n), status, entry };
}

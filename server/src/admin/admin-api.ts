import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import { type Access, checkAccess } from './access.ts';
import { administrators } from './administrators.ts';
import { apiTokens } from './api-tokens.ts';
import { createApplicationRemoval } from './application-removal.ts';
import { applicationVerdict } from './application-verdict.ts';
import { applications } from './applications.ts';
import { assignments } from './assignments.ts';
import { audit } from './audit.ts';
import { keepAuditTrail } from './audit-trail.ts';
import { backup } from './backup.ts';
import { changes } from './changes.ts';
import type { AdminContext } from './context.ts';
import { definitions } from './definitions.ts';
import { drift } from './drift.ts';
import { events } from './events.ts';
import { identityServerStatistics } from './identity-server-statistics.ts';
import { identityServers } from './identity-servers.ts';
import { imports } from './import.ts';
import { log } from './log.ts';
import { logEntry } from './log-entry.ts';
import { mappings } from './mappings.ts';
import { oidc } from './oidc.ts';
import { collectRoutes } from './openapi/registered-route.ts';
import { openApi } from './openapi.ts';
import { overview } from './overview.ts';
import { plans } from './plans.ts';
import { Problem } from './problem.ts';
import { provisioningCycles } from './provisioning-cycles.ts';
import { provisioningJobs } from './provisioning-jobs.ts';
import { provisioningLog } from './provisioning-log.ts';
import { provisioningStaged } from './provisioning-staged.ts';
import { createRemoval } from './removal.ts';
import { replay } from './replay.ts';
import { resourceHistory } from './resource-history.ts';
import { resourceLinks } from './resource-links.ts';
import { resourceMembers } from './resource-members.ts';
import { resourceRequests } from './resource-requests.ts';
import { resourceWrites } from './resource-writes.ts';
import { resources } from './resources.ts';
import { schemaList } from './schema-list.ts';
import { session } from './session.ts';
import { settings } from './settings.ts';
import { setup } from './setup.ts';
import { statistics } from './statistics.ts';
import { status } from './status.ts';
import { toProblem } from './to-problem.ts';
import { tokens } from './tokens.ts';

const MAX_BODY = 1024 * 1024;

/** Answers hold people's data: no proxy and no browser keeps them, and no page of another site shows or loads one. */
const ANSWER_HEADERS = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
} as const;

/** The admin API under `/api`, as a Fastify plugin: what the console, the command line and other programs use. */
export function adminApi(context: AdminContext): FastifyPluginAsync<{ readonly access: Access }> {
  return async (app, { access }) => {
    await app.register((api) => routes(api, context, access), { prefix: '/api' });
  };
}

async function routes(api: FastifyInstance, context: AdminContext, access: Access): Promise<void> {
  readJson(api);
  api.addHook('onRequest', async (request, reply) => {
    reply.headers(ANSWER_HEADERS);
    // What was set through another process a moment ago counts here too: a balancer sends each request elsewhere.
    if (context.config.databaseUrl !== undefined) await context.registry.catchUp();
    await checkAccess(context, access, request);
  });
  api.setErrorHandler((error, request, reply) => {
    const problem = toProblem(error);
    if (problem.kind === 'internal')
      context.log.error({ error, url: request.url.split('?')[0] }, 'A request of the admin API failed');
    return reply
      .code(problem.status)
      .headers(problem.headers)
      .header('content-type', 'application/problem+json')
      .send(JSON.stringify(problem));
  });
  api.setNotFoundHandler((request) => {
    throw new Problem('not-found', `There is no ${request.method} ${request.url.split('?')[0]} in this API.`);
  });

  const registered = collectRoutes(api);
  keepAuditTrail(api, context);

  const removal = createRemoval(context);
  const applicationRemoval = createApplicationRemoval(context);
  api.addHook('onClose', async () => {
    await Promise.all([removal.stop(), applicationRemoval.stop()]);
  });
  if (access === 'all') {
    api.addHook('onReady', async () => {
      removal.beginAll();
      await applicationRemoval.beginAll();
    });
  }

  await session(api, context);
  await setup(api, context);
  await oidc(api, context);
  await administrators(api, context);
  await identityServers(api, context, removal);
  await tokens(api, context);
  await apiTokens(api, context);
  await definitions(api, context);
  await resources(api, context);
  await resourceWrites(api, context);
  await resourceMembers(api, context);
  await resourceHistory(api, context);
  await resourceRequests(api, context);
  await resourceLinks(api, context);
  await schemaList(api, context);
  await imports(api, context);
  await log(api, context);
  await logEntry(api, context);
  await replay(api, context);
  await identityServerStatistics(api, context);
  await changes(api, context);
  await backup(api, context);
  await status(api, context);
  await applications(api, context, applicationRemoval);
  await applicationVerdict(api, context);
  await assignments(api, context);
  await mappings(api, context);
  await provisioningJobs(api, context);
  await provisioningCycles(api, context);
  await provisioningLog(api, context);
  await provisioningStaged(api, context);
  await plans(api, context);
  await drift(api, context);
  await audit(api, context);
  await events(api, context);
  await overview(api, context);
  await statistics(api, context);
  await settings(api, context);
  await openApi(api, context, registered);
}

// A POST that needs no body may come without one, whatever its Content-Type says.
function readJson(api: FastifyInstance): void {
  const parse = api.getDefaultJsonParser('error', 'error');
  api.removeAllContentTypeParsers();
  api.addContentTypeParser('application/json', { parseAs: 'string', bodyLimit: MAX_BODY }, (request, body, done) => {
    if (body.length === 0) done(null, undefined);
    else parse(request, String(body), done);
  });
}

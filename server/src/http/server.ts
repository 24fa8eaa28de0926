import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer, type Server as HttpsServer } from 'node:https';
import { isIPv6 } from 'node:net';
import { notFound, type ScimError } from '@rollcall/scim';
import fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import { adminApi } from '../admin/admin-api.ts';
import type { AdminContext } from '../admin/context.ts';
import type { Context } from '../context.ts';
import { newId } from '../id.ts';
import { answerClientError } from './client-error.ts';
import { endConnectionsOnClose } from './connections.ts';
import { consoleEndpoints } from './console.ts';
import { toScimError } from './errors.ts';
import { healthEndpoints } from './health.ts';
import { metricsEndpoint } from './metrics-endpoint.ts';
import { routerOptions } from './router-options.ts';
import { scimEndpoints } from './scim.ts';
import { openTls } from './tls.ts';

const NOTHING = 'There is nothing at this address. The URL of an identity server ends in /scim/NAME/v2.';

const WORKER = 'This process works for applications (--roles worker); requests are served by those with the role api.';

/**
 * The listener that identity providers, browsers, monitoring and API clients reach over TCP; of a process without the
 * role `api`, monitoring alone.
 */
export function createServer(context: Context, admin: AdminContext): FastifyInstance {
  const { config } = context;
  const tls = openTls(config);
  const app = fastify({
    serverFactory: (handler) => {
      const options = {
        requestTimeout: config.requestTimeout,
        headersTimeout: config.requestTimeout,
        // Node looks every 30 seconds otherwise, and a timeout would be that much longer.
        connectionsCheckingInterval: Math.min(1000, config.requestTimeout / 2),
        keepAliveTimeout: 75_000,
      };
      return tls === undefined
        ? createHttpServer(options, handler)
        : createHttpsServer({ ...options, ...tls.options }, handler);
    },
    bodyLimit: config.maxBody,
    trustProxy: config.trustedProxies.length > 0 ? config.trustedProxies : false,
    clientErrorHandler: answerClientError,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    exposeHeadRoutes: false,
    routerOptions,
    frameworkErrors: (error, _request, reply: FastifyReply) => {
      const id = newId();
      const scimError = toScimError(error, id, config.maxBody);
      if (scimError.status === 500) context.log.error({ request: id, error }, 'A request failed before it was routed');
      refuse(reply, scimError, id);
    },
  });
  endConnectionsOnClose(app, config.shutdownTimeout);
  if (tls !== undefined) {
    // The factory above made it so: with TLS options it is an HTTPS server.
    const forget = tls.follow(app.server as unknown as HttpsServer, context.log);
    app.addHook('onClose', async () => forget());
  }
  app.register((scope) => healthEndpoints(scope, context));
  app.register((scope) => metricsEndpoint(scope, context));
  if (!config.roles.includes('api')) {
    app.setNotFoundHandler((_request, reply) => refuse(reply, notFound(WORKER)));
    return app;
  }
  app.register((scope) => scimEndpoints(scope, context), { prefix: '/scim' });
  app.register(adminApi(admin), { access: 'credentials' });
  app.register((scope) =>
    consoleEndpoints(scope, {
      files: config.consoleFiles,
      publicUrl: config.publicUrl,
      refuse: (reply) => refuse(reply, notFound(NOTHING)),
    }),
  );
  return app;
}

/** Answers what reached no identity server. */
function refuse(reply: FastifyReply, error: ScimError, id = newId()): void {
  const body = JSON.stringify(error);
  reply.hijack();
  reply.raw
    .writeHead(error.status, {
      'content-type': 'application/scim+json',
      'content-length': Buffer.byteLength(body),
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-request-id': id,
    })
    .end(body);
}

/** Listens on `HOST:PORT` and says where: port 0 becomes the one that was given. */
export async function listenOn(app: FastifyInstance, listen: string, secure: boolean): Promise<string> {
  const colon = listen.lastIndexOf(':');
  const host = listen.slice(0, colon).replace(/^\[|\]$/g, '');
  await app.listen({ host, port: Number(listen.slice(colon + 1)) });
  const address = app.server.address();
  if (address === null || typeof address === 'string') throw new Error('The server does not listen on TCP');
  const shown = isIPv6(host) ? `[${host}]` : host;
  return `${secure ? 'https' : 'http'}://${shown}:${address.port}`;
}

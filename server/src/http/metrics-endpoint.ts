import type { FastifyInstance } from 'fastify';
import { authenticateApi } from '../auth/api-token.ts';
import { AuthenticationFailed } from '../auth/authentication-failed.ts';
import type { Context } from '../context.ts';

/** `/metrics` for Prometheus. On its own listener (`--metrics-listen`) it is open; otherwise it needs an API token. */
export async function metricsEndpoint(app: FastifyInstance, context: Context, open = false): Promise<void> {
  app.get('/metrics', async (request, reply) => {
    if (!open) {
      try {
        authenticateApi(context.authentication, {
          authorization: request.headers.authorization,
          address: request.ip,
          now: context.now(),
        });
      } catch (error) {
        if (!(error instanceof AuthenticationFailed)) throw error;
        const detail = 'Send an API token: rollcall api-token add --name Prometheus --access read';
        return reply
          .code(error.status)
          .headers(error.headers)
          .send({ title: error.message, status: error.status, detail });
      }
    }
    const { body, contentType } = await context.metrics.text();
    return reply.header('content-type', contentType).send(body);
  });
}

import { unnamed } from '../auth/principal.ts';
import { FULL_SCOPE } from '../auth/scope.ts';
import type { Context } from '../context.ts';
import { errorResponse, toScimError } from '../http/errors.ts';
import type { Exchange, ScimRequest } from '../http/exchange.ts';
import { newId } from '../id.ts';
import type { IdentityServer } from '../store/contract.ts';
import { findEndpoint, operationName, run } from './routes.ts';

export interface InProcessRequest {
  readonly method: string;
  /** Below the base URL: `/Users`. */
  readonly path: string;
  readonly query: string;
  readonly body?: string;
}

/** The SCIM operations for the administrator's own tools: same handlers, no HTTP, no request log, full scope. */
export function provideScim(context: Context) {
  return async (server: IdentityServer, request: InProcessRequest): Promise<{ status: number; body: string }> => {
    const now = context.now();
    const exchange: Exchange = {
      store: context.store,
      server,
      catalogue: context.registry.catalogue(server),
      principal: unnamed(FULL_SCOPE),
      rules: { compatibility: server.settings.compatibility, notes: [] },
      limits: context.config,
      baseUrl: `${context.config.publicUrl ?? context.listenUrl()}/scim/${server.slug}/v2`,
      now,
      newId: () => newId(now),
      sign: context.keys.hmac,
      reportFailure: (error) => context.log.error({ error }, 'An operation failed'),
      skippedMembers: [],
    };
    const segments = request.path.split('/').filter((segment) => segment !== '');
    const scimRequest: ScimRequest = {
      method: request.method,
      segments,
      query: request.query,
      header: () => undefined,
      body: request.body ?? '',
    };
    try {
      const endpoint = findEndpoint(exchange.catalogue, segments);
      operationName(endpoint, request.method);
      const response = await run(exchange, scimRequest, endpoint);
      return { status: response.status, body: await text(response.body) };
    } catch (error) {
      const scimError = toScimError(error, 'of the command line', context.config.maxBody);
      if (scimError.status === 500) exchange.reportFailure(error);
      return { status: scimError.status, body: String(errorResponse(scimError).body) };
    }
  };
}

async function text(body: string | AsyncIterable<string> | undefined): Promise<string> {
  if (body === undefined || typeof body === 'string') return body ?? '';
  let whole = '';
  for await (const part of body) whole += part;
  return whole;
}

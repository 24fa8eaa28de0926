import type { Note } from '@rollcall/scim';
import { unnamed } from '../auth/principal.ts';
import { FULL_SCOPE } from '../auth/scope.ts';
import type { Context } from '../context.ts';
import { errorResponse, toScimError } from '../http/errors.ts';
import type { Exchange, ScimRequest, ScimResponse } from '../http/exchange.ts';
import { newId } from '../id.ts';
import type { IdentityServer, Store } from '../store/contract.ts';
import { findEndpoint, operationName, run } from './routes.ts';

export interface InProcessRequest {
  readonly method: string;
  /** Below the base URL: `/Users`. */
  readonly path: string;
  readonly query: string;
  readonly body?: string;
  /** By lower-case name. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

export interface InProcessAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly notes: readonly Note[];
  readonly membersSkipped: number;
}

/** The SCIM operations for the administrator's own tools: same handlers, no HTTP, no request log, full scope. */
export function provideScim(context: Context) {
  return async (
    server: IdentityServer,
    request: InProcessRequest,
    store: Store = context.store,
  ): Promise<InProcessAnswer> => {
    const now = context.now();
    const notes: Note[] = [];
    const exchange: Exchange = {
      store,
      server,
      catalogue: context.registry.catalogue(server),
      principal: unnamed(FULL_SCOPE),
      rules: { compatibility: server.settings.compatibility, notes },
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
      header: (name) => request.headers?.[name],
      body: request.body ?? '',
    };
    const answered = async ({ status, headers, body }: ScimResponse): Promise<InProcessAnswer> => ({
      status,
      headers,
      body: await text(body),
      notes,
      membersSkipped: exchange.skippedMembers.length,
    });
    try {
      const endpoint = findEndpoint(exchange.catalogue, segments);
      operationName(endpoint, request.method);
      return await answered(await run(exchange, scimRequest, endpoint));
    } catch (error) {
      const scimError = toScimError(error, 'of the command line', context.config.maxBody);
      if (scimError.status === 500) exchange.reportFailure(error);
      return answered(errorResponse(scimError));
    }
  };
}

async function text(body: string | AsyncIterable<string> | undefined): Promise<string> {
  if (body === undefined || typeof body === 'string') return body ?? '';
  let whole = '';
  for await (const part of body) whole += part;
  return whole;
}

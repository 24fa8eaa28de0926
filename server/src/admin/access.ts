import type { FastifyRequest } from 'fastify';
import { authenticateApi } from '../auth/api-token.ts';
import type { AdminContext } from './context.ts';
import { Problem } from './problem.ts';
import { noteWho } from './who.ts';

/** Who may use the API: whoever reaches the data directory's socket everything, over TCP the holder of an API token. */
export type Access = 'all' | 'api-token';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Refused to API tokens: it reaches the server's own files. */
    readonly localOnly?: boolean;
    /** The least that whoever asks must be; absent: `auditor` for a GET, `administrator` for all else. */
    readonly role?: 'administrator' | 'operator' | 'auditor';
  }
}

/** Errors: AuthenticationFailed, `read-only`, `local-only`. */
export function checkAccess(context: AdminContext, access: Access, request: FastifyRequest): void {
  if (access === 'all') return;
  const url = request.raw.url ?? '';
  const token = authenticateApi(context.authentication, {
    authorization: request.headers.authorization,
    address: request.ip,
    query: url.includes('?') ? url.slice(url.indexOf('?') + 1) : '',
    now: context.now(),
  });
  noteWho(request, token.name, request.ip);
  if (token.access === 'read' && request.method !== 'GET' && request.method !== 'HEAD') {
    throw new Problem('read-only', `The API token "${token.name}" may only read; use one with write access.`);
  }
  if (request.routeOptions.config.localOnly === true) {
    throw new Problem('local-only', 'Run the command on the machine of the server, with its data directory.');
  }
}

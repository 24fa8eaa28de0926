import type { FastifyInstance } from 'fastify';

/** A route as Fastify has it. */
export interface RegisteredRoute {
  readonly method: string;
  /** Below `/api`. */
  readonly path: string;
  /** The least role that may use it. */
  readonly role: string;
  readonly localOnly: boolean;
}

const PREFIX = '/api';

/** Notes each route that is registered at `api` from now on; the list grows as they are. */
export function collectRoutes(api: FastifyInstance): readonly RegisteredRoute[] {
  const routes: RegisteredRoute[] = [];
  api.addHook('onRoute', ({ method, url, config }) => {
    for (const one of [method].flat()) {
      const role = config?.role ?? (one === 'GET' ? 'auditor' : 'administrator');
      routes.push({ method: one, path: url.slice(PREFIX.length), role, localOnly: config?.localOnly === true });
    }
  });
  return routes;
}

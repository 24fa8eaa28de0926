import type { FastifyRequest } from 'fastify';
import { Problem } from './problem.ts';
import { isReading } from './role.ts';

/** Only the console's own pages can send it: across origins it would need CORS, which is never granted. */
const HEADER = 'x-rollcall-console';

/**
 * Refuses what another site makes a browser send. Needed where the browser adds the session's cookie by itself, and
 * (`cookie` false) where a request would sign somebody in. Errors: `cross-site`.
 */
export function refuseCrossSite(request: FastifyRequest, cookie: boolean): void {
  if (isReading(request.method)) return;
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') {
    throw new Problem('cross-site', 'Another site has sent this request. Use the console at its own address.');
  }
  if (cookie && request.headers[HEADER] !== '1') {
    throw new Problem('cross-site', `With a session's cookie, send the header ${HEADER}: 1 too.`);
  }
}

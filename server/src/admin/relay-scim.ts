import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { IdentityServer } from '../store/contract.ts';
import type { AdminContext, ScimCall } from './context.ts';
import { Problem } from './problem.ts';

const errorBody = z.looseObject({ detail: z.string(), scimType: z.string().optional() });

/** Answers with what the SCIM operation does, its version in `ETag`. Errors: `scim-error`, with what SCIM says of it. */
export async function relayScim(context: AdminContext, reply: FastifyReply, server: IdentityServer, call: ScimCall) {
  const { status, headers, body } = await context.scim(server, call);
  if (status >= 400) {
    const { detail, scimType } = errorBody.parse(JSON.parse(body));
    throw new Problem('scim-error', detail, { status, scimType });
  }
  reply.code(status);
  if (headers.etag !== undefined) reply.header('etag', headers.etag);
  // A PATCH of a big group has no answer but its success.
  if (body === '') return reply.send();
  return reply.header('content-type', 'application/json').send(body);
}

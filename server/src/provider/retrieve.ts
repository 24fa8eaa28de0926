import { notFound } from '@rollcall/scim';
import type { Exchange, ScimRequest, ScimResponse } from '../http/exchange.ts';
import type { Reads, StoredResource } from '../store/contract.ts';
import { requestedShape, type Target } from './operation.ts';
import { isNotModified } from './precondition.ts';
import { etagOf, resourceResponse } from './represent.ts';

/** GET /{endpoint}/{id} (RFC 7644 §3.4.1): 200, 304 or 404. */
export async function retrieveResource(
  exchange: Exchange,
  request: ScimRequest,
  target: Target,
): Promise<ScimResponse> {
  const shape = requestedShape(exchange, target.type, request);
  const stored = await find(exchange, exchange.store, target);
  if (isNotModified(request, stored)) return { status: 304, headers: { etag: etagOf(stored) }, body: undefined };
  return resourceResponse(exchange, exchange.store, 200, shape, stored);
}

/** The resource, or 404 (RFC 7644 §3.4.1); another identity server's id is as unknown as any other. */
export async function find(exchange: Exchange, reads: Reads, target: Target): Promise<StoredResource> {
  const stored = await reads.byId(exchange.server.key, target.type.name, target.id);
  if (stored === undefined) throw notFound(`${target.type.name} ${target.id} not found.`);
  return stored;
}

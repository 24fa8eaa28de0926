import type { ResourceType } from '@rollcall/scim';
import { parseProjection, parseQuery } from '@rollcall/scim';
import type { Exchange, ScimRequest, ScimResponse } from '../http/exchange.ts';
import { type Shape, shapeOf } from './represent.ts';

/** One request on one resource type; `id` is there for operations on a single resource. */
export interface Target {
  readonly type: ResourceType;
  readonly id: string;
}

export type Operation = (exchange: Exchange, request: ScimRequest, target: Target) => Promise<ScimResponse>;

/** The shape that `attributes` and `excludedAttributes` in a URL ask for (RFC 7644 §3.9). */
export function requestedShape(
  exchange: Exchange,
  type: ResourceType,
  request: ScimRequest,
  sent?: ReadonlySet<string>,
): Shape {
  if (request.query === '') return shapeOf(exchange, type, { kind: 'all' }, sent);
  const query = parseQuery(request.query);
  return shapeOf(exchange, type, parseProjection(type, query.attributes, query.excludedAttributes), sent);
}

/** Whether a URL asks for a projection at all: then a PATCH must answer with the resource (RFC 7644 §3.5.2). */
export function asksForProjection(request: ScimRequest): boolean {
  if (request.query === '') return false;
  const query = parseQuery(request.query);
  return (query.attributes?.length ?? 0) > 0 || (query.excludedAttributes?.length ?? 0) > 0;
}

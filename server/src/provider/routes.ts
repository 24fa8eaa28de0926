import { type Catalogue, forbidden, methodNotAllowed, notFound, type ResourceType } from '@rollcall/scim';
import { allows } from '../auth/scope.ts';
import type { Exchange, ScimRequest, ScimResponse } from '../http/exchange.ts';
import type { TokenScope } from '../store/contract.ts';
import { bulk } from './bulk.ts';
import { createResource } from './create.ts';
import { deleteResource } from './delete.ts';
import { retrieveResourceTypes, retrieveSchemas, retrieveServiceProviderConfig } from './discovery.ts';
import { resolveMe } from './me.ts';
import type { Operation, Target } from './operation.ts';
import { patchResource } from './patch.ts';
import { listResources, searchResources } from './query.ts';
import { replaceResource } from './replace.ts';
import { retrieveResource } from './retrieve.ts';

/** What a URL below the base names. */
export type Endpoint =
  | { readonly kind: 'root' | 'rootSearch' | 'bulk' | 'me' | 'serviceProviderConfig' }
  | { readonly kind: 'schemas' | 'resourceTypes'; readonly name: string | undefined }
  | { readonly kind: 'collection' | 'search'; readonly type: ResourceType }
  | { readonly kind: 'resource'; readonly type: ResourceType; readonly id: string };

/** Which endpoint has which methods, under the name that metrics give them (RFC 7644 §3.2 Tables 1 and 2). */
const METHODS = {
  root: { GET: 'list' },
  rootSearch: { POST: 'search' },
  collection: { GET: 'list', POST: 'create' },
  search: { POST: 'search' },
  resource: { GET: 'retrieve', PUT: 'replace', PATCH: 'patch', DELETE: 'delete' },
  me: { GET: 'retrieve', POST: 'create', PUT: 'replace', PATCH: 'patch', DELETE: 'delete' },
  bulk: { POST: 'bulk' },
  serviceProviderConfig: { GET: 'discovery' },
  schemas: { GET: 'discovery' },
  resourceTypes: { GET: 'discovery' },
} as const satisfies Record<Endpoint['kind'], Readonly<Record<string, string>>>;

const ON_ONE_RESOURCE: Readonly<Record<string, Operation>> = {
  GET: retrieveResource,
  PUT: replaceResource,
  PATCH: patchResource,
  DELETE: deleteResource,
};

/** The endpoint that path segments below the base URL name. Errors: 404. */
export function findEndpoint(catalogue: Catalogue, segments: readonly string[]): Endpoint {
  const [first, second] = segments;
  if (segments.length <= 2) {
    if (first === undefined) return { kind: 'root' };
    const type = catalogue.endpoints.get(`/${first}`);
    if (type !== undefined) {
      if (second === undefined) return { kind: 'collection', type };
      return second === '.search' ? { kind: 'search', type } : { kind: 'resource', type, id: second };
    }
    if ((first === 'Schemas' || first === 'ResourceTypes') && second !== '.search') {
      return { kind: first === 'Schemas' ? 'schemas' : 'resourceTypes', name: second };
    }
    if (second === undefined) {
      if (first === '.search') return { kind: 'rootSearch' };
      if (first === 'Bulk') return { kind: 'bulk' };
      if (first === 'Me') return { kind: 'me' };
      // The plural is what SCIM 1.1 clients ask for.
      if (first === 'ServiceProviderConfig' || first === 'ServiceProviderConfigs')
        return { kind: 'serviceProviderConfig' };
    }
  }
  throw notFound(`There is no endpoint /${segments.join('/')}; /ResourceTypes lists those there are.`);
}

/** The operation's name. Errors: 405 with `Allow`, before any body is read. */
export function operationName(endpoint: Endpoint, method: string): string {
  const methods: Readonly<Record<string, string>> = METHODS[endpoint.kind];
  const name = Object.hasOwn(methods, method) ? methods[method] : undefined;
  if (name !== undefined) return name;
  const allow = Object.keys(methods).join(', ');
  throw methodNotAllowed(`${method} is not defined here; this endpoint has ${allow}.`, allow);
}

/** Runs the operation that endpoint and method name, within the scope of the credentials. Errors: 403. */
export async function run(exchange: Exchange, request: ScimRequest, endpoint: Endpoint): Promise<ScimResponse> {
  const { scope } = exchange.principal;
  switch (endpoint.kind) {
    case 'serviceProviderConfig':
      return retrieveServiceProviderConfig(exchange, request);
    case 'schemas':
      return retrieveSchemas(exchange, request, endpoint.name);
    case 'resourceTypes':
      return retrieveResourceTypes(exchange, request, endpoint.name);
    case 'root':
      return listResources(exchange, request, readable(exchange));
    case 'rootSearch':
      return searchResources(exchange, request, readable(exchange));
    case 'bulk':
      return bulk(exchange, request, (part, single) => {
        const target = findEndpoint(part.catalogue, single.segments);
        operationName(target, single.method);
        return run(part, single, target);
      });
    case 'search':
      requireScope(scope, endpoint.type, 'read');
      return searchResources(exchange, request, [endpoint.type]);
    case 'collection':
      requireScope(scope, endpoint.type, request.method === 'GET' ? 'read' : 'write');
      if (request.method === 'GET') return listResources(exchange, request, [endpoint.type]);
      return createResource(exchange, request, { type: endpoint.type, id: '' });
    case 'resource':
      return onOneResource(exchange, request, endpoint);
    case 'me':
      return onOneResource(exchange, request, await resolveMe(exchange, request));
  }
}

function onOneResource(exchange: Exchange, request: ScimRequest, target: Target): Promise<ScimResponse> {
  requireScope(exchange.principal.scope, target.type, request.method === 'GET' ? 'read' : 'write');
  const operation = ON_ONE_RESOURCE[request.method];
  if (operation === undefined) throw new Error(`No operation for ${request.method}`);
  return operation(exchange, request, target);
}

/** Types that the credentials may read: a root query covers just these. */
function readable(exchange: Exchange): ResourceType[] {
  const types = [...exchange.catalogue.resourceTypes.values()];
  const allowed = types.filter((type) => allows(exchange.principal.scope, type.name, 'read'));
  if (allowed.length === 0) throw outOfScope('read', 'anything');
  return allowed;
}

function requireScope(scope: TokenScope, type: ResourceType, access: 'read' | 'write'): void {
  if (!allows(scope, type.name, access)) throw outOfScope(access, type.name);
}

/** RFC 6750 §3.1: the token is fine, its scope is too small. */
const outOfScope = (access: string, what: string) =>
  forbidden(`These credentials may not ${access} ${what}. Use a token with a wider scope.`, {
    'www-authenticate': 'Bearer realm="scim", error="insufficient_scope"',
  });

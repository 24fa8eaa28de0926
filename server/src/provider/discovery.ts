import {
  type AuthenticationScheme,
  forbidden,
  type JsonObject,
  listResponse,
  notFound,
  parseQuery,
  resourceTypeResource,
  schemaResource,
  serviceProviderConfig,
} from '@rollcall/scim';
import type { Exchange, ScimRequest, ScimResponse } from '../http/exchange.ts';
import type { SecurityMethod } from '../store/contract.ts';

const SCHEMES: Readonly<Record<SecurityMethod, readonly AuthenticationScheme[]>> = {
  none: [],
  basic: [
    {
      type: 'httpbasic',
      name: 'HTTP Basic',
      description: 'User name and password of the identity server',
      specUri: 'https://www.rfc-editor.org/info/rfc7617',
      primary: true,
    },
  ],
  bearer: [
    {
      type: 'oauthbearertoken',
      name: 'OAuth Bearer Token',
      description: 'A token of the identity server in the Authorization header',
      specUri: 'https://www.rfc-editor.org/info/rfc6750',
      primary: true,
    },
  ],
};

/** GET /ServiceProviderConfig (RFC 7644 §4): one document, readable without credentials (RFC 7643 §5). */
export function retrieveServiceProviderConfig(exchange: Exchange, request: ScimRequest): ScimResponse {
  refuseFilter(request);
  const { settings } = exchange.server;
  const config = serviceProviderConfig(
    {
      maxResults: settings.maxPageSize,
      maxOperations: exchange.limits.bulkOperations,
      maxPayloadSize: exchange.limits.maxBody,
      defaultPageSize: settings.defaultPageSize,
      cursorTimeout: exchange.limits.cursorTimeout,
      authenticationSchemes: SCHEMES[settings.security],
    },
    exchange.baseUrl,
  );
  return document(config);
}

/** GET /Schemas and /Schemas/{urn}. */
export function retrieveSchemas(exchange: Exchange, request: ScimRequest, urn: string | undefined): ScimResponse {
  refuseFilter(request);
  const { schemas } = exchange.catalogue;
  if (urn === undefined) return list([...schemas.values()].map((schema) => schemaResource(schema, exchange.baseUrl)));
  const schema = schemas.get(urn.toLowerCase());
  if (schema === undefined) throw notFound(`Schema ${urn} not found; /Schemas lists those there are.`);
  return document(schemaResource(schema, exchange.baseUrl));
}

/** GET /ResourceTypes and /ResourceTypes/{name}. */
export function retrieveResourceTypes(
  exchange: Exchange,
  request: ScimRequest,
  name: string | undefined,
): ScimResponse {
  refuseFilter(request);
  const types = [...exchange.catalogue.resourceTypes.values()];
  if (name === undefined) return list(types.map((type) => resourceTypeResource(type, exchange.baseUrl)));
  const type = exchange.catalogue.resourceTypes.get(name);
  if (type === undefined) throw notFound(`Resource type ${name} not found; /ResourceTypes lists those there are.`);
  return document(resourceTypeResource(type, exchange.baseUrl));
}

/** RFC 7644 §4: a filter here would be ignored, so it is refused; every other parameter is ignored. */
function refuseFilter(request: ScimRequest): void {
  if (request.query !== '' && parseQuery(request.query).filter !== undefined) {
    throw forbidden('Discovery endpoints do not filter; ask without the filter parameter.');
  }
}

const document = (resource: JsonObject): ScimResponse => ({
  status: 200,
  headers: {},
  body: JSON.stringify(resource),
});

const list = (resources: readonly JsonObject[]): ScimResponse => {
  const { length } = resources;
  return document(listResponse(resources, { totalResults: length, startIndex: 1, itemsPerPage: length }));
};

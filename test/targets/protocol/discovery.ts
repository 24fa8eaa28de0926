import { Refusal } from './refusal.ts';
import { ENTERPRISE, GROUP, USER } from './schemas.ts';
import type { Complex } from './value.ts';

const RESOURCE_TYPE = 'urn:ietf:params:scim:schemas:core:2.0:ResourceType';

/**
 * What RFC 7644 §4 lets a client ask about the server; undefined for other endpoints. Throws Refusal 404 for a type
 * that there is not, and for every schema: RFC 7643's are the ones.
 */
export function discovery(name: string, id: string | undefined, hasPatch: boolean, url: string): Complex | undefined {
  if (name === 'ServiceProviderConfig') return serviceProviderConfig(hasPatch, url);
  if (name !== 'ResourceTypes') return undefined;
  const types = [resourceType('User', USER, url, [ENTERPRISE]), resourceType('Group', GROUP, url, [])];
  if (id !== undefined) {
    const type = types.find((one) => one.id === id);
    if (type === undefined) throw new Refusal(404, `There is no ${id}`);
    return type;
  }
  return {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
    totalResults: types.length,
    startIndex: 1,
    itemsPerPage: types.length,
    Resources: types,
  };
}

function serviceProviderConfig(hasPatch: boolean, url: string): Complex {
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
    patch: { supported: hasPatch },
    bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
    filter: { supported: true, maxResults: 200 },
    changePassword: { supported: false },
    sort: { supported: false },
    etag: { supported: false },
    authenticationSchemes: [
      {
        type: 'oauthbearertoken',
        name: 'Bearer',
        description: 'A bearer token',
        specUri: 'https://www.rfc-editor.org/info/rfc6750',
      },
    ],
    meta: { resourceType: 'ServiceProviderConfig', location: `${url}/ServiceProviderConfig` },
  };
}

function resourceType(name: string, schema: string, url: string, extensions: readonly string[]): Complex {
  return {
    schemas: [RESOURCE_TYPE],
    id: name,
    name,
    endpoint: `/${name}s`,
    schema,
    schemaExtensions: extensions.map((extension) => ({ schema: extension, required: false })),
    meta: { resourceType: 'ResourceType', location: `${url}/ResourceTypes/${name}` },
  };
}

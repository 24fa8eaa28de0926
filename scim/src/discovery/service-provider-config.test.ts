import { describe, expect, it } from 'vitest';
import { serviceProviderConfigSchema } from '../schema/core/service-provider-config.ts';
import { readValue } from '../value/read-value.ts';
import { serviceProviderConfig } from './service-provider-config.ts';

const BASE = 'https://sp.example/scim/v2';

const settings = {
  maxResults: 200,
  defaultPageSize: 100,
  cursorTimeout: 900,
  maxOperations: 500,
  maxPayloadSize: 1_048_576,
  authenticationSchemes: [
    {
      type: 'oauthbearertoken',
      name: 'Bearer token',
      description: 'A token in the Authorization header.',
      primary: true,
    },
  ],
} as const;

describe('serviceProviderConfig', () => {
  const config = serviceProviderConfig({ ...settings, documentationUri: 'https://sp.example/docs' }, BASE);

  it('says what is supported, with every limit (RFC 7643 §5, C-65)', () => {
    expect(config).toMatchObject({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
      documentationUri: 'https://sp.example/docs',
      patch: { supported: true },
      bulk: { supported: true, maxOperations: 500, maxPayloadSize: 1_048_576 },
      filter: { supported: true, maxResults: 200 },
      changePassword: { supported: false },
      sort: { supported: true },
      etag: { supported: true },
      authenticationSchemes: [{ type: 'oauthbearertoken', primary: true }],
      meta: { resourceType: 'ServiceProviderConfig', location: `${BASE}/ServiceProviderConfig` },
    });
  });

  it('pages by index unless a client asks for cursors (RFC 9865 §4)', () => {
    expect(config.pagination).toEqual({
      cursor: true,
      index: true,
      defaultPaginationMethod: 'index',
      defaultPageSize: 100,
      maxPageSize: 200,
      cursorTimeout: 900,
    });
  });

  it('is what its own schema describes', () => {
    for (const definition of serviceProviderConfigSchema.attributes) {
      const value = config[definition.name] ?? null;
      expect(value).not.toBeNull();
      expect(readValue(definition, value, { compatibility: 'strict', notes: [] }, definition.name)).toEqual(value);
    }
  });

  it('leaves out what is not known', () => {
    expect(serviceProviderConfig(settings, BASE)).not.toHaveProperty('documentationUri');
    expect(JSON.stringify(serviceProviderConfig(settings, BASE))).not.toContain('null');
  });
});

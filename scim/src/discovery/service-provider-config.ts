import type { JsonObject } from '../json.ts';
import { SERVICE_PROVIDER_CONFIG_SCHEMA } from '../schema/core/service-provider-config.ts';
import { locationOf } from './location.ts';

/** A way to authenticate, as RFC 7643 §5 describes it to clients. */
export interface AuthenticationScheme {
  readonly type: 'oauth' | 'oauth2' | 'oauthbearertoken' | 'httpbasic' | 'httpdigest';
  readonly name: string;
  readonly description: string;
  readonly specUri?: string;
  readonly documentationUri?: string;
  readonly primary?: boolean;
}

/** What of the configuration depends on the identity server. */
export interface ServiceProviderSettings {
  /** The largest page, in resources. */
  readonly maxResults: number;
  readonly defaultPageSize: number;
  /** Seconds that a cursor stays valid at least. */
  readonly cursorTimeout: number;
  /** Limits of a bulk request, in operations and bytes. */
  readonly maxOperations: number;
  readonly maxPayloadSize: number;
  readonly authenticationSchemes: readonly AuthenticationScheme[];
  readonly documentationUri?: string;
}

/** The ServiceProviderConfig resource (RFC 7643 §5, RFC 9865 §4). */
export function serviceProviderConfig(settings: ServiceProviderSettings, baseUrl: string): JsonObject {
  const { maxResults, defaultPageSize, cursorTimeout, maxOperations, maxPayloadSize } = settings;
  const { documentationUri, authenticationSchemes } = settings;
  return {
    schemas: [SERVICE_PROVIDER_CONFIG_SCHEMA],
    ...(documentationUri === undefined ? {} : { documentationUri }),
    patch: { supported: true },
    bulk: { supported: true, maxOperations, maxPayloadSize },
    filter: { supported: true, maxResults },
    // Passwords are accepted and dropped: nobody can sign in with one that was changed here.
    changePassword: { supported: false },
    sort: { supported: true },
    etag: { supported: true },
    pagination: {
      cursor: true,
      index: true,
      defaultPaginationMethod: 'index',
      defaultPageSize,
      maxPageSize: maxResults,
      cursorTimeout,
    },
    authenticationSchemes: authenticationSchemes.map((scheme) => ({ ...scheme })),
    meta: {
      resourceType: 'ServiceProviderConfig',
      location: locationOf(baseUrl, 'ServiceProviderConfig'),
    },
  };
}

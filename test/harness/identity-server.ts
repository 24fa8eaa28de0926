import type { Json, JsonObject } from '@rollcall/scim';
import { type Admin, administer } from './admin.ts';
import { type ScimClient, scimClient } from './scim-client.ts';
import { textAt } from './value-at.ts';

export interface IdentityServerOptions {
  /** `tolerant` unless said. */
  readonly compatibility?: 'tolerant' | 'strict';
  /** Further settings, under the names of the admin API. */
  readonly settings?: JsonObject;
  /** Schemas, extensions and resource types as the admin API takes them. */
  readonly definitions?: readonly Json[];
}

/** An identity server of its own, and a client of it. */
export interface TestIdentityServer extends ScimClient {
  readonly slug: string;
}

/** Makes an identity server and a token through the admin API; `origin` is where it is served. */
export async function addIdentityServer(
  admin: Admin,
  origin: string,
  { compatibility = 'tolerant', settings = {}, definitions = [] }: IdentityServerOptions = {},
): Promise<TestIdentityServer> {
  const added = await administer(admin, 'POST', '/identity-servers', { name: 'Test', compatibility, ...settings });
  const slug = textAt(added.body, '$.slug');
  for (const definition of definitions) {
    await administer(admin, 'POST', `/identity-servers/${slug}/definitions`, definition);
  }
  const issued = await administer(admin, 'POST', `/identity-servers/${slug}/tokens`, { name: 'test' });
  return { slug, ...scimClient(`${origin}/scim/${slug}/v2`, textAt(issued.body, '$.token')) };
}

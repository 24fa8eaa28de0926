import type { Admin } from '../harness/admin.ts';
import { administer } from '../harness/admin.ts';
import { type ScimClient, scimClient } from '../harness/scim-client.ts';
import { textAt } from '../harness/value-at.ts';

/** Identity servers that are provisioned into: the other end. */
export interface Targets {
  readonly crm: ScimClient;
  readonly helpDesk: ScimClient;
}

/** Adds "CRM" and "Help desk", each with the token that Rollcall signs in with. */
export async function addTargets(admin: Admin, origin: string): Promise<Targets> {
  const crm = await addIdentityServer(admin, { name: 'CRM', slug: 'crm' });
  const helpDesk = await addIdentityServer(admin, { name: 'Help desk', slug: 'help-desk' });
  return {
    crm: scimClient(`${origin}/scim/crm/v2`, await addToken(admin, crm, 'Rollcall')),
    helpDesk: scimClient(`${origin}/scim/help-desk/v2`, await addToken(admin, helpDesk, 'Rollcall')),
  };
}

interface NewIdentityServer {
  readonly name: string;
  readonly slug: string;
  readonly default?: boolean;
}

/** Adds an identity server and returns its slug. */
export async function addIdentityServer(admin: Admin, settings: NewIdentityServer): Promise<string> {
  return textAt((await administer(admin, 'POST', '/identity-servers', { ...settings })).body, '$.slug');
}

/** Issues a token of an identity server and returns it; it lives a year unless said. */
export async function addToken(admin: Admin, slug: string, name: string, expiresIn = '365d'): Promise<string> {
  const issued = await administer(admin, 'POST', `/identity-servers/${slug}/tokens`, { name, expiresIn });
  return textAt(issued.body, '$.token');
}

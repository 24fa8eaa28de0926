import type { IdentityServerView } from '../contract/identity-server.ts';
import type { IdentityServer } from '../store/contract.ts';
import { iso } from './iso.ts';

/** An identity server as the admin API shows it. */
export function identityServerView(server: IdentityServer, publicUrl: string): IdentityServerView {
  return {
    id: server.id,
    slug: server.slug,
    name: server.name,
    scimUrl: `${publicUrl}/scim/${server.slug}/v2`,
    ...(server.isDefault ? { defaultScimUrl: `${publicUrl}/scim/v2` } : {}),
    active: server.active,
    default: server.isDefault,
    ...server.settings,
    userName: server.basic?.userName ?? null,
    removing: server.removing,
    createdAt: iso(server.created),
    modifiedAt: iso(server.modified),
    warnings: warningsOf(server),
  };
}

function warningsOf(server: IdentityServer): string[] {
  const { security } = server.settings;
  if (security === 'none') {
    return ['Security is none: whoever reaches its URL can read and change its users and groups.'];
  }
  if (security === 'basic' && server.basic === null) {
    return [`It has no password yet: run rollcall identity-server credentials ${server.slug}`];
  }
  return [];
}
